from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, date_utils

from .property_meter import would_change
from .usage import Reading

EVIDENCE = ("meter_id", "date", "value", "is_estimate")


class PropertyMeterReading(models.Model):
    """The count of a meter at the end of a day. 抄表"""

    _name = "property.meter.reading"
    _description = "Meter Reading"
    _inherit = ["property.community.bound"]
    _order = "date desc, meter_id, id"
    _rec_name = "meter_id"

    meter_id = fields.Many2one(
        "property.meter", required=True, index=True, ondelete="cascade"
    )
    unit_id = fields.Many2one(related="meter_id.unit_id", store=True, index=True)
    fee_item_id = fields.Many2one(related="meter_id.fee_item_id", store=True)
    community_id = fields.Many2one(
        related="meter_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="meter_id.company_id", store=True)
    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    value = fields.Float(required=True, digits=(16, 3), aggregator=None)
    is_estimate = fields.Boolean("Estimated")
    user_id = fields.Many2one(
        "res.users", "Read by", default=lambda self: self.env.user
    )
    note = fields.Char()

    _date_uniq = models.UniqueIndex(
        "(meter_id, date)", "This meter already has a reading on this day."
    )
    _value_positive = models.Constraint(
        "CHECK(value >= 0)", "A meter does not count below zero."
    )

    @api.model_create_multi
    def create(self, vals_list):
        readings = super().create(vals_list)
        readings._check_not_billed()
        return readings

    def write(self, vals):
        changed = would_change(self, vals, EVIDENCE)
        changed._check_not_billed()
        result = super().write(vals)
        if "meter_id" in vals or "date" in vals:
            changed._check_not_billed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_billed(self):
        self._check_not_billed()

    def _check_not_billed(self):
        """A charge stands on the readings up to its month. One more, less or another
        would move usage into a month that nobody bills any more.

        :raises UserError: naming the meter and the month
        """
        days = [(reading.meter_id, reading.date) for reading in self]
        for meter, month, is_signed in self.env["property.meter"]._billed_on(days):
            names = {"meter": meter.display_name, "month": month}
            if is_signed:
                raise UserError(
                    self.env._(
                        "%(meter)s is charged for %(month)s in a signed billing run. "
                        "Withdraw the signatures, mend the reading and compute anew.",
                        **names,
                    )
                )
            raise UserError(
                self.env._(
                    "%(meter)s is billed for %(month)s: its readings up to then are "
                    "evidence. The next reading will catch up.",
                    **names,
                )
            )

    @api.model
    def _record(self, values, day, **extra):
        """Note the count of meters on ``day``; a reading of that day is corrected.

        :param values: {meter: count}
        """
        meters = self.env["property.meter"].union(*values)
        known = self.search([("meter_id", "in", meters.ids), ("date", "=", day)])
        for reading in known:
            reading.write({"value": values[reading.meter_id], **extra})
        return known + self.create(
            [
                {"meter_id": meter.id, "date": day, "value": value, **extra}
                for meter, value in values.items()
                if meter not in known.meter_id
            ]
        )

    @api.model
    def _domain_this_month(self):
        """Readings of the month that runs where their meter is."""
        by_day = self.env["property.community"]._everywhere_by_day()
        return Domain.OR(
            Domain("community_id", "in", places.ids)
            & Domain("date", ">=", day.replace(day=1))
            for day, places in by_day.items()
        )

    def _last_readings(self, meters):
        """:return: {meter id: (day, count)} of each meter's last reading"""
        self.flush_model(["meter_id", "date", "value"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (meter_id) meter_id, date, value
                  FROM property_meter_reading
                 WHERE meter_id = ANY(%s)
              ORDER BY meter_id, date DESC
                """,
                meters.ids,
            )
        )
        return {meter: (date, float(value)) for meter, date, value in rows}

    def _readings(self, meters, first, last):
        """Readings up to the day ``last``: of the four months before ``first``, and the
        last one before those so that there is something to subtract.

        :return: {meter id: [Reading]} in order of date
        """
        self.flush_model()
        since = date_utils.subtract(first, months=4)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT meter_id, date, value, is_estimate
                  FROM property_meter_reading
                 WHERE meter_id = ANY(%(meters)s)
                   AND date BETWEEN %(since)s AND %(last)s
                 UNION ALL
               (SELECT DISTINCT ON (meter_id) meter_id, date, value, is_estimate
                  FROM property_meter_reading
                 WHERE meter_id = ANY(%(meters)s) AND date < %(since)s
              ORDER BY meter_id, date DESC)
              ORDER BY meter_id, date
                """,
                meters=meters.ids,
                since=since,
                last=last,
            )
        )
        readings = {
            meter.id: [Reading(meter.date_installed, meter.initial_value)]
            for meter in meters
            if meter.date_installed
        }
        for meter, date, value, is_estimate in rows:
            readings.setdefault(meter, []).append(
                Reading(date, float(value), bool(is_estimate))
            )
        return readings
