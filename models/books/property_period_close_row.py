from odoo import fields, models
from odoo.exceptions import UserError


class PropertyPeriodCloseRow(models.AbstractModel):
    """A row of a period close: a snapshot that the close makes and nobody changes once
    it is signed (design, invariant 4)."""

    _name = "property.period.close.row"
    _description = "Row of a Period Close"

    close_id = fields.Many2one(
        "property.period.close",
        "Period Close",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    community_id = fields.Many2one("property.community", readonly=True, index=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    period = fields.Date("Month", readonly=True, help="First day of the month.")

    # What the signatures are bound to, besides the figures of the close itself.
    _signed_names = ()

    def write(self, vals):
        self._check_not_signed()
        return super().write(vals)

    def unlink(self):
        self._check_not_signed()
        return super().unlink()

    def _check_not_signed(self):
        """:raises UserError: even for the system, once both have signed"""
        if any(close.state == "signed" for close in self.sudo().close_id):
            raise UserError(self.env._("A signed close does not change."))
