from contextlib import nullcontext
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import new_test_user, tagged

from ..collection.statement_common import StatementCommon


class CloseCommon(StatementCommon):
    """100.00 of January is open; February bills 200.00 and a credit note of 10.00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls.make_invoice(cls.owner, 100, "2026-01-10", cls.unit)
        cls.bill = cls.make_invoice(cls.owner, 200, "2026-02-10", cls.unit)

    @classmethod
    def make_close(cls, period, community=None, compute=True):
        close = cls.env["property.period.close"].create(
            {
                "community_id": (community or cls.community).id,
                "period": Date.to_date(period),
            }
        )
        if compute:
            close.with_user(cls.user_finance).action_compute()
        return close

    @classmethod
    def sign_close(cls, close, pdf=b"%PDF"):
        """Both sign; printing takes its time, so that a stand-in is stored for it."""
        with (
            freeze_time("2026-06-01 04:00"),
            patch.object(type(close), "_render_pdf", lambda _self: pdf)
            if pdf
            else nullcontext(),
        ):
            close.with_user(cls.user_finance).action_sign_finance()
            close.with_user(cls.user_cs_head).action_sign_cs()

    def figures(self, close):
        """(opening, backdated, billed, received on bills, on arrears, waived, written
        off, closing)"""
        names = (
            "opening",
            "backdated",
            "billed",
            "received_current",
            "received_arrears",
            "waived",
            "written_off",
            "closing",
        )
        return tuple(close[f"amount_{name}"] for name in names)

    def assertTies(self, close):
        self.assertFalse(close.tie_ids.filtered("difference").mapped("account_name"))
        self.assertEqual(close.amount_difference, 0)


@tagged("post_install", "-at_install")
class TestClose(CloseCommon):
    def test_worked_month(self):
        """Opening 100, billed 200; 150 received, 50 of it on arrears; 10 waived, 5
        written off: 100 + 200 − 150 − 10 − 5 = 135 are left."""
        self.pay(self.old, 50, "2026-02-05")
        self.pay(self.bill, 100, "2026-02-12")
        note = self.make_invoice(self.owner, -10, "2026-02-20", self.unit)
        self.match(self.bill, note)
        self.write_off(self.old, 5, "2026-02-25")
        close = self.make_close("2026-02-01")
        self.assertEqual(self.figures(close), (100, 0, 200, 100, 50, 10, 5, 135))
        self.assertEqual(close.amount_received, 150)
        self.assertTies(close)
        # Net charges 200 − 10; 100 of them are paid.
        self.assertAlmostEqual(close.collection_rate, 100 / 190)
        arrears = close.line_ids.filtered(lambda line: line.section == "arrears")
        kinds = {line.kind: line.amount for line in arrears}
        self.assertEqual(kinds["closing"], 135)
        self.assertEqual(close.line_ids.building_id, self.building)

    def test_agrees_with_the_statement(self):
        self.pay(self.bill, 100, "2026-02-12")
        statement = self.make_statement("2026-02-01")
        with freeze_time("2026-03-01 04:00"):
            self.sign_statement(statement)
        close = self.make_close("2026-02-01")
        self.assertEqual(close.statement_id, statement)
        self.assertEqual(close.amount_closing, statement.total_closing)
        self.assertTies(close)

    def test_late_payment_is_named(self):
        """30 paid on 20 February are entered after February is signed: March opens
        with the 300 that were signed, 30 less are an adjustment; 270 are left."""
        february = self.make_close("2026-02-01")
        self.sign_close(february)
        self.assertEqual(february.amount_closing, 300)
        payment = self.pay(self.old, 30, "2026-02-20")
        march = self.make_close("2026-03-01")
        self.assertEqual(self.figures(march), (300, -30, 0, 0, 0, 0, 0, 270))
        self.assertTies(march)
        adjustment = march.adjustment_ids
        self.assertRecordValues(
            adjustment,
            [
                {
                    "cause": "payment",
                    "amount": -30,
                    "move_id": self.old.id,
                    "counter_move_id": payment.move_id.id,
                    "date": Date.to_date("2026-02-20"),
                    "user_id": self.env.uid,
                }
            ],
        )
        # What is signed says what it said.
        self.assertEqual(february.amount_closing, 300)

    def test_late_invoice_and_undone_matching(self):
        """A bill of 40 dated February, and 100 of January open again: both came after
        the signatures."""
        self.pay(self.old, None, "2026-02-20")
        february = self.make_close("2026-02-01")
        self.sign_close(february)
        late = self.make_invoice(self.owner, 40, "2026-02-10", self.unit)
        self.receivable(self.old).remove_move_reconcile()
        march = self.make_close("2026-03-01")
        self.assertEqual(self.figures(march), (200, 140, 0, 0, 0, 0, 0, 340))
        self.assertTies(march)
        found = {row.cause: (row.move_id, row.amount) for row in march.adjustment_ids}
        self.assertEqual(found, {"invoice": (late, 40), "unmatched": (self.old, 100)})
        # April knows it all: nothing is told twice.
        self.sign_close(march)
        april = self.make_close("2026-04-01")
        self.assertEqual(self.figures(april), (340, 0, 0, 0, 0, 0, 0, 340))
        self.assertFalse(april.adjustment_ids)

    def test_two_signatures(self):
        close = self.make_close("2026-02-01")
        both = new_test_user(
            self.env,
            "property_both_roles",
            "base.group_user,property_fee_collection.group_cs_head,"
            "property_fee_collection.group_finance",
            company_id=self.company.id,
        )
        self.community.cs_user_ids += both
        with freeze_time("2026-06-01 04:00"):
            for user, method in (
                (self.user_cs, "action_sign_cs"),
                (self.user_finance, "action_sign_cs"),
                (self.user_cs_head, "action_sign_finance"),
            ):
                with self.assertRaises(AccessError):
                    getattr(close.with_user(user), method)()
            close.with_user(both).action_sign_finance()
            self.assertEqual(close.activity_ids.user_id, self.user_cs_head)
            with self.assertRaisesRegex(UserError, "both"):
                close.with_user(both).action_sign_cs()
            with self.assertRaisesRegex(UserError, "not signed"):
                close.with_user(self.user_cs_head).action_withdraw()
            close.with_user(both).action_withdraw()
            self.assertFalse(close.finance_signed_by)
        self.sign_close(close, pdf=None)
        self.assertEqual(close.state, "signed")
        self.assertEqual(close._stored_pdf()[:4], b"%PDF")
        for change in (
            lambda: close.write({"amount_closing": 1}),
            lambda: close.with_user(self.user_finance).action_compute(),
            lambda: close.with_user(self.user_finance).action_withdraw(),
            lambda: close.unlink(),
            lambda: close.line_ids[:1].write({"amount": 1}),
            lambda: close.item_ids[:1].unlink(),
            lambda: close.attachment_id.write({"raw": b"x"}),
        ):
            with self.assertRaises(UserError):
                change()

    def test_signature_is_of_the_content(self):
        """A payment after the first signature: the second is refused, computing again
        voids the first."""
        close = self.make_close("2026-02-01")
        with freeze_time("2026-06-01 04:00"):
            close.with_user(self.user_finance).action_sign_finance()
            close.with_user(self.user_finance).action_compute()
            self.assertTrue(close.finance_signed_by, "nothing has changed")
            self.pay(self.bill, 20, "2026-02-12")
            with self.assertRaisesRegex(UserError, "books have changed"):
                close.with_user(self.user_cs_head).action_sign_cs()
            close.with_user(self.user_finance).action_compute()
        self.assertFalse(close.finance_signed_by)

    def test_difference_needs_an_explanation(self):
        """An entry by hand on the income account: 7 that no document explains."""
        self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-02-15",
                "property_community_id": self.community.id,
                "line_ids": [
                    (0, 0, {"account_id": account.id, "balance": balance})
                    for account, balance in (
                        (self.company_data["default_account_revenue"], -7),
                        (self.company_data["default_account_expense"], 7),
                    )
                ],
            }
        ).action_post()
        close = self.make_close("2026-02-01")
        tie = close.tie_ids.filtered("difference")
        self.assertEqual((tie.kind, tie.ours, tie.ledger), ("income", 200, 207))
        with freeze_time("2026-06-01 04:00"):
            finance = close.with_user(self.user_finance)
            with self.assertRaisesRegex(UserError, "Explain"):
                finance.action_sign_finance()
            finance.explanation = "Corrected in March"
            finance.action_sign_finance()

    def test_order_of_months(self):
        february = self.make_close("2026-02-01")
        # assertRaises takes back what was written before the error.
        with self.assertRaises(ValidationError) as caught:
            self.make_close("2026-04-01")
        self.assertIn("next comes 2026-03", str(caught.exception))
        march = self.make_close("2026-03-15", compute=False)
        self.assertEqual(march.period, Date.to_date("2026-03-01"))
        with self.assertRaisesRegex(UserError, "comes first"):
            march.with_user(self.user_finance).action_compute()
        with (
            freeze_time("2026-02-28 04:00"),
            self.assertRaisesRegex(UserError, "ended"),
        ):
            february.with_user(self.user_finance).action_sign_finance()

    def test_leap_day_and_other_currency(self):
        """29 February 2024 belongs to February; 90 of another currency at 2 for 1 are
        45, paid at 3 for 1: 30 come in and 15 are an exchange difference."""
        currency = self.setup_other_currency(
            "EUR", rates=[("2024-01-01", 2.0), ("2024-03-01", 3.0)]
        )
        bill = self.make_invoice(
            self.owner, 90, "2024-02-29", self.unit, currency_id=currency.id
        )
        february = self.make_close("2024-02-01")
        self.assertEqual(february.date_to, Date.to_date("2024-02-29"))
        self.assertEqual(february.amount_closing, 45)
        self.sign_close(february)
        self.pay(bill, None, "2024-03-05")
        march = self.make_close("2024-03-01")
        self.assertEqual(
            (march.amount_received_arrears, march.amount_exchange), (30, -15)
        )
        self.assertEqual(march.amount_closing, 0)
        self.assertTies(march)

    def test_new_owner(self):
        """What the old owner owes stays his, and in the same figures of the house."""
        self.unit.owner_id = self.env["res.partner"].create({"name": "Buyer"})
        self.make_invoice(self.unit.owner_id, 60, "2026-02-20", self.unit)
        close = self.make_close("2026-02-01")
        self.assertEqual(self.figures(close), (100, 0, 260, 0, 0, 0, 0, 360))
        self.assertEqual(close.item_ids.partner_id, self.owner | self.unit.owner_id)

    def test_forbidden(self):
        nobody = dict.fromkeys(("cs_head_id", "finance_user_id", "cs_user_ids"), False)
        other = self.make_community("Other", "OTH", **nobody)
        mine = self.make_close("2026-02-01")
        theirs = self.make_close("2026-02-01", other, compute=False)
        rows = [
            self.env[f"property.period.close.{name}"].search(
                [("close_id", "=", mine.id)], limit=1
            )
            for name in ("line", "tie", "item")
        ]
        for user in (self.user_cs_head, self.user_finance):
            with self.assertRaises(AccessError):
                theirs.with_user(user).read(["name"])
            for row in rows:
                row.with_user(user).read(["close_id"])
                with self.assertRaises(AccessError):
                    row.with_user(user).write({"close_id": mine.id})
            with self.assertRaises(AccessError):
                mine.with_user(user).write({"amount_closing": 1})
        with self.assertRaises(AccessError):
            mine.with_user(self.user_cs).action_compute()
        portal = new_test_user(self.env, "close_portal", "base.group_portal")
        stranger = new_test_user(
            self.env,
            "close_stranger",
            "base.group_user,property_fee_collection.group_cs",
            company_id=self.company.id,
        )
        for user in (portal, stranger):
            for record in (mine, *rows):
                with self.assertRaises(AccessError):
                    record.with_user(user).read(
                        ["close_id" if record != mine else "name"]
                    )

    def test_two_companies(self):
        """A community of another company has a close of its own."""
        company = self.setup_other_company()["company"]
        other = self.make_community(
            "Abroad", "ABR", company_id=company.id, developer_id=False,
            manager_id=False, cs_head_id=False, finance_user_id=False,
            cs_user_ids=False)  # fmt: skip
        close = self.env["property.period.close"].create(
            {"community_id": other.id, "period": "2026-02-01"}
        )
        close.sudo()._compute_close()
        self.assertEqual(close.amount_closing, 0)
        self.assertEqual(close.company_id, company)
