from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    property_plan_grace_days = fields.Integer(
        "Days until a Plan Breaks",
        default=30,
        help="An instalment plan breaks when an instalment is still unpaid more than "
        "so many days after its date.",
    )

    _property_plan_grace = models.Constraint(
        "CHECK(property_plan_grace_days >= 0)", "The days cannot be negative."
    )
