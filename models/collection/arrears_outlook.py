"""Which notice each customer of a statement is to get, with what it rests on read in
sets: cases, agreements, notices that went before."""

from .calendar import Standing
from .outlook import NOTICE_KINDS, Facts, outlook, skip_reason

# A notice that was refused has reached the customer all the same.
REACHED = ("delivered", "acknowledged", "refused")


def anchor_of(row):
    """From when the notice of a line counts: a late instalment, else the oldest bill.

    :param row: the line or its values
    """
    return row["notice_anchor"] or row["anchor_date"]


def noticed(cases):
    """({(case id, anchor): highest months of the steps noticed},
    {(case id, anchor, step id)}): a step's months may have changed since."""
    rows = cases.env["property.notice"]._read_group(
        [
            ("case_id", "in", cases.ids),
            ("anchor_date", "!=", False),
            ("state", "!=", "cancelled"),
        ],
        ["case_id", "anchor_date:day", "step_id"],
        ["step_months:max"],
    )
    highest, steps = {}, set()
    for case, anchor, step, months in rows:
        key = case.id, anchor
        highest[key] = max(months, highest.get(key, 0))
        steps.add((*key, step.id))
    return highest, steps


class ArrearsOutlook:
    """:param cases: the cases of the statement's customers, in sudo"""

    def __init__(self, statement, cases):
        self.day = statement.community_id._property_today()
        # A statement of the running month is a preview: nobody can sign it yet.
        later = statement._later().filtered(lambda row: row.as_of < self.day)
        self.is_superseded = bool(later)
        self.policies = cases._policies()
        self.noticed, self.noticed_steps = noticed(cases)
        self.warned = self._warned(cases)
        self.first_demands = {}

    def _warned(self, cases):
        """{case id: day of issue of the last notice that reached the customer}"""
        rows = cases.env["property.notice"]._read_group(
            [
                ("case_id", "in", cases.ids),
                ("kind", "in", NOTICE_KINDS),
                ("state", "in", REACHED),
            ],
            ["case_id"],
            ["date_issued:max"],
        )
        return {case.id: day for case, day in rows}

    def of(self, row, case, step):
        """Values of a line: outlook, skip_reason and skip_until.

        :param row: the line or its values
        """
        suspension = self._suspension(row, case)
        skipped = skip_reason(self._facts(row, case, step, suspension))
        until = None
        if skipped == "held":
            until = case.hold_until
        elif skipped == "promised":
            until = case._promised_until()
        first = self._first_demand(self.policies[case]) if step else None
        is_first = step and step.months == first
        return {
            "outlook": outlook(step.notice_kind, is_first, skipped),
            "skip_reason": skipped,
            "skip_until": until,
        }

    def _first_demand(self, policy):
        """Months of the policy's first demand; few policies, many customers."""
        if policy not in self.first_demands:
            demands = policy.step_ids.filtered(lambda one: one.notice_kind == "demand")
            self.first_demands[policy] = min(demands.mapped("months"), default=0)
        return self.first_demands[policy]

    def _suspension(self, row, case):
        if not (case and row["anchor_date"]):
            return None
        if case.state == "closed" or case.suspension == "settled":
            return "settled"
        # What has fallen late since the statement's day is for the next one.
        if case._has_running_plan() and not row["notice_anchor"]:
            return "planned"
        return case._suspended_by(Standing(anchor=anchor_of(row)), self.day)

    def _facts(self, row, case, step, suspension):
        anchor = anchor_of(row)
        reached = self.warned.get(case.id)
        return Facts(
            is_excluded=row["excluded"],
            has_anchor=bool(anchor),
            is_creditor=bool(row["credits"] or row["unallocated"]),
            amount_disputed=row["amount_disputed"],
            amount_paused=row["amount_paused"],
            has_case=bool(case),
            suspension=suspension,
            is_at_law=bool(case) and case._is_at_law(),
            notice_kind=step.notice_kind or None,
            is_superseded=self.is_superseded,
            months_noticed=self._months_noticed(case, anchor, step),
            step_months=step.months,
            is_warned=bool(anchor and reached and reached >= anchor),
            is_final_confirmed=row["final_confirmed"],
        )

    def _months_noticed(self, case, anchor, step):
        if (case.id, anchor, step.id) in self.noticed_steps:
            return step.months
        return self.noticed.get((case.id, anchor), 0)
