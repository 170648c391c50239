from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    property_renewal_months = fields.Integer(
        "Renewal Prepared (months)",
        default=2,
        help="Agreements that end within so many months are called about. 0: none.",
    )

    _property_renewal_months_positive = models.Constraint(
        "CHECK(property_renewal_months >= 0)", "A number of months, or 0."
    )
