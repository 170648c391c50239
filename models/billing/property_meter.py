from odoo import api, fields, models


class PropertyMeter(models.Model):
    """A meter of a unit. A replaced meter keeps its readings; the new one begins with
    its own count (procedure, section 5)."""

    _name = "property.meter"
    _description = "Meter"
    _order = "unit_id, fee_item_id, date_installed desc, id"

    name = fields.Char("Serial No.")
    active = fields.Boolean(default=True)
    unit_id = fields.Many2one(
        "property.unit", required=True, index=True, ondelete="restrict"
    )
    community_id = fields.Many2one(
        related="unit_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True)
    fee_item_id = fields.Many2one(
        "property.fee.item",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('basis', '=', 'meter')]",
    )
    multiplier = fields.Float(default=1.0, digits=(16, 4), required=True)
    rollover_at = fields.Float(
        digits=(16, 3),
        help="The count after which the meter begins at zero again, such as 100,000 "
        "for five digits; zero: it does not.",
    )
    date_installed = fields.Date()
    initial_value = fields.Float(
        "Count when Installed", digits=(16, 3), help="Counts from the installation day."
    )
    date_removed = fields.Date(help="Take a last reading on this day.")
    replaces_id = fields.Many2one(
        "property.meter",
        "Replaces",
        domain="[('unit_id', '=', unit_id), ('fee_item_id', '=', fee_item_id)]",
    )
    reading_ids = fields.One2many("property.meter.reading", "meter_id")
    last_date = fields.Date(compute="_compute_last_reading")
    last_value = fields.Float(compute="_compute_last_reading", digits=(16, 3))

    _multiplier_positive = models.Constraint(
        "CHECK(multiplier > 0 AND rollover_at >= 0)", "A meter counts forward."
    )
    _name_uniq = models.UniqueIndex(
        "(company_id, fee_item_id, name) WHERE name IS NOT NULL",
        "Another meter of this fee item has this serial number.",
    )

    @api.depends("name", "unit_id", "fee_item_id")
    def _compute_display_name(self):
        for meter in self:
            names = (meter.unit_id.display_name, meter.fee_item_id.name, meter.name)
            meter.display_name = " · ".join(filter(None, names))

    @api.depends("reading_ids.date", "reading_ids.value")
    def _compute_last_reading(self):
        last = {
            row["meter_id"]: row
            for row in self.env["property.meter.reading"].search_read(
                [("meter_id", "in", self.ids)],
                ["meter_id", "date", "value"],
                order="date, id",
                load=None,
            )
        }
        for meter in self:
            row = last.get(meter.id)
            meter.last_date = row and row["date"]
            meter.last_value = row["value"] if row else 0.0
