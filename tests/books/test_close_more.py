import io
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.fields import Command, Date
from odoo.tests import tagged

from ..prepayment.release_common import ReleaseCommon
from ..workers import WorkersCase
from .common import BooksCommon
from .test_close import CloseCommon


@tagged("post_install", "-at_install")
class TestCloseAhead(ReleaseCommon):
    def test_paid_ahead(self):
        """10 m² at 2.50 for twelve months: 300 are billed and paid in December, and
        25 are consumed each month of 2026."""
        self.unit = self.make_unit("102", 10)
        self.owner = self.unit.owner_id
        self.make_rate(2.5, unit_id=self.unit.id)
        offer = self.offer.copy({"name": "12", "free_months": 0})
        with freeze_time("2025-12-20 04:00"):
            self.pay(
                self.make_agreement(
                    unit_id=self.unit.id, partner_id=self.owner.id, offer_id=offer.id
                )
            )
        closes = self.env["property.period.close"]
        december = closes.create(
            {"community_id": self.community.id, "period": "2025-12-01"}
        )
        december.action_compute()
        self.assertEqual(
            (december.amount_billed_ahead, december.amount_received_ahead), (300, 300)
        )
        self.assertEqual(
            (december.advance_invoiced, december.advance_closing), (300, 300)
        )
        self.assertEqual((december.amount_closing, december.charged), (0, 0))
        with (
            freeze_time("2026-06-01 04:00"),
            patch.object(type(december), "_render_pdf", lambda _self: b"%PDF"),
        ):
            december.with_user(self.user_finance).action_sign_finance()
            december.with_user(self.user_cs_head).action_sign_cs()
        self.release("2026-01-05")
        january = closes.create(
            {"community_id": self.community.id, "period": "2026-01-01"}
        )
        january.action_compute()
        self.assertRecordValues(
            january,
            [
                {
                    "advance_opening": 300,
                    "advance_released": 25,
                    "advance_closing": 275,
                    "consumed": 25,
                    "collection_rate": 1.0,
                    "household_rate": 1.0,
                    "difference_count": 0,
                }
            ],
        )
        # Worked out again, its own items are not taken for those of an earlier close.
        content_hash = january.content_hash
        january.action_compute()
        self.assertEqual(january.content_hash, content_hash)
        self.assertFalse(january.adjustment_ids)
        self.env["property.figure"]._refresh(self.community, [january.period])
        figures = self.env["property.figure"]._read_group(
            [
                ("community_id", "=", self.community.id),
                ("period", "=", january.period),
            ],
            [],
            ["charged:sum", "applied:sum", "consumed:sum"],
        )
        self.assertEqual(figures, [(25, 25, 25)])


@tagged("post_install", "-at_install")
class TestCloseCash(BooksCommon):
    def test_staff_cash(self):
        """100 and 50 taken, 150 in cash; nothing is handed over yet."""
        self.take(100)
        self.take(50)
        close = self.env["property.period.close"].create(
            {
                "community_id": self.community.id,
                "period": self.community._property_today(),
            }
        )
        close.with_user(self.user_finance).action_compute()
        self.assertRecordValues(
            close.cash_ids,
            [
                {
                    "user_id": self.user_cs.id,
                    "taken": 150,
                    "taken_cash": 150,
                    "handed": 0,
                    "held": 150,
                }
            ],
        )
        money = close.tie_ids.filtered(lambda tie: tie.kind == "money")
        self.assertEqual(money.account_id, self.till.default_account_id)
        self.assertEqual((money.ours, money.ledger), (150, 150))
        domain = money._items_domain()
        items = self.env["account.move.line"].search(domain)
        self.assertEqual(sum(items.mapped("balance")), 150)


@tagged("post_install", "-at_install")
class TestCloseMany(CloseCommon):
    def cron(self):
        crons = type(self.env["ir.cron"])
        with patch.object(crons, "_commit_progress", lambda *_args, **_kw: 60):
            self.env["property.period.close.batch"].sudo()._cron_period_close()

    def test_many_at_once(self):
        """One community can be closed, the other has left a month out; running twice
        changes nothing."""
        other = self.make_community("Other", "OTH")
        self.make_close("2026-01-01", other)
        batch = (
            self.env["property.period.close.batch"]
            .with_user(self.user_finance)
            .create(
                {
                    "period": "2026-03-01",
                    "community_ids": [Command.set((self.community | other).ids)],
                }
            )
        )
        batch.action_start()
        for _run in range(2):
            self.cron()
            self.assertEqual(
                (batch.state, batch.done_count, batch.failed_count), ("done", 1, 1)
            )
        failed = batch.line_ids.filtered("error")
        self.assertEqual(failed.community_id, other)
        self.assertIn("next comes 2026-02", failed.error)
        notes = batch.sudo().message_ids.filtered(
            lambda message: "1 failed" in (message.body or "")
        )
        self.assertEqual(len(notes), 1)

    def test_queries_do_not_grow(self):
        self.more_owners(1)
        few = self.queries("2026-02-01")
        self.more_owners(12)
        self.env["property.period.close"].search([]).unlink()
        self.assertEqual(self.queries("2026-02-01"), few)

    def more_owners(self, count):
        for number in range(count):
            unit = self.make_unit(f"2{count}{number:02}")
            bill = self.make_invoice(unit.owner_id, 10, "2026-02-10", unit)
            self.pay(bill, 4, "2026-02-11")

    def queries(self, period):
        close = self.make_close(period, compute=False)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        close.sudo()._compute_close()
        return self.env.cr.sql_log_count - before

    def test_workbook(self):
        """The closing of the workbook is a formula over the rows above it."""
        self.pay(self.bill, 120, "2026-02-12")
        close = self.make_close("2026-02-01")
        stream = io.BytesIO()
        close._write_workbook(stream)
        book = load_workbook(io.BytesIO(stream.getvalue()))
        rows = [[cell.value for cell in row[:2]] for row in book.worksheets[0].rows]
        numbers = [value for _label, value in rows if isinstance(value, int | float)]
        self.assertEqual(numbers[0], 100)
        [formula] = [
            value
            for label, value in rows
            if str(value).startswith("=ROUND") and "Arrears" in label
        ]
        terms = formula[len("=ROUND(") :].split(",")[0]
        total = 0
        for term in terms.replace("-", "+-").split("+"):
            if term:
                sign = -1 if term[0] == "-" else 1
                total += sign * book.worksheets[0][term.lstrip("-")].value
        self.assertEqual(total, 180)


@tagged("post_install", "-at_install")
class TestCloseWorkers(WorkersCase):
    def test_two_workers(self):
        """Two workers close three communities of ten debts of 7 each: once each."""

        def prepare(env):
            places = env["property.community"].browse()
            for _n in range(3):
                place = self.make_community(env)
                self.make_debts(place, 10, 7.0)
                places += place
            batch = env["property.period.close.batch"].create(
                {"period": "2026-01-01", "community_ids": [Command.set(places.ids)]}
            )
            batch.action_start()
            return batch.id

        batch_id = self.do(prepare)
        self.race(lambda env: env["property.period.close.batch"]._cron_period_close())

        def check(env):
            batch = env["property.period.close.batch"].browse(batch_id)
            closes = batch.line_ids.close_id
            self.assertEqual((batch.state, len(closes)), ("done", 3))
            self.assertEqual(closes.mapped("amount_closing"), [70.0] * 3)
            self.assertEqual([len(close.item_ids) for close in closes], [10] * 3)
            self.assertEqual(closes[0].date_to, Date.to_date("2026-01-31"))

        self.do(check)
