from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..estate.rows import insert_rows, replace_links
from .arrears_outlook import ArrearsOutlook
from .arrears_rows import ONE_DAY, ArrearsRows
from .calendar import step_due
from .property_arrears_line import BY_HAND
from .property_arrears_statement import COMPUTERS, TOTALS

OF_CASE = (
    "case_id",
    "user_id",
    "reason",
    "last_notice_id",
    "last_notice_name",
    "last_notice_date",
    "promise_date",
    "promise_amount",
)
KEPT = (*sorted(BY_HAND), "final_confirmed")


class PropertyArrearsStatement(models.Model):
    """Computing a statement from the ledger and the statement before."""

    _inherit = "property.arrears.statement"

    def action_compute(self):
        """Compute the lines anew, as often as needed until it is signed (procedure,
        clause 4.2.1). Cases are opened for customers who owe and have none. Who was
        excluded stays excluded.

        Amounts are company currency at the end of the month's last day, by today's
        knowledge.

        :raises UserError: for a signed statement
        :raises AccessError: for other roles than customer service
        """
        self._check_may_compute()
        for statement in self.sorted("period"):
            # sudo: lines are made by the system alone.
            statement.sudo()._compute_lines()
        return True

    def _check_may_compute(self):
        self.check_access("write")
        if not self.env.su and not self.env.user._has_property_role(*COMPUTERS):
            raise AccessError(
                self.env._("Only customer service computes arrears statements.")
            )
        if any(statement.state == "signed" for statement in self):
            raise UserError(self.env._("A signed statement does not change."))

    def _compute_lines(self):
        self.ensure_one()
        self.lock_for_update(allow_referencing=True)
        kept = self._kept()
        self.line_ids.unlink()
        rows = ArrearsRows(self).all()
        cases = self._cases_of(rows)
        vals = self._line_vals(rows, cases, kept)
        self._insert_lines(vals)
        self.write(self._totals(rows))
        self.content_hash = self._content_hash()

    def _insert_lines(self, vals_list):
        """Lines and their units: a community has thousands, all values are ready and
        nothing else follows from them."""
        units = [vals.pop("unit_ids") for vals in vals_list]
        lines = insert_rows(self.env["property.arrears.line"], vals_list)
        pairs = zip(lines.ids, units, strict=True)
        links = [(line, unit) for line, own in pairs for unit in own]
        replace_links(lines, "unit_ids", links)

    def _kept(self):
        """{partner id: what was decided by hand about his line}"""
        return {
            line.partner_id.id: {name: line[name] for name in KEPT}
            for line in self.line_ids
            if line.excluded or line.exclude_reason or line.final_confirmed
        }

    def _cases_of(self, rows):
        """{partner id: case}, missing ones opened. Cases that rest look again where the
        statement finds something due: the day alone may have made it so."""
        cases = self.env["property.collection.case"]
        cases._open_missing(self.community_id)
        found = cases.search([("community_id", "=", self.community_id.id)])
        owing = {partner for partner, row in rows.items() if row["anchor_date"]}
        resting = found.filtered(
            lambda case: (
                case.partner_id.id in owing
                and (case.state == "closed" or case.suspension == "settled")
            )
        )
        resting._touch()
        return {case.partner_id.id: case for case in found}

    def _line_vals(self, rows, cases, kept):
        none = self.env["property.collection.case"]
        found = none.browse(cases[partner].id for partner in rows if partner in cases)
        plan = ArrearsOutlook(self, found)
        late = found._notice_anchors(self.as_of + ONE_DAY)
        partners = self.env["res.partner"].browse(rows)
        names = dict(zip(partners.ids, partners.mapped("name"), strict=True))
        units, of_cases = self._units_of(rows), self._case_vals(found)
        common = {
            **self._common_vals(),
            **dict.fromkeys(KEPT, False),
            **dict.fromkeys(OF_CASE, None),
        }
        vals_list = []
        for partner, row in rows.items():
            case = cases.get(partner, none)
            anchor, months = self._notice_anchor(case, row, late)
            step = self._step(case, months, plan)
            vals = {
                **common,
                **{name: value for name, value in row.items() if name != "units"},
                **self._unit_vals(row["units"], units),
                **kept.get(partner, {}),
                **of_cases.get(case.id, {}),
                "partner_id": partner,
                "partner_name": names[partner],
                "notice_anchor": anchor,
                "step_id": step.id,
            }
            vals_list.append({**vals, **plan.of(vals, case, step)})
        return sorted(
            vals_list, key=lambda vals: (vals["sort_key"] or "~", vals["partner_id"])
        )

    def _case_vals(self, cases):
        """{case id: values}: collector, reason, last notice, open promise."""
        notices, promises = self._last_notices(cases), self._promises(cases)
        return {
            case.id: {
                "case_id": case.id,
                "user_id": case.user_id.id,
                "reason": case.reason,
                **notices.get(case.id, {}),
                **promises.get(case.id, {}),
            }
            for case in cases
        }

    def _common_vals(self):
        return {
            "statement_id": self.id,
            "community_id": self.community_id.id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "period": self.period,
        }

    def _notice_anchor(self, case, row, late):
        """(late instalment or None, months from which the step follows)"""
        if not (case and row["anchor_date"]):
            return None, 0
        return late.get(case) or (None, row["months_unpaid"])

    def _step(self, case, months, plan):
        none = self.env["property.collection.step"]
        if not months:
            return none
        return step_due(plan.policies[case].step_ids, months, case.is_malicious) or none

    def _units_of(self, rows):
        """{unit id: unit}, in room order."""
        ids = {unit for row in rows.values() for unit in row["units"]}
        units = self.env["property.unit"].with_context(active_test=False)
        units = units.search([("id", "in", list(ids))], order="sort_key, id")
        return {unit.id: (place, unit) for place, unit in enumerate(units)}

    def _unit_vals(self, ids, units):
        places = sorted(units[unit] for unit in ids if unit in units)
        own = [unit for _place, unit in places]
        first = own[0] if own else self.env["property.unit"]
        return {
            "unit_ids": [unit.id for unit in own],
            "unit_names": ", ".join(unit.display_name for unit in own),
            "building_id": first.building_id.id,
            "sort_key": first.sort_key,
        }

    def _last_notices(self, cases):
        """{case id: values}: the last notice that went out."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (case_id) case_id, id, name, date_issued
                  FROM property_notice
                 WHERE case_id IN %s AND date_issued IS NOT NULL
                   AND state != 'cancelled'
              ORDER BY case_id, date_issued DESC, id DESC
                """,
                tuple(cases.ids) or (0,),
            )
        )
        return {
            case: {
                "last_notice_id": notice,
                "last_notice_name": name,
                "last_notice_date": day,
            }
            for case, notice, name, day in rows
        }

    def _promises(self, cases):
        """{case id: values}: the open promise."""
        promises = self.env["property.promise"].search(
            [("case_id", "in", cases.ids), ("state", "=", "open")]
        )
        return {
            promise.case_id.id: {
                "promise_date": promise.date,
                "promise_amount": promise.amount,
            }
            for promise in promises
        }

    def _totals(self, rows):
        totals = {
            f"total_{name}": self.currency_id.round(
                sum(row[name] for row in rows.values())
            )
            for name in TOTALS
        }
        return {
            **totals,
            "previous_id": self._before().id,
            "line_count": len(rows),
            "difference_count": sum(1 for row in rows.values() if row["difference"]),
            "computed_on": fields.Datetime.now(),
        }
