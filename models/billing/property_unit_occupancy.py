from odoo import api, models
from odoo.tools import format_date

from ..estate.dates import ONE_DAY
from ..estate.property_unit_occupancy import OCCUPIED


class PropertyUnitOccupancy(models.Model):
    """Who moves into a unit ends its vacancy, and with it the lower fee."""

    _inherit = "property.unit.occupancy"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._end_vacancies()
        return rows

    def write(self, vals):
        result = super().write(vals)
        if {"status", "date_from", "unit_id"} & set(vals):
            self._end_vacancies()
        return result

    def _end_vacancies(self):
        """End the approved vacancies of occupied units the day before."""
        occupied = self.filtered(lambda row: row.status in OCCUPIED)
        if not occupied:
            return
        # sudo: whoever records who lives there need not see the applications.
        vacancies = (
            self.env["property.vacancy"]
            .sudo()
            .search(
                [("unit_id", "in", occupied.unit_id.ids), ("state", "=", "approved")]
            )
        )
        by_unit = vacancies.grouped(lambda vacancy: vacancy.unit_id.id)
        ends, notes = {}, {}
        for row in occupied.sorted(lambda row: row._first_day(), reverse=True):
            for vacancy in by_unit.get(row.unit_id.id, ()):
                if end := row._end_of(vacancy):
                    ends[vacancy] = end
                    notes[vacancy.id] = row._occupied_note()
        for end, ended in vacancies.grouped(ends.get).items():
            if end:
                ended.write({"date_to": end})
        vacancies.browse(notes)._message_log_batch(bodies=notes)

    def _first_day(self):
        """A row "as far back as is known" is taken for what holds from today on."""
        return self.date_from or self.unit_id._property_today()

    def _end_of(self, vacancy):
        """The last day of ``vacancy`` now that the unit is occupied; None where it
        remains as it is. One that began meanwhile keeps its first day only, one still
        to come is another matter.
        """
        day = self._first_day()
        begins = vacancy.date_from
        is_over = (vacancy.date_to and vacancy.date_to < day) or (
            self.date_to and (self.date_to < day or self.date_to < begins)
        )
        to_come = begins >= day and begins > self.unit_id._property_today()
        if is_over or to_come:
            return None
        return max(begins, day - ONE_DAY)

    def _occupied_note(self):
        statuses = dict(self._fields["status"]._description_selection(self.env))
        return self.env._(
            "Ended: the unit is %(status)s from %(day)s on.",
            status=statuses[self.status],
            day=format_date(self.env, self._first_day()),
        )
