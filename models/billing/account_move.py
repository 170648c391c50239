from odoo import fields, models


class AccountMove(models.Model):
    """Which unit, month and run an invoice is for. Any posted customer invoice with a
    community takes part in the arrears statement, whoever made it."""

    _name = "account.move"
    _inherit = ["account.move", "property.community.bound"]
    _placing_fields = frozenset(
        ("property_community_id", "property_unit_id", "property_run_id")
    )

    property_community_id = fields.Many2one(
        "property.community", "Community", index="btree_not_null", copy=True
    )
    property_unit_id = fields.Many2one(
        "property.unit", "Unit", index="btree_not_null", copy=True
    )
    property_period = fields.Date(
        "Fee Month", index="btree_not_null", copy=True, help="First day of the month."
    )
    property_run_id = fields.Many2one(
        "property.billing.run", "Billing Run", index="btree_not_null", copy=False
    )
