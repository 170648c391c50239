from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    property_cash_limit = fields.Monetary(
        "Cash Limit of a Collector",
        help="Whoever holds more cash than this is reported. 0: no limit.",
    )
    property_cash_days = fields.Integer(
        "Days to Hand Over Cash",
        default=2,
        help="Cash that is held longer is reported.",
    )
    property_receipt_format = fields.Selection(
        [("a5", "A5"), ("thermal", "Thermal paper, 80 mm")],
        "Receipts on",
        default="a5",
        required=True,
    )
