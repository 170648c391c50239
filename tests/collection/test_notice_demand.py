"""What demand notices, final notices and lawyer's letters ask for."""

from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .notice_common import CollectionNoticeCommon

# 11 o'clock in the morning in Taipei.
NOW = "2026-04-02 03:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestNoticeDemand(CollectionNoticeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.january = cls.make_invoice(cls.lin, 100, "2026-01-10", cls.unit)
            cls.february = cls.make_invoice(cls.lin, 110, "2026-02-10", cls.unit)
            cls.march = cls.make_invoice(cls.lin, 50, "2026-03-10", cls.unit_201)
            cls.april = cls.make_invoice(cls.lin, 100, "2026-04-10", cls.unit)
            cls.statement = cls.make_statement("2026-03-01")

    def test_each_period_is_a_line(self):
        """100 + 110 of unit 101, 50 of 201; April is not due on 2 April: 260.00."""
        notice = self.issue(self.make_notice(months=3))
        self.assertEqual(
            self.lines_of(notice),
            [
                ("charge", "1 101", "2026-01-10", 100.0),
                ("charge", "1 101", "2026-02-10", 110.0),
                ("charge", "2 201", "2026-03-10", 50.0),
            ],
        )
        self.assertEqual(notice.amount_total, 260.0)
        self.assertEqual(notice.amount_principal, 260.0)
        self.assertEqual(notice.state, "issued")
        self.assertEqual(notice.date_issued, self.day("2026-04-02"))
        self.assertEqual(notice.unit_id, self.unit)
        self.assertEqual(notice.move_ids, self.january | self.february | self.march)
        first = notice.line_ids.sorted("sequence")[0]
        self.assertEqual(first.item_name, "Property fee")
        self.assertEqual(str(first.date_from), "2026-01-01")
        self.assertEqual(str(first.date_to), "2026-01-31")
        self.assertEqual((first.amount_original, first.amount_received), (100.0, 0.0))

    def test_deadlines(self):
        """7 days after 2 April for a demand; 15 for a final notice."""
        demand = self.issue(self.make_notice(months=1))
        self.assertEqual(demand.deadline, self.day("2026-04-09"))
        final = self.issue(self.make_notice(months=6))
        self.assertEqual(final.kind, "final")
        self.assertEqual(final.deadline, self.day("2026-04-17"))

    def test_the_day_of_the_community(self):
        """At 17:00 UTC it is already 3 April in Taipei."""
        with freeze_time("2026-04-02 17:00:00"):
            notice = self.issue(self.make_notice(months=3))
        self.assertEqual(notice.date_issued, self.day("2026-04-03"))
        self.assertEqual(notice.deadline, self.day("2026-04-10"))

    def test_part_payment(self):
        """40 of January's 100 are paid: 60 + 110 + 50 = 220."""
        self.pay(self.january, 40, "2026-03-20")
        notice = self.issue(self.make_notice(months=3))
        line = notice.line_ids.sorted("sequence")[0]
        self.assertRecordValues(
            line,
            [{"amount_original": 100.0, "amount_received": 40.0, "amount": 60.0}],
        )
        self.assertEqual(notice.amount_total, 220.0)

    def dispute(self, move, amount, **values):
        return self.env["property.dispute"].create(
            {"move_id": move.id, "amount": amount, "cause": "billing", **values}
        )

    def test_dispute_stands_apart(self):
        """30 of February's 110 are disputed, and all of March: 100 + 80 = 180 are asked
        for; 30 + 50 = 80 stand apart."""
        self.dispute(self.february, 30)
        self.dispute(self.march, 50)
        notice = self.issue(self.make_notice(months=3))
        self.assertEqual(
            self.lines_of(notice),
            [
                ("charge", "1 101", "2026-01-10", 100.0),
                ("charge", "1 101", "2026-02-10", 80.0),
                ("disputed", "1 101", "2026-02-10", 30.0),
                ("disputed", "2 201", "2026-03-10", 50.0),
            ],
        )
        self.assertEqual(notice.amount_total, 180.0)
        self.assertEqual(notice.amount_disputed, 80.0)
        self.assertEqual(notice.line_ids.sorted("sequence")[1].amount_held, 30.0)
        self.assertNotIn(self.march, notice.move_ids)

    def test_paused_stands_apart(self):
        """February is out of follow-up: 100 + 50 = 150."""
        self.february.no_followup = True
        notice = self.issue(self.make_notice(months=3))
        self.assertIn(("paused", "1 101", "2026-02-10", 110.0), self.lines_of(notice))
        self.assertEqual(notice.amount_total, 150.0)
        self.assertEqual(notice.amount_disputed, 0.0)

    def test_credits_are_taken_off(self):
        """A credit note of 20 and 15 paid on account: 260 - 35 = 225."""
        self.make_invoice(self.lin, -20, "2026-03-10", self.unit)
        self.pay_unmatched(self.lin, 15, "2026-03-25")
        notice = self.issue(self.make_notice(months=3))
        credits = notice.line_ids.filtered(lambda line: line.type == "credit")
        self.assertEqual(sorted(credits.mapped("amount")), [-20.0, -15.0])
        self.assertEqual(notice.amount_total, 225.0)
        self.assertEqual(notice.amount_principal, 225.0)

    def test_late_instalments_stand_for_what_the_plan_covers(self):
        """A plan over January and February, one instalment of 60 is late; March's 50
        are not part of it: 110."""
        cases = self.env.registry["property.collection.case"]
        late = {
            "type": "arrears",
            "item_name": "Instalment 1 of 3",
            "date_from": self.day("2026-03-20"),
            "date_to": self.day("2026-03-20"),
            "amount": 60.0,
        }
        covered = self.january | self.february
        notice = self.make_notice(months=3)
        with (
            patch.object(cases, "_demand_lines", lambda case, day: [dict(late)]),
            patch.object(cases, "_moves_in_plan", lambda case: covered),
        ):
            self.issue(notice)
        self.assertEqual(
            self.lines_of(notice),
            [
                ("charge", "2 201", "2026-03-10", 50.0),
                ("instalment", "", "2026-03-20", 60.0),
            ],
        )
        self.assertEqual(notice.amount_total, 110.0)
        # Whether it is paid is asked of the bills that the plan covers.
        self.assertEqual(notice.move_ids, covered | self.march)

    def test_net_creditor_gets_none(self):
        notice = self.make_notice(months=3)
        self.pay_unmatched(self.lin, 400, "2026-04-01")
        self.issue(notice)
        self.assertEqual(notice.state, "cancelled")
        self.assertFalse(notice.name)

    def test_paid_between_signature_and_issue(self):
        notice = self.make_notice(months=3)
        self.pay(self.january | self.february | self.march, day="2026-04-01")
        action = notice.with_user(self.user_cs).action_issue()
        self.assertEqual(notice.state, "cancelled")
        self.assertIn("Nothing undisputed is due", notice.cancel_reason)
        self.assertIn("Nothing undisputed is due", action["params"]["message"])
        self.assertFalse(notice.attachment_id)

    def test_oldest_charge_paid_meanwhile(self):
        """Three months with January as anchor were signed; February is two months old:
        another stage."""
        notice = self.make_notice(months=3)
        self.pay(self.january, day="2026-04-01")
        self.issue(notice)
        self.assertEqual(notice.state, "cancelled")
        self.assertIn("01/10/2026 is paid", notice.cancel_reason)

    def test_on_hold_since(self):
        notice = self.make_notice(months=3)
        notice.case_id.sudo().write(
            {"hold_until": "2026-04-10", "hold_reason": "In hospital"}
        )
        self.issue(notice)
        self.assertEqual(notice.state, "cancelled")
        self.assertIn("On hold until 04/10/2026: In hospital", notice.cancel_reason)

    def test_one_foreign_currency(self):
        """All in euros at 2 to a dollar: the notice is in euros."""
        (self.january | self.february | self.march).button_draft()
        coin = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0)])
        owner = self.env["res.partner"].create({"name": "Gaskell"})
        unit = self.make_unit("301", owner=None, owner_id=owner.id)
        self.make_invoice(owner, 90, "2026-01-10", unit, currency_id=coin.id)
        self.make_invoice(owner, 30, "2026-02-10", unit, currency_id=coin.id)
        notice = self.issue(self.make_notice(owner, months=3))
        self.assertEqual(notice.currency_id, coin)
        self.assertEqual(notice.amount_total, 120.0)

    def test_two_currencies(self):
        """50 euros at 2 to a dollar are 25 dollars: 260 + 25 = 285 dollars."""
        coin = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0)])
        self.make_invoice(self.lin, 50, "2026-02-10", self.unit, currency_id=coin.id)
        notice = self.issue(self.make_notice(months=3))
        self.assertEqual(notice.currency_id, self.company.currency_id)
        self.assertEqual(notice.amount_total, 285.0)
        names = notice.line_ids.mapped("item_name")
        self.assertTrue(any("50.00" in name for name in names), names)

    def test_once_per_step_and_anchor(self):
        first = self.issue(self.make_notice(months=3))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.make_notice(months=3)
        first.with_user(self.user_cs).action_cancel()
        second = self.issue(self.make_notice(months=3))
        self.assertNotEqual(first.name, second.name)

    def test_only_from_a_signed_statement(self):
        draft = self.make_statement("2026-04-01", state="draft")
        notice = self.make_notice(months=3, statement=draft)
        with self.assertRaisesRegex(UserError, "no signed arrears statement"):
            self.issue(notice)
        self.assertEqual(notice.state, "draft")

    def test_drafts_are_filled_for_the_preview(self):
        notice = self.make_notice(months=3)
        notice._fill_drafts()
        self.assertEqual(notice.amount_total, 260.0)
        self.assertEqual(notice.deadline, self.day("2026-04-09"))
        self.assertEqual(len(notice.line_ids), 3)
        self.assertFalse(notice.name)
        self.assertFalse(notice.attachment_id)
        # Paid in part, it is read again: 260 - 50.
        self.pay(self.march, day="2026-04-01")
        self.issue(notice)
        self.assertEqual(notice.amount_total, 210.0)

    def test_nobody_writes_what_follows_from_methods(self):
        notice = self.make_notice(months=3)
        for name, value in (
            ("statement_id", False),
            ("anchor_date", "2026-02-10"),
            ("amount_principal", 1.0),
            ("amount_late_fee", 1.0),
            ("contract_basis", "X"),
        ):
            for user in (self.user_cs, self.user_finance, self.user_company):
                with self.assertRaises(AccessError):
                    notice.with_user(user).write({name: value})
        self.issue(notice)
        for vals in ({"case_id": False}, {"earlier_note": "x"}):
            with self.assertRaises(UserError):
                notice.sudo().write(vals)

    def test_case_and_statement_of_one_community(self):
        other = self.make_community("Moon Garden", "MOON")
        statement = self.make_statement("2026-03-01", community_id=other.id)
        with self.assertRaises(ValidationError):
            self.make_notice(months=3, statement=statement)
        with self.assertRaises(ValidationError):
            self.make_notice(months=3, partner_id=self.developer.id)

    def test_earlier_notices_are_cited(self):
        """The final notice names the demand, its date and how it was delivered."""
        demand = self.issue(self.make_notice(months=3))
        self.env["property.delivery"].create(
            {
                "notice_id": demand.id,
                "channel": "registered",
                "outcome": "posted",
                "tracking_ref": "RR123",
                "date": fields.Datetime.now(),
            }
        )
        final = self.issue(self.make_notice(months=6))
        self.assertIn(demand.name, final.earlier_note)
        self.assertIn("04/02/2026", final.earlier_note)
        self.assertIn("Registered letter, Posted, RR123", final.earlier_note)
        # About other invoices there is nothing to cite.
        self.assertFalse(demand.earlier_note)
