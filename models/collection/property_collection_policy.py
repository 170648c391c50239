from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PropertyCollectionPolicy(models.Model):
    """When which notice goes out (procedure, section 2): steps as data, per company,
    overridden for a community and for a customer."""

    _name = "property.collection.policy"
    _description = "Collection Policy"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: every company may choose it."
    )
    step_ids = fields.One2many("property.collection.step", "policy_id", copy=True)
    note = fields.Text("Remarks")

    @api.constrains("name", "step_ids")
    def _check_steps(self):
        if self.env.context.get("install_mode"):
            # A data file brings the steps after their policy.
            return
        for policy in self:
            if not policy.step_ids:
                raise ValidationError(
                    self.env._(
                        "%(policy)s needs at least one step.", policy=policy.name
                    )
                )
