from odoo import api, fields, models


class PropertyHandoverDayOff(models.Model):
    """A day within a batch on which nobody is received: a holiday."""

    _name = "property.handover.day.off"
    _description = "Day Off of a Handover Batch"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("batch_id",))
    _order = "date, id"
    _rec_name = "date"

    batch_id = fields.Many2one(
        "property.handover.batch", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="batch_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="batch_id.company_id", store=True)
    date = fields.Date("Day", required=True)
    name = fields.Char("Reason")

    _once = models.UniqueIndex("(batch_id, date)", "This day is listed already.")

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        days.batch_id.moment_ids._check_in_timetable()
        return days

    def write(self, vals):
        result = super().write(vals)
        self.batch_id.moment_ids._check_in_timetable()
        return result
