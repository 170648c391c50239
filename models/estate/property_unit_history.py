from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .dates import ONE_DAY, holds


class PropertyUnitHistory(models.AbstractModel):
    """Dated rows of a unit that follow one another without overlapping.

    An empty ``date_from`` means "as far back as is known", an empty ``date_to`` "until
    further notice". ``date_to`` is the last day on which the row holds.
    """

    _name = "property.unit.history"
    _description = "Dated History of a Unit"
    _inherit = ["property.community.bound"]
    _order = "unit_id, date_from desc nulls last, id desc"

    unit_id = fields.Many2one(
        "property.unit", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="unit_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True)
    date_from = fields.Date("First Day")
    date_to = fields.Date("Last Day")

    _dates_ordered = models.Constraint(
        "CHECK(date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "The last day cannot come before the first day.",
    )

    def _track(self):
        """What may hold only once at a time in a unit. :return: a tuple"""
        self.ensure_one()
        return ()

    @api.private
    def _valid_on(self, day):
        return self.filtered(lambda row: holds(row.date_from, row.date_to, day))

    @api.model
    def _domain_valid_on(self, day):
        """Like ``_valid_on``, for a search."""
        begun = fields.Domain("date_from", "=", False) | fields.Domain(
            "date_from", "<=", day
        )
        going_on = fields.Domain("date_to", "=", False) | fields.Domain(
            "date_to", ">=", day
        )
        return begun & going_on

    @api.constrains("unit_id", "date_from", "date_to")
    def _check_no_overlap(self):
        siblings = self.search([("unit_id", "in", self.unit_id.ids)])
        for (unit, *_track), rows in siblings.grouped(
            lambda row: (row.unit_id, *row._track())
        ).items():
            ordered = rows.sorted(lambda row: row.date_from or date.min)
            for row, following in zip(ordered, ordered[1:], strict=False):
                if (
                    not row.date_to
                    or not following.date_from
                    or (row.date_to >= following.date_from)
                ):
                    raise ValidationError(
                        self.env._(
                            "%(unit)s: two %(what)s rows overlap. End the earlier one "
                            "before %(day)s.",
                            unit=unit.display_name,
                            what=self._description,
                            day=following.date_from or self.env._("the other begins"),
                        )
                    )

    @api.model
    def _record_change(self, changes, **common):
        """Let each unit's history say that ``changes[unit]`` holds from today on.

        The day is today, or the context's ``property_effective_date``. The first row of
        a unit has no first day unless the context gives it; a change on the day a row
        began corrects that row.

        :param changes: {unit: values}; empty values end what held
        :param common: values that name the track (for example the role)
        """
        given = fields.Date.to_date(self.env.context.get("property_effective_date"))
        units = self.env["property.unit"].union(*changes)
        track = [(key, "=", value) for key, value in common.items() if key == "role"]
        rows = self.search([("unit_id", "in", units.ids), *track]).grouped("unit_id")
        ends, to_create = {}, []
        for unit, values in changes.items():
            day = given or unit._property_today()
            known = rows.get(unit, self.browse())
            current = known._valid_on(day)[:1]
            if all(
                current._fields[key].convert_to_write(current[key], current) == value
                for key, value in values.items()
            ):
                continue
            if current and current.date_from == day:
                if any(values.values()):
                    current.write(values)
                else:
                    current.unlink()
                continue
            ends[current] = day - ONE_DAY
            if any(values.values()):
                after = known.filtered_domain([("date_from", ">", day)])
                to_create.append(
                    {
                        "unit_id": unit.id,
                        "date_from": day if known else given,
                        "date_to": min(after.mapped("date_from")) - ONE_DAY
                        if after
                        else False,
                        **common,
                        **values,
                    }
                )
        for last, ended in self.concat(*ends).grouped(ends.get).items():
            ended.write({"date_to": last})
        self.create(to_create)
