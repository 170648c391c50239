from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .release_common import ReleaseCommon


@tagged("post_install", "-at_install")
class TestLock(ReleaseCommon):
    def dates(self, agreement):
        return [line.move_id.date for line in agreement.line_ids if line.move_id]

    def test_closed_months(self):
        """The books are closed through March: January to March are entered on 1 April,
        April and May on their first days. Every date ties."""
        agreement = self.conclude()
        self.company.fiscalyear_lock_date = date(2026, 3, 31)
        self.release("2026-05-03")
        self.assertEqual(
            self.dates(agreement),
            [date(2026, 4, 1)] * 4 + [date(2026, 5, 1)],
        )
        self.assertEqual(self.balance(agreement, "2026-03-31"), 3033.80)
        self.assertEqual(self.balance(agreement, "2026-04-30"), 2022.52)
        self.assertTies(agreement, "2026-03-31", "2026-04-01", "2026-05-01")

    def test_hard_lock(self):
        agreement = self.conclude()
        self.company.hard_lock_date = date(2026, 1, 15)
        self.release("2026-01-20")
        self.assertEqual(self.dates(agreement), [date(2026, 1, 16)])

    def test_sales_lock_does_not_matter(self):
        """The entry stands in a general journal."""
        agreement = self.conclude()
        self.company.sale_lock_date = date(2026, 3, 31)
        self.release("2026-01-20")
        self.assertEqual(self.dates(agreement), [date(2026, 1, 1)])

    def test_closed_beyond_today(self):
        """Closed through the end of January on the 20th: no date to come is used, the
        month waits."""
        agreement = self.conclude()
        self.company.fiscalyear_lock_date = date(2026, 1, 31)
        self.release("2026-01-20")
        self.assertFalse(self.dates(agreement))
        self.release("2026-02-03")
        self.assertEqual(self.dates(agreement), [date(2026, 2, 1)] * 2)

    def test_ended_within_a_closed_month(self):
        """April is closed; on 20 May it ends for 15 April. List: 3 × 275.80 + 275.80 ×
        15 ÷ 30 = 965.30 used, 2,068.50 paid back. 1,264.10 were released: 298.80 are
        taken back on 20 May, April stays as it was closed."""
        agreement = self.conclude()
        self.release("2026-05-02")
        self.company.fiscalyear_lock_date = date(2026, 4, 30)
        self.cancel(agreement, "2026-04-15", "2026-05-20")
        settlement = agreement.line_ids.filtered(lambda line: line.kind != "month")
        self.assertEqual(settlement.amount, -298.80)
        self.assertEqual(settlement.move_id.date, date(2026, 5, 20))
        self.assertEqual(self.earned(until="2026-04-30"), 1011.28)
        self.assertEqual(self.earned(), 965.30)
        self.assertTies(agreement, "2026-04-30", "2026-05-19", "2026-05-20")

    def test_today_is_closed(self):
        """Odoo posts no credit note on a closed day: nothing ends by halves."""
        agreement = self.conclude()
        self.release("2026-05-02")
        self.company.fiscalyear_lock_date = date(2026, 5, 31)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.cancel(agreement, "2026-05-31", "2026-05-20")
        self.env.invalidate_all()
        self.assertEqual(agreement.state, "running")
        self.assertEqual(len(agreement.cover_ids), 12)
