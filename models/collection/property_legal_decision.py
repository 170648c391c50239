from odoo import api, fields, models
from odoo.exceptions import UserError


class PropertyLegalDecision(models.Model):
    """The manager's decision whether a default is malicious, with the checklist as he
    saw it (clause 4.3.1). Another decision is another row; none is changed."""

    _name = "property.legal.decision"
    _description = "Decision on Malicious Default"
    _inherit = ["property.guarded", "property.case.bound"]
    _guarded_fields = frozenset(("user_id", "date", "checklist"))
    _order = "id desc"
    _rec_name = "case_id"

    gate_checklist = fields.Html(related="case_id.gate_checklist", sanitize=False)
    decision = fields.Selection(
        [("malicious", "Malicious"), ("not_malicious", "Not malicious")],
        required=True,
    )
    reason = fields.Text("Reasons", required=True)
    user_id = fields.Many2one("res.users", "Decided by", readonly=True)
    date = fields.Date("Decided on", readonly=True)
    checklist = fields.Html("Checklist Then", readonly=True, sanitize=False)

    @api.model_create_multi
    def create(self, vals_list):
        decisions = super().create(vals_list)
        for decision in decisions:
            case = decision.case_id
            # sudo: who, when and on what grounds is written by the system alone.
            decision.sudo().write(
                {
                    "user_id": self.env.uid,
                    "date": case.community_id._property_today(),
                    "checklist": case.gate_checklist,
                }
            )
            case._decide_malicious(decision.decision == "malicious", decision.reason)
        return decisions

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("A decision is history. Make another one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A decision is history. Make another one."))
