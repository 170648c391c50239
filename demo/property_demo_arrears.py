from datetime import date, timedelta

from odoo import fields, models
from odoo.tools import date_utils

from . import stories
from .past import as_if

FIFTH = 4


class PropertyDemo(models.AbstractModel):
    """Customers at every stage: on the fifth of each month the statement of the month
    before is signed and its notices go out; in between the collectors do their work."""

    _inherit = "property.demo"

    def _after_month(self, lakeside, cloudhill, users, months_ago):
        if months_ago == 1:
            self._review(lakeside, users)
            self._review(cloudhill, users)
            return
        self._follow_month(lakeside, users, months_ago)
        self._follow_month(cloudhill, users, months_ago)
        if months_ago == 3:
            self._collect(lakeside, users)
        else:
            with as_if(self._first(1) + timedelta(days=27)):
                self._go_to_law(lakeside, users)

    def _follow_month(self, community, users, months_ago):
        """What happens in the month after ``months_ago``."""
        day = self._first(months_ago - 1) + timedelta(days=FIFTH)
        period = self._first(months_ago)
        with as_if(day):
            self.env["property.collection.case"]._refresh_community(community)
            notices = self._statement(community, users, period)
        self._hand_over(notices, users["cs"], day + timedelta(days=2))

    def _statement(self, community, users, period):
        statement = self.env["property.arrears.statement"].create(
            {"community_id": community.id, "period": period}
        )
        statement.with_user(users["cs"]).action_compute()
        head = statement.with_user(users["cshead"])
        # Nobody warned him in writing before the module came: the head lets it go out.
        unconfirmed = head.line_ids.filtered(
            lambda line: (
                line.skip_reason == "final_unconfirmed" and line.months_unpaid > 12
            )
        )
        unconfirmed.action_confirm_final()
        head.action_sign()
        statement.with_user(users["cs"]).action_issue_notices()
        return statement.notice_ids

    def _hand_over(self, notices, user, day):
        """Final notices by registered mail, the others at the door; one is refused."""
        final = notices.filtered(lambda notice: notice.kind == "final")
        rows = [
            {
                "notice_id": notice.id,
                "channel": "registered",
                "outcome": "posted",
                "tracking_ref": f"XA{48200 + notice.id}CN",
            }
            for notice in final
        ]
        for number, notice in enumerate(notices - final):
            if number % 4 == 3:
                continue
            met = {
                "recipient": notice.partner_id.name,
                "relation": "owner",
                "outcome": "acknowledged",
                "signature": stories.SIGNATURE,
            }
            refused = {"outcome": "refused", "witness": "劉保安（門崗值班）"}
            rows.append(
                {
                    "notice_id": notice.id,
                    "channel": "door",
                    **(refused if number % 4 == 2 else met),
                }
            )
        with as_if(day):
            now = fields.Datetime.now()
            self.env["property.delivery"].with_user(user).create(
                [{**row, "date": now} for row in rows]
            )

    def _collect(self, community, users):
        """What came of the first statement, in the month after it."""
        day = self._first(2) + timedelta(days=11)
        cases = self.env["property.collection.case"].search(
            [("community_id", "=", community.id), ("state", "!=", "closed")],
            order="months_unpaid desc, amount_overdue desc, id",
        )
        roles = zip(stories.ARREARS, cases, strict=False)
        for (name, values), case in roles:
            with as_if(day):
                getattr(self, f"_story_{name}")(case, users, **values)

    def _contact(self, case, users, channel, outcome, note, reason=None):
        case = case.with_user(users["cs"])
        self.env["property.contact"].with_user(users["cs"]).create(
            {
                "case_id": case.id,
                "channel": channel,
                "date": fields.Datetime.now(),
                "outcome": outcome,
                "note": note,
            }
        )
        if reason:
            case.write({"reason": reason, "reason_note": note})

    def _promise(self, case, users, amount, days):
        today = case.community_id._property_today()
        return (
            self.env["property.promise"]
            .with_user(users["cs"])
            .create(
                {
                    "case_id": case.id,
                    "amount": amount,
                    "date": today + timedelta(days=days),
                }
            )
        )

    def _due_moves(self, case):
        """The open invoices of a case, the oldest first."""
        items = self.env["property.collection.ledger"]._open_items(
            case.community_id, case.partner_id
        )
        return self.env["account.move"].browse(
            dict.fromkeys(item.move_id for item in items)
        )

    def _story_malicious(self, case, users, note):
        """Never says why, takes no call; after a year it is a matter for the law."""
        self._contact(case, users, "phone", "no_answer", "無人接聽")
        self._contact(case, users, "door", "refused", note, "other")

    def _story_hardship(self, case, users, note, reason, decision):
        """The company lets him pay by instalments."""
        self._contact(case, users, "counter", "reached", note, "hardship")
        plan = (
            self.env["property.plan"]
            .with_user(users["manager"])
            .create({"case_id": case.id, "reason": reason})
        )
        spread = self.env["property.plan.spread"].create(
            {"plan_id": plan.id, "count": 6}
        )
        spread.action_spread()
        company = plan.with_user(users["company"])
        company.decision_reason = decision
        company.action_approve()
        plan.with_user(users["cs"]).action_start()
        first = plan.line_ids.sorted("date")[0]
        self._pay_part(
            plan.move_ids.sorted("invoice_date_due"), first.amount, first.date
        )

    def _pay_part(self, moves, amount, day):
        """``amount`` paid on the oldest of the invoices."""
        for move in moves:
            part = min(amount, move.amount_residual)
            amount -= part
            if part:
                self._pay(move, min(day, date.today()), amount=part)

    def _story_dispute(self, case, users, note, task):
        """The lift stood still: a task for the head, one invoice is questioned."""
        self._contact(case, users, "phone", "disputed", note)
        case.with_user(users["cs"]).with_context(
            property_improvement={"description": task}
        ).write({"reason": "service", "reason_note": note})
        self.env["property.dispute"].with_user(users["cs"]).create(
            {
                "move_id": self._due_moves(case)[:1].id,
                "cause": "service",
                "note": note,
            }
        )

    def _story_promise_kept(self, case, users, note):
        self._contact(case, users, "phone", "promised", note, "own")
        self._promise(case, users, case.amount_overdue, 6)
        self._pay(
            self._due_moves(case),
            case.community_id._property_today() + timedelta(days=5),
        )

    def _story_promise_broken(self, case, users, note):
        self._contact(case, users, "phone", "promised", note, "own")
        self._promise(case, users, case.amount_overdue, 10)

    def _story_wrong_number(self, case, users, note):
        self._contact(case, users, "phone", "wrong_number", note)

    def _story_abroad(self, case, users, note):
        self._contact(case, users, "message", "reached", note, "own")
        case.with_user(users["cs"]).write(
            {
                "hold_until": date_utils.end_of(self._first(-4), "month"),
                "hold_reason": note,
            }
        )

    def _go_to_law(self, community, users):
        """The manager finds the oldest default malicious; the company agrees."""
        case = self.env["property.collection.case"].search(
            [("community_id", "=", community.id), ("months_unpaid", ">", 12)],
            order="months_unpaid desc",
            limit=1,
        )
        lawyer = self.env["res.partner"].create(
            {"name": "秦正律師", "company_name": "正衡律師事務所"}
        )
        self.env["property.legal.decision"].with_user(users["manager"]).create(
            {
                "case_id": case.id,
                "decision": "malicious",
                "reason": stories.WHY_MALICIOUS,
            }
        )
        legal = (
            self.env["property.legal.case"]
            .with_user(users["manager"])
            .create({"case_id": case.id, "lawyer_id": lawyer.id})
        )
        legal.with_user(users["company"]).action_approve()

    def _review(self, community, users):
        """This month's statement waits for the head's signature."""
        cases = self.env["property.collection.case"]
        cases._refresh_community(community)
        statement = self.env["property.arrears.statement"].create(
            {"community_id": community.id, "period": self._first(1)}
        )
        statement.with_user(users["cs"]).action_compute()
