from odoo import api, fields, models


class PropertyLegalHearing(models.Model):
    """A hearing in court, and what came of it."""

    _name = "property.legal.hearing"
    _description = "Hearing"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("legal_case_id",))
    _order = "date, id"
    _rec_name = "legal_case_id"

    legal_case_id = fields.Many2one(
        "property.legal.case", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="legal_case_id.partner_id")
    community_id = fields.Many2one(
        related="legal_case_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="legal_case_id.company_id", store=True)
    user_id = fields.Many2one(related="legal_case_id.user_id")
    court = fields.Char(related="legal_case_id.court")
    date = fields.Datetime("When", required=True, index=True)
    room = fields.Char("Court Room")
    subject = fields.Char()
    result = fields.Text()
    is_cancelled = fields.Boolean("Cancelled")

    @api.model_create_multi
    def create(self, vals_list):
        hearings = super().create(vals_list)
        hearings.legal_case_id._remind_of_hearing()
        return hearings

    def write(self, vals):
        result = super().write(vals)
        if {"date", "is_cancelled", "room"} & set(vals):
            self.legal_case_id._remind_of_hearing()
        return result

    def unlink(self):
        legals = self.legal_case_id
        result = super().unlink()
        legals._remind_of_hearing()
        return result
