from odoo import models
from odoo.exceptions import UserError

from .usage import estimate


class PropertyBillingRun(models.Model):
    """Readings that nobody took, estimated (procedure, section 5)."""

    _inherit = "property.billing.run"

    def action_estimate_readings(self):
        """Estimate the missing readings of the month and compute the run anew.

        An estimate is the last count and the average usage of the last three months
        added to it, dated the last day of the month (today while it lasts) and marked
        as estimated. Where there is no average nothing is written; the exception stays
        open.

        :raises UserError: for a run that is signed or invoiced
        """
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        if self.state == "signed":
            raise UserError(self.env._("Withdraw the signatures to estimate readings."))
        missing = self._exceptions_without_reading().meter_id
        estimated = self._estimate_readings(missing)
        if estimated:
            self.action_compute()
        return self._report_estimates(estimated.meter_id, missing - estimated.meter_id)

    def _exceptions_without_reading(self):
        return self.exception_ids.filtered(
            lambda row: row.kind == "no_reading" and row.meter_id
        )

    def _estimate_readings(self, meters):
        """:return: the readings made for those of ``meters`` that allow it"""
        first, last = self.period, self._last_day
        # Not in the future, so that a reading still taken this month comes after it.
        day = min(last, max(first, self.community_id._property_today()))
        known = self.env["property.meter.reading"]._readings(meters, first, last)
        values = {
            meter: estimate(known.get(meter.id, ()), first, last, meter.rollover_at)
            for meter in meters
        }
        return self.env["property.meter.reading"].create(
            [
                {
                    "meter_id": meter.id,
                    "date": day,
                    "value": value,
                    "is_estimate": True,
                    "note": self.env._("Estimated from the last three months"),
                }
                for meter, value in values.items()
                if value is not None
            ]
        )

    def _report_estimates(self, estimated, not_estimated):
        done = self.env._("%(count)s readings estimated.", count=len(estimated))
        left = ""
        if not_estimated:
            left = self.env._(
                "No average to estimate from: %(meters)s",
                meters=", ".join(not_estimated.mapped("display_name")),
            )
        self.message_post(body=f"{done} {left}".strip())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left else "success",
                "title": done,
                "message": left,
                "sticky": bool(left),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
