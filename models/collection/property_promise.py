from odoo import fields, models


class PropertyPromise(models.Model):
    """A customer promises to pay a sum by a day."""

    _name = "property.promise"
    _description = "Promise to Pay"
    _order = "date desc, id desc"

    case_id = fields.Many2one(
        "property.collection.case", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(related="case_id.partner_id", store=True)
    community_id = fields.Many2one(
        related="case_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    amount = fields.Monetary(required=True)
    date = fields.Date("Promised by", required=True)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("kept", "Kept"),
            ("broken", "Broken"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="open",
        index=True,
    )
