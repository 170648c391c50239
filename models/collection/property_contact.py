from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

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
WHOSE = {"partner_id", "community_id"}


class PropertyContact(models.Model):
    """A call, visit or message to a customer, with what came of it (clause 5.4). Rows
    are added, never changed or deleted. Whoever owes nothing has contacts without a
    case: reminders, verification of his data, invitations."""

    _name = "property.contact"
    _description = "Contact"
    _inherit = ["property.guarded", "property.community.bound"]
    _guarded_fields = frozenset(("void_by",))
    _placing_fields = frozenset(("case_id", "community_id", "visit_id"))
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    case_id = fields.Many2one(
        "property.collection.case", index="btree_not_null", ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        compute="_compute_whose",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
        index=True,
        ondelete="restrict",
    )
    community_id = fields.Many2one(
        "property.community",
        compute="_compute_whose",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="community_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
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

    @api.depends("case_id")
    def _compute_whose(self):
        for contact in self:
            case = contact.case_id
            contact.partner_id = case.partner_id or contact.partner_id
            contact.community_id = case.community_id or contact.community_id

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(self._with_whose(vals_list))
        contacts._check_whose()
        contacts._report_wrong_data()
        contacts.case_id._contacted()
        return contacts

    def _check_whose(self):
        """:raises AccessError: for another customer or community than the case's"""
        for contact in self:
            case = contact.case_id
            if case and (
                contact.partner_id != case.partner_id
                or contact.community_id != case.community_id
            ):
                raise AccessError(
                    self.env._("Customer and community follow from the case.")
                )

    @api.model
    def _with_whose(self, vals_list):
        """Where no case is named: the customer's last one, of the community if that is
        named. Whoever owes nothing there has none, and the contact goes without.

        :raises UserError: when nobody is named, or a customer only who has no case
        """
        named = [vals for vals in vals_list if not vals.get("case_id")]
        if not named:
            return vals_list
        partners = self.env["res.partner"].browse(
            {vals["partner_id"] for vals in named if vals.get("partner_id")}
        )
        # The last one comes first.
        cases = self.env["property.collection.case"].search(
            [("partner_id", "in", partners.commercial_partner_id.ids)],
            order="date_opened desc, id desc",
        )
        return [
            vals if vals.get("case_id") else self._whose(vals, cases)
            for vals in vals_list
        ]

    def _whose(self, vals, cases):
        if not vals.get("partner_id"):
            raise UserError(self.env._("Say which customer was contacted."))
        customer = self.env["res.partner"].browse(vals["partner_id"])
        customer = customer.commercial_partner_id
        theirs = cases.filtered(lambda case: case.partner_id == customer)
        community = vals.get("community_id")
        if community:
            theirs = theirs.filtered(
                lambda case: (
                    case.community_id.id == community and case.state != "closed"
                )
            )
        elif not theirs:
            raise UserError(
                self.env._(
                    "%(name)s has no collection case. Say in which community he was "
                    "contacted.",
                    name=customer.name,
                )
            )
        if not theirs:
            return {**vals, "partner_id": customer.id}
        vals = {name: value for name, value in vals.items() if name not in WHOSE}
        return {**vals, "case_id": theirs[0].id}

    def write(self, vals):
        if WHOSE & set(vals) and not self.env.su:
            raise AccessError(self.env._("Whose contact it is, never changes."))
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
