from odoo import fields, models


class PropertyDispute(models.Model):
    """A customer questions an invoice (procedure, clause 4.1.5)."""

    _name = "property.dispute"
    _description = "Dispute"
    _order = "deadline, id"

    move_id = fields.Many2one(
        "account.move", "Invoice", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True)
    community_id = fields.Many2one(
        related="move_id.property_community_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        related="move_id.commercial_partner_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="move_id.currency_id")
    amount = fields.Monetary(required=True, help="In the currency of the invoice.")
    cause = fields.Selection(
        [
            ("billing", "The bill"),
            ("service", "The service"),
            ("third_party", "A third party"),
        ],
        required=True,
        default="billing",
    )
    responsible_id = fields.Many2one("res.users", "Responsible")
    deadline = fields.Date()
    state = fields.Selection(
        [("open", "Open"), ("upheld", "Upheld"), ("rejected", "Rejected")],
        required=True,
        default="open",
        index=True,
    )
    explanation = fields.Text()

    _open_once = models.UniqueIndex(
        "(move_id) WHERE state = 'open'", "The invoice already has an open dispute."
    )
