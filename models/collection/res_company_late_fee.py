from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    property_late_fee = fields.Boolean(
        "Late Fee",
        help="Only where the contract has one: simple, capped, never on a late fee.",
    )
    property_late_fee_rate = fields.Float(
        "Late Fee per Day",
        digits=(16, 4),
        help="Per cent of the unpaid amount per day, as the contract says.",
    )
    property_late_fee_cap = fields.Float(
        "Late Fee at Most",
        digits=(16, 2),
        default=30.0,
        help="Per cent of the bill. Courts rarely grant more than 30 per cent.",
    )
    property_late_fee_grace_days = fields.Integer(
        "Late Fee Free Days", help="So many days after the due date cost nothing."
    )
    property_late_fee_from = fields.Date(
        "Late Fee from", help="Days before this one cost nothing."
    )
    property_late_fee_product_id = fields.Many2one(
        "product.product",
        "Late Fee Product",
        domain="[('type', '=', 'service')]",
        help="Stands on the invoice of a late fee; its account and taxes apply.",
    )

    _property_late_fee_range = models.Constraint(
        "CHECK(property_late_fee_rate >= 0 AND property_late_fee_cap >= 0 "
        "AND property_late_fee_cap <= 100 AND property_late_fee_grace_days >= 0)",
        "A late fee is not negative, and no higher than the bill.",
    )
