from odoo import api, fields, models
from odoo.exceptions import UserError

from ..estate.texts import said

# A wrong row is not rewritten; it is voided with a reason and another one added.
FACTS = {
    "case_id",
    "channel",
    "date",
    "user_id",
    "outcome",
    "note",
    "visit_id",
}


class PropertyContact(models.Model):
    """A call, visit or message to a customer, with what came of it (clause 5.4). Rows
    are added, never changed or deleted."""

    _name = "property.contact"
    _description = "Contact"
    _inherit = ["property.guarded", "property.case.bound"]
    _guarded_fields = frozenset(("void_by",))
    _placing_fields = frozenset(("case_id", "visit_id"))
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    channel = fields.Selection(
        [
            ("phone", "Phone"),
            ("sms", "SMS"),
            ("email", "E-mail"),
            ("letter", "Letter"),
            ("message", "Message"),
            ("poster", "Poster"),
            ("door", "At the door"),
            ("workplace", "At the workplace"),
            ("event", "Event"),
            ("counter", "At the counter"),
        ],
        required=True,
        default="phone",
    )
    date = fields.Datetime(
        "When", required=True, default=fields.Datetime.now, index=True
    )
    user_id = fields.Many2one(
        "res.users", "By", required=True, default=lambda self: self.env.user
    )
    outcome = fields.Selection(
        [
            ("reached", "Reached"),
            ("no_answer", "No answer"),
            ("wrong_number", "Wrong number"),
            ("refused", "Refused to pay"),
            ("promised", "Promised"),
            ("disputed", "Disputed"),
            ("paid", "Paid"),
        ],
        required=True,
    )
    note = fields.Text("What Was Said")
    visit_id = fields.Many2one(
        "property.visit",
        "Planned Visit",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    void_reason = fields.Char(
        "Void Because",
        copy=False,
        help="A row entered by mistake stays, but counts no longer.",
    )
    void_by = fields.Many2one("res.users", "Voided by", readonly=True, copy=False)

    @api.depends("partner_id", "channel", "date")
    def _compute_display_name(self):
        channels = dict(self._fields["channel"]._description_selection(self.env))
        for contact in self:
            channel = channels.get(contact.channel, "")
            contact.display_name = f"{contact.partner_id.name or ''} · {channel}"

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create([self._with_case(vals) for vals in vals_list])
        contacts._report_wrong_data()
        contacts.case_id._contacted()
        return contacts

    @api.model
    def _with_case(self, vals):
        """Another system may name the customer only: his last case is meant.

        :raises UserError: when he has none
        """
        if vals.get("case_id") or not vals.get("partner_id"):
            return vals
        customer = self.env["res.partner"].browse(vals["partner_id"])
        case = self.env["property.collection.case"].search(
            [("partner_id", "=", customer.commercial_partner_id.id)],
            order="date_opened desc, id desc",
            limit=1,
        )
        if not case:
            raise UserError(
                self.env._("%(name)s has no collection case.", name=customer.name)
            )
        vals = {name: value for name, value in vals.items() if name != "partner_id"}
        return {**vals, "case_id": case.id}

    def write(self, vals):
        if FACTS & set(vals):
            raise UserError(
                self.env._(
                    "Contacts are evidence and are not rewritten. Void the wrong one "
                    "with a reason and add another."
                )
            )
        if "void_reason" not in vals:
            return super().write(vals)
        self._check_void(vals["void_reason"])
        result = super().write(vals)
        # sudo: void_by is no client's to set; checked above.
        super(PropertyContact, self.sudo()).write({"void_by": self.env.uid})
        self.case_id._contacted()
        return result

    def _check_void(self, reason):
        """:raises UserError: void is final, has a reason and is not everybody's"""
        if any(row.void_reason and row.void_reason != reason for row in self):
            raise UserError(
                self.env._("This contact is void and stays so. Add another one.")
            )
        if not said(reason):
            raise UserError(self.env._("Say why the contact is void."))
        others = self.user_id - self.env.user
        if others and not self.env.su and not self.env.user._is_property_head():
            raise UserError(
                self.env._("Only heads and managers void the contact of somebody else.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Contacts stay on record; void the wrong one."))
