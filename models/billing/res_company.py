from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    property_vacancy_min_months = fields.Integer(
        "Months of Vacancy before a Discount",
        default=3,
        help="An approved vacancy lowers the fee after it has lasted so many months.",
    )
    property_usage_alert_ratio = fields.Float(
        "Absurd Usage above",
        default=3.0,
        help="Usage above so many times the average of the last three months is listed "
        "as an exception of the billing run.",
    )
