from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import date_utils


class PropertyReadingRound(models.TransientModel):
    """A walk from meter to meter with a phone: one meter on the screen at a time.

    The readings are ordinary ones, written as the walk goes; leaving it half-way loses
    nothing, and beginning again goes on with what is not read yet.
    """

    _name = "property.reading.round"
    _description = "Reading Round"
    _inherit = ["property.community.bound"]

    community_id = fields.Many2one(
        "property.community",
        required=True,
        default=lambda self: self._default_community_id(),
    )
    company_id = fields.Many2one(related="community_id.company_id")
    building_id = fields.Many2one(
        "property.building", domain="[('community_id', '=', community_id)]"
    )
    fee_item_id = fields.Many2one(
        "property.fee.item", domain="[('basis', '=', 'meter')]"
    )
    date = fields.Date(
        "Day of the Readings", required=True, default=fields.Date.context_today
    )
    meter_id = fields.Many2one("property.meter", readonly=True)
    unit_id = fields.Many2one(related="meter_id.unit_id")
    meter_fee_item_id = fields.Many2one(related="meter_id.fee_item_id", string="Fee")
    serial = fields.Char(related="meter_id.name")
    last_date = fields.Date(related="meter_id.last_date")
    last_value = fields.Float(related="meter_id.last_value")
    value = fields.Float("Count Now", digits=(16, 3))
    usage = fields.Float(
        compute="_compute_usage", digits=(16, 3), help="Since the last reading."
    )
    is_backwards = fields.Boolean(compute="_compute_usage")
    is_estimate = fields.Boolean("Estimated")
    note = fields.Char()
    skipped_ids = fields.Many2many("property.meter")
    left_count = fields.Integer("Still to Read", compute="_compute_left_count")
    total_count = fields.Integer(compute="_compute_left_count")

    def _default_community_id(self):
        communities = self.env["property.community"].search([], limit=2)
        return communities if len(communities) == 1 else False

    @api.depends("value", "meter_id")
    def _compute_usage(self):
        for walk in self:
            meter = walk.meter_id
            step = walk.value - meter.last_value
            if step < 0 and meter.rollover_at:
                step += meter.rollover_at
            walk.is_backwards = bool(meter and walk.value and step < 0)
            walk.usage = step * (meter.multiplier or 1.0) if walk.value else 0.0

    @api.depends("community_id", "building_id", "fee_item_id", "date", "meter_id")
    def _compute_left_count(self):
        meters = self.env["property.meter"]
        for walk in self:
            walk.total_count = meters.search_count(walk._meter_domain())
            walk.left_count = meters.search_count(walk._unread_domain())

    def _meter_domain(self):
        domain = [
            ("community_id", "=", self.community_id.id),
            "|",
            ("date_removed", "=", False),
            ("date_removed", ">=", self.date),
        ]
        if self.building_id:
            domain.append(("unit_id.building_id", "=", self.building_id.id))
        if self.fee_item_id:
            domain.append(("fee_item_id", "=", self.fee_item_id.id))
        return domain

    def _unread_domain(self):
        day = self.date or self.community_id._property_today()
        month = [
            ("date", ">=", date_utils.start_of(day, "month")),
            ("date", "<=", date_utils.end_of(day, "month")),
        ]
        return [*self._meter_domain(), ("reading_ids", "not any", month)]

    def action_begin(self):
        """Show the first meter that has no reading in the month of ``date``."""
        self.ensure_one()
        return self._show_next()

    def action_save_next(self):
        """Write the reading and show the next meter.

        :raises UserError: for a count below the last one on a meter that does not roll
            over
        """
        self.ensure_one()
        if self.value < self.last_value and not self.meter_id.rollover_at:
            raise UserError(
                self.env._(
                    "%(now)s is less than the last count %(last)s. Read again; for a "
                    "new meter use “Replace” on the meter.",
                    now=f"{self.value:.10g}",
                    last=f"{self.last_value:.10g}",
                )
            )
        self.env["property.meter.reading"]._record(
            {self.meter_id: self.value},
            self.date,
            is_estimate=self.is_estimate,
            note=self.note,
            user_id=self.env.uid,
        )
        return self._show_next()

    def action_skip(self):
        """Leave this meter for now and show the next one."""
        self.ensure_one()
        self.skipped_ids += self.meter_id
        return self._show_next()

    def action_meters_left(self):
        """Open the list of meters that are still to be read."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_meter_to_read"
        )
        return {**action, "domain": self._unread_domain(), "context": {}}

    def _show_next(self):
        meter = self.env["property.meter"].search(
            [*self._unread_domain(), ("id", "not in", self.skipped_ids.ids)],
            order="unit_id, fee_item_id, id",
            limit=1,
        )
        self.write(
            {"meter_id": meter.id, "value": 0, "is_estimate": False, "note": False}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reading Round"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"property_round_running": True},
        }
