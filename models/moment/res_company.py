from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    property_transfer_prepayment = fields.Selection(
        [
            ("refund", "Paid back to the seller"),
            ("carry", "Carried over to the buyer"),
        ],
        "Prepayment at a Transfer",
        default="refund",
        required=True,
        help="What the desk proposes when a unit changes hands.",
    )
    property_certificate_days = fields.Integer(
        "Clearance Certificate Valid for (days)", default=30
    )
