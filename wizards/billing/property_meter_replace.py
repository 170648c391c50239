from odoo import api, fields, models


class PropertyMeterReplace(models.TransientModel):
    """Asks for the last count of the old meter and the first of the new one."""

    _name = "property.meter.replace"
    _description = "Replace a Meter"
    _inherit = ["property.community.bound"]

    meter_id = fields.Many2one("property.meter", "Old Meter", required=True)
    community_id = fields.Many2one(related="meter_id.community_id")
    company_id = fields.Many2one(related="meter_id.company_id")
    last_date = fields.Date(related="meter_id.last_date")
    last_value = fields.Float(related="meter_id.last_value")
    date = fields.Date("Replaced on", required=True, default=fields.Date.context_today)
    final_value = fields.Float(
        "Last Count of the Old Meter",
        digits=(16, 3),
        compute="_compute_final_value",
        store=True,
        readonly=False,
    )
    name = fields.Char("Serial No. of the New Meter")
    initial_value = fields.Float("First Count of the New Meter", digits=(16, 3))
    multiplier = fields.Float(
        digits=(16, 4), compute="_compute_multiplier", store=True, readonly=False
    )
    rollover_at = fields.Float(
        digits=(16, 3), compute="_compute_rollover_at", store=True, readonly=False
    )

    @api.depends("meter_id")
    def _compute_multiplier(self):
        for wizard in self:
            wizard.multiplier = wizard.meter_id.multiplier or 1.0

    @api.depends("meter_id")
    def _compute_rollover_at(self):
        for wizard in self:
            wizard.rollover_at = wizard.meter_id.rollover_at

    @api.depends("meter_id")
    def _compute_final_value(self):
        for wizard in self:
            wizard.final_value = wizard.meter_id.last_value

    def action_replace(self):
        """Close the old meter with its last count and open the new one from that day.

        :raises UserError: for a meter that is removed already, or a count below its
            last one
        """
        self.ensure_one()
        new = self.meter_id._replace_on(
            self.date,
            self.final_value,
            {
                "name": self.name,
                "initial_value": self.initial_value,
                "multiplier": self.multiplier,
                "rollover_at": self.rollover_at,
            },
        )
        return new.get_formview_action()
