from odoo import api, fields, models
from odoo.exceptions import UserError

# Who, or what, said so. The last ones are not for people to choose.
SOURCES = [
    ("owner", "Owner"),
    ("spouse", "Spouse"),
    ("family", "Family"),
    ("tenant", "Tenant"),
    ("neighbour", "Neighbour"),
    ("office", "Service centre"),
    ("returned_mail", "Returned mail"),
    ("other", "Somebody else"),
    ("wrong_number", "Wrong number"),
    ("bounce", "Bounced e-mail"),
    ("visit", "Visit in vain"),
    ("edited", "Edited"),
]
BY_SYSTEM = frozenset(("wrong_number", "bounce", "visit", "edited"))


class PropertyContactCheck(models.Model):
    """What was found out about somebody's contact data, when, and who said so
    (procedure, clause 5.2). Rows are added by methods, never changed or deleted."""

    _name = "property.contact.check"
    _description = "Contact Data Check"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict"
    )
    community_id = fields.Many2one(
        "property.community", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="community_id.company_id", store=True)
    date = fields.Datetime(
        "When", required=True, default=fields.Datetime.now, index=True
    )
    user_id = fields.Many2one(
        "res.users", "By", required=True, default=lambda self: self.env.user
    )
    source = fields.Selection(SOURCES, "Who Said So", required=True)
    field = fields.Selection(
        [
            ("phone", "Phone"),
            ("other_phones", "Other phones"),
            ("email", "E-mail"),
            ("address", "Address"),
        ],
        "What",
        help="Empty: everything; nothing new was found.",
    )
    old_value = fields.Char("As It Was")
    new_value = fields.Char("As It Is")
    result = fields.Selection(
        [
            ("confirmed", "Confirmed"),
            ("changed", "Changed"),
            ("failed", "Wrong"),
            ("nothing", "Nothing new"),
        ],
        required=True,
        index=True,
    )
    note = fields.Char()

    @api.model
    def _add(self, vals_list):
        """Add rows to the history."""
        # sudo: nobody writes history by hand; the methods that come here do.
        return self.sudo().create(vals_list)

    def write(self, vals):
        if vals:
            raise UserError(self.env._("The history of contact data is not rewritten."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The history of contact data stays on record."))
