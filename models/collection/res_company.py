from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    property_policy_id = fields.Many2one(
        "property.collection.policy",
        "Collection Policy",
        domain="[('company_id', 'in', [id, False])]",
        help="Empty: the policy that came with the module.",
    )
    property_tolerance = fields.Monetary(
        "Tolerance",
        help="A charge of which no more than this is open counts as settled.",
    )
    property_jurisdiction = fields.Selection(
        [("cn", "Mainland China"), ("tw", "Taiwan"), ("none", "None")],
        "Jurisdiction",
        compute="_compute_property_jurisdiction",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="Which limitation and which conditions of a lawsuit hold.",
    )

    property_plan_grace_days = fields.Integer(
        "Days until a Plan Breaks",
        default=30,
        help="An instalment plan breaks when an instalment is still unpaid more than "
        "so many days after its date.",
    )

    _property_tolerance_positive = models.Constraint(
        "CHECK(property_tolerance >= 0)", "The tolerance cannot be negative."
    )

    _property_plan_grace = models.Constraint(
        "CHECK(property_plan_grace_days >= 0)", "The days cannot be negative."
    )

    def _compute_property_jurisdiction(self):
        for company in self:
            code = (company.country_id.code or "").lower()
            company.property_jurisdiction = code if code in ("cn", "tw") else "none"
