from odoo import api, models
from odoo.exceptions import AccessError, UserError

FILES = ("evidence_ids", "agreement_ids")


class PropertyPlan(models.Model):
    """Evidence and agreement are seen by whoever sees the plan, and by nobody else."""

    _inherit = "property.plan"

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        if any(plan.decision_reason for plan in plans) and not self._may_decide():
            raise AccessError(self.env._("The company decides on hardship."))
        plans._bind_files()
        return plans

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & set(FILES):
            self._bind_files()
        return result

    def _may_decide(self):
        return self.env.su or self.env.user.has_group(
            "property_fee_collection.group_company"
        )

    def _bind_files(self):
        """Files uploaded with a plan become its own.

        :raises UserError: for another record's file, or another user's loose one
        """
        for plan in self:
            # sudo: to miss none of them, whoever uploaded it.
            files = plan.sudo().evidence_ids | plan.sudo().agreement_ids
            loose = files.filtered(lambda file: not file.res_id)
            foreign = (files - loose).filtered(
                lambda file, plan=plan: (
                    (file.res_model, file.res_id) != (self._name, plan.id)
                )
            )
            if foreign or (not self.env.su and loose.create_uid - self.env.user):
                raise UserError(
                    self.env._("This file belongs to another record; upload it anew.")
                )
            loose.write({"res_model": self._name, "res_id": plan.id, "public": False})
