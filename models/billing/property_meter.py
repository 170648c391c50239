from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, date_utils

# What a charge was computed from; once it is billed a new meter takes over instead.
EVIDENCE = (
    "multiplier",
    "rollover_at",
    "initial_value",
    "date_installed",
    "unit_id",
    "fee_item_id",
)


def would_change(records, vals, names):
    """Those of ``records`` of which writing ``vals`` changes one of ``names``."""

    def differs(record, name):
        to_cache = record._fields[name].convert_to_cache
        return to_cache(vals[name], record) != to_cache(record[name], record)

    names = [name for name in names if name in vals]
    return records.filtered(lambda rec: any(differs(rec, name) for name in names))


class PropertyMeter(models.Model):
    """A meter of a unit. A replaced meter keeps its readings; the new one begins with
    its own count (procedure, section 5)."""

    _name = "property.meter"
    _description = "Meter"
    _inherit = ["property.community.bound"]
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
        domain="[('unit_id', '=', unit_id), ('fee_item_id', '=', fee_item_id)]",
    )
    reading_ids = fields.One2many("property.meter.reading", "meter_id")
    last_date = fields.Date("Last Read on", compute="_compute_last_reading")
    last_value = fields.Float(
        "Last Count",
        compute="_compute_last_reading",
        digits=(16, 3),
        help="Of the last reading; before the first one the count when installed.",
    )
    is_read = fields.Boolean(
        "Read this Month", compute="_compute_month_value", search="_search_is_read"
    )
    month_value = fields.Float(
        "Count this Month",
        compute="_compute_month_value",
        inverse="_inverse_month_value",
        digits=(16, 3),
        help="Writing it makes today's reading.",
    )

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

    @api.depends(
        "reading_ids.date", "reading_ids.value", "date_installed", "initial_value"
    )
    def _compute_last_reading(self):
        last = self.env["property.meter.reading"]._last_readings(self)
        for meter in self:
            meter.last_date, meter.last_value = last.get(
                meter._origin.id, (meter.date_installed, meter.initial_value)
            )

    @api.depends("reading_ids.date", "reading_ids.value")
    def _compute_month_value(self):
        rows = self.env["property.meter.reading"].search_read(
            Domain("meter_id", "in", self.ids)
            & self.env["property.meter.reading"]._domain_this_month(),
            ["meter_id", "value"],
            order="date, id",
            load=None,
        )
        values = {row["meter_id"]: row["value"] for row in rows}
        for meter in self:
            meter.is_read = meter._origin.id in values
            meter.month_value = values.get(meter._origin.id, 0.0)

    def _inverse_month_value(self):
        for day, meters in self.grouped(
            lambda meter: meter.community_id._property_today()
        ).items():
            self.env["property.meter.reading"]._record(
                {meter: meter.month_value for meter in meters}, day
            )

    def _search_is_read(self, operator, value):
        if operator != "in":
            return NotImplemented
        this_month = self.env["property.meter.reading"]._domain_this_month()
        return Domain("reading_ids", "any", this_month)

    def write(self, vals):
        evidence = set(EVIDENCE)
        if not any(self.mapped("rollover_at")):
            # That a meter rolls over is often learnt only when it does.
            evidence.discard("rollover_at")
        would_change(self, vals, evidence)._check_not_billed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_billed(self):
        self._check_not_billed()

    def _check_not_billed(self):
        """:raises UserError: for a meter with a reading in a month charged for"""
        first_days = self.env["property.meter.reading"]._read_group(
            [("meter_id", "in", self.ids)], ["meter_id"], ["date:min"]
        )
        for meter, month, is_signed in self._billed_on(first_days):
            names = {"meter": meter.display_name, "month": month}
            if is_signed:
                raise UserError(
                    self.env._(
                        "%(meter)s is charged for %(month)s in a signed billing run. "
                        "Withdraw the signatures first.",
                        **names,
                    )
                )
            raise UserError(
                self.env._(
                    "%(meter)s is billed for %(month)s and stays as evidence. Replace "
                    "the meter instead.",
                    **names,
                )
            )

    @api.model
    def _billed_on(self, meter_days):
        """Which of the (meter, day) pairs are in or before a month for which the unit
        and fee of the meter are charged, in a run that is signed or further.

        One query, however many meters.

        :return: [(meter, month as text, whether its run is signed only)]
        """
        if not meter_days:
            return []
        months = self.union(*(meter for meter, _day in meter_days))._billed_months(
            date_utils.start_of(min(day for _meter, day in meter_days), "month")
        )
        found = []
        for meter, day in meter_days:
            charged, invoiced = months.get(meter.id, (None, None))
            first = date_utils.start_of(day, "month")
            if charged and charged >= first:
                is_signed = not invoiced or invoiced < first
                month = charged if is_signed else invoiced
                found.append((meter, month.strftime("%Y-%m"), is_signed))
        return found

    @api.private
    def _billed_months(self, since):
        """The last months from ``since`` on for which the unit and fee of each meter
        are charged: in a run that is signed or further, and in one that is invoiced.

        Whoever asks: a charge counts though he may not see it.

        :return: {meter id: (first day of the month, first day of the month or None)}
        """
        self.flush_model(["unit_id", "fee_item_id"])
        self.env["property.charge"].flush_model(
            ["unit_id", "fee_item_id", "period", "run_id"]
        )
        self.env["property.billing.run"].flush_model(["state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT meter.id, MAX(charge.period),
                       MAX(charge.period) FILTER (WHERE run.state != 'signed')
                  FROM property_meter meter
                  JOIN property_charge charge
                    ON charge.unit_id = meter.unit_id
                   AND charge.fee_item_id = meter.fee_item_id
                  JOIN property_billing_run run ON run.id = charge.run_id
                 WHERE meter.id = ANY(%s) AND charge.period >= %s
                   AND run.state NOT IN ('draft', 'computed')
              GROUP BY meter.id
                """,
                self.ids,
                since,
            )
        )
        return {meter: months for meter, *months in rows}

    @api.private
    def _replace_on(self, day, final_value, new_vals):
        """Close the meter on ``day`` with its last count; a new one counts on.

        :return: the new meter
        :raises UserError: for a meter that is removed already, or a count below its
            last one
        """
        self.ensure_one()
        if self.date_removed:
            raise UserError(
                self.env._("%(meter)s is removed already.", meter=self.display_name)
            )
        if final_value < self.last_value and not self.rollover_at:
            raise UserError(
                self.env._(
                    "The last count was %(count)s already.",
                    count=f"{self.last_value:.10g}",
                )
            )
        self.env["property.meter.reading"]._record({self: final_value}, day)
        self.date_removed = day
        return self.create(
            {
                "unit_id": self.unit_id.id,
                "fee_item_id": self.fee_item_id.id,
                "replaces_id": self.id,
                "date_installed": day,
                **new_vals,
            }
        )
