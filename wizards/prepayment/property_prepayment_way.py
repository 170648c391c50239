from odoo import fields, models
from odoo.exceptions import UserError

from ...models.estate.texts import said


class PropertyPrepaymentWay(models.AbstractModel):
    """A form that ends or changes one agreement, with a reason, for those who may."""

    _name = "property.prepayment.way"
    _description = "Change of a Prepayment"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("prepayment_id",))

    prepayment_id = fields.Many2one(
        "property.prepayment", "Agreement", required=True, ondelete="cascade"
    )
    community_id = fields.Many2one(related="prepayment_id.community_id", store=True)
    company_id = fields.Many2one(related="prepayment_id.company_id", store=True)
    currency_id = fields.Many2one(related="prepayment_id.currency_id")
    reason = fields.Char(required=True)

    def _check_reason(self, text):
        """:raises UserError: ``text``, where nobody says why"""
        if not said(self.reason):
            raise UserError(text)
