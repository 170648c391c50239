from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from .release_common import ReleaseCommon

CRON = "property_fee_collection.cron_release_prepayments"
LOGGER = (
    "odoo.addons.property_fee_collection.models.prepayment."
    "property_prepayment_release_cron"
)


@tagged("post_install", "-at_install")
class TestRelease(ReleaseCommon):
    def test_twelve_for_eleven(self):
        """12 → 1 at 275.80: 3,033.80 net, 252.82 a month, the last one 252.78.

        5 May: five months have begun, 5 × 252.82 = 1,264.10; owed 1,769.70."""
        agreement = self.conclude()
        self.release("2026-05-05")
        released = agreement.line_ids.filtered("move_id")
        self.assertEqual(len(released), 5)
        self.assertEqual(
            released.mapped("move_id.date"),
            [date(2026, month, 1) for month in (1, 2, 3, 4, 5)],
        )
        self.assertEqual(set(self.entries(agreement).mapped("state")), {"posted"})
        self.assertEqual(self.earned(), 1264.10)
        self.assertEqual(self.balance(agreement), 1769.70)
        # 31 March: three months released; 31 December: none.
        self.assertEqual(self.balance(agreement, "2026-03-31"), 2275.34)
        self.assertEqual(self.balance(agreement, "2025-12-31"), 3033.80)
        self.assertTies(agreement, "2025-12-31", "2026-01-31", "2026-04-01")
        self.assertEqual(agreement.amount_owed, 1769.70)
        self.assertEqual(agreement.amount_released, 1264.10)
        self.assertEqual(agreement.state, "running")
        self.release("2027-01-01")
        self.assertEqual(agreement.state, "done")
        self.assertEqual(self.balance(agreement), 0.0)
        self.assertEqual(self.earned(), 3033.80)
        self.assertEqual(self.unit.paid_through, date(2026, 12, 31))

    def test_entry(self):
        agreement = self.conclude()
        self.release("2026-01-01")
        entry = self.entries(agreement)
        self.assertRecordValues(
            entry,
            [
                {
                    "move_type": "entry",
                    "date": date(2026, 1, 1),
                    "property_community_id": self.community.id,
                    "property_period": date(2026, 1, 1),
                }
            ],
        )
        self.assertEqual(entry.journal_id.type, "general")
        self.assertRecordValues(
            entry.line_ids,
            [
                {
                    "account_id": self.liability.id,
                    "debit": 252.82,
                    "credit": 0.0,
                    "partner_id": self.owner.id,
                    "property_prepayment_id": agreement.id,
                    "name": f"{self.unit.display_name} 2026-01",
                },
                {
                    "account_id": self.income.id,
                    "debit": 0.0,
                    "credit": 252.82,
                    "partner_id": self.owner.id,
                    "property_prepayment_id": False,
                    "name": f"{self.unit.display_name} 2026-01",
                },
            ],
        )

    def test_month_begins_where_the_community_is(self):
        """31 January 17:00 in London is 1 February 01:00 in Taipei."""
        agreement = self.conclude()
        self.release("2026-01-31 15:00")
        self.assertEqual(len(self.entries(agreement)), 1)
        self.release("2026-01-31 17:00")
        self.assertEqual(len(self.entries(agreement)), 2)

    def test_twice_and_late(self):
        """A second call finds nothing; a call in April catches up with all."""
        agreement = self.conclude()
        self.release("2026-01-02")
        self.release("2026-01-02")
        self.assertEqual(len(self.entries(agreement)), 1)
        self.release("2026-04-20")
        self.assertEqual(
            agreement.line_ids.move_id.mapped("date"),
            [date(2026, month, 1) for month in (1, 2, 3, 4)],
        )
        self.assertEqual(self.earned(), 1011.28)

    def test_scheduled_action(self):
        agreement = self.conclude()
        with freeze_time("2026-01-05"), self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.assertEqual(len(self.entries(agreement)), 1)

    def test_begins_later(self):
        """A term that begins in March has nothing to release in February."""
        agreement = self.conclude("2026-03-01")
        self.release("2026-02-28")
        self.assertFalse(self.entries(agreement))
        self.release("2026-03-01")
        self.assertEqual(self.entries(agreement).date, date(2026, 3, 1))

    def test_thirty_six_for_thirty_three(self):
        """36 → 3 at 275.80: 33 × 275.80 = 9,101.40. A share is 252.82 (252.81666…),
        35 of them are 8,848.70, the last one is 252.70. February 2028 is a leap
        month and counts as any other: 26 shares by then are 6,573.32."""
        self.offer.write({"months": 36, "free_months": 3})
        agreement = self.conclude()
        self.assertEqual(agreement.amount, 9101.40)
        self.assertEqual(agreement.line_ids.mapped("amount"), [252.82] * 35 + [252.70])
        self.release("2028-02-29")
        self.assertEqual(self.earned(), 6573.32)
        self.assertEqual(self.balance(agreement), 2528.08)
        self.assertTies(agreement, "2026-06-30", "2027-12-31", "2028-02-29")
        self.release("2029-01-01")
        self.assertEqual(self.balance(agreement), 0.0)
        self.assertEqual(agreement.state, "done")
        self.assertEqual(agreement.date_to, date(2028, 12, 31))

    def test_account_of_the_invoice(self):
        """Finance chooses another liability account later: what stands on the old one
        is released from the old one."""
        agreement = self.conclude()
        other = self.liability.copy({"code": "219999"})
        self.company.property_advance_account_id = other
        self.release("2026-12-31")
        self.assertEqual(self.balance(agreement), 0.0)
        self.assertFalse(self.balance(agreement, account=other))

    def test_journal_of_the_settings(self):
        journal = self.company_data["default_journal_misc"].copy({"code": "REL"})
        self.company.property_release_journal_id = journal
        agreement = self.conclude()
        self.release("2026-01-31")
        self.assertEqual(self.entries(agreement).journal_id, journal)

    def test_two_fees(self):
        """98.5 m² at 2.80 = 275.80 and a fixed 40.00 a month: 315.80, eleven months
        3,473.80. A share is 289.48 (289.48333…), the last one 289.52. Of it the
        property fee gets 289.48 × 3,033.80 ÷ 3,473.80 = 252.81 (252.8137) in the
        first month, energy what is left: 36.67. Over the year each fee gets what was
        invoiced of it: 3,033.80 and 440.00."""
        account = self.income.copy({"code": "400777"})
        energy = self.make_item("Energy fee", "EF", "fixed", is_prepayable=True)
        energy.product_id.property_account_income_id = account
        self.make_rate(40, energy)
        agreement = self.conclude()
        self.assertEqual(agreement.line_ids.mapped("amount"), [289.48] * 11 + [289.52])
        self.release("2026-01-31")
        self.assertEqual(self.earned(), 252.81)
        self.assertEqual(self.earned(account), 36.67)
        entry = self.entries(agreement)
        self.assertEqual(len(entry.line_ids), 4)
        self.release("2026-11-30")
        self.assertTies(agreement, "2026-05-31")
        self.release("2026-12-01")
        self.assertEqual(self.earned(), 3033.80)
        self.assertEqual(self.earned(account), 440.00)
        self.assertEqual(self.balance(agreement), 0.0)

    def test_no_debt_follows(self):
        """What the collection room knows of the customers is the same before and
        after: an entry that releases months holds no receivable."""
        self.conclude()
        ledger, day = self.env["property.collection.ledger"].sudo(), date(2026, 5, 5)
        before = ledger._standings(self.community, day)
        self.release("2026-05-05")
        self.env.invalidate_all()
        self.assertEqual(ledger._standings(self.community, day), before)

    def test_one_entry_for_all(self):
        """Two units, one entry a month."""
        first = self.conclude()
        unit = self.make_unit("102", 50)
        second = self.conclude(unit_id=unit.id, partner_id=unit.owner_id.id)
        self.release("2026-01-31")
        self.assertEqual(self.entries(first), self.entries(second))
        self.assertEqual(len(self.entries(first).line_ids), 4)

    def test_two_companies(self):
        """Each company has its own entry in its own books."""
        other = self.setup_other_company()["company"]
        community = self.make_community("Other", "OTH", company_id=other.id)
        building = self.env["property.building"].create(
            {"name": "1", "community_id": community.id}
        )
        unit = self.make_unit("1", 10, building_id=building.id)
        self.make_rate(3, community_id=community.id)
        self.fee.product_id.with_company(other).property_account_income_id = (
            self.env["account.account"]
            .with_company(other)
            .search(
                [("account_type", "=", "income"), ("company_ids", "in", other.ids)],
                limit=1,
            )
        )
        self.offer.company_id = False
        here = self.conclude()
        there = self.conclude(unit_id=unit.id, partner_id=unit.owner_id.id, paid=False)
        self.assertEqual(there.company_id, other)
        there.move_id.invoice_date_due = date(2026, 12, 31)
        # It is still January there on the 1st of February in Taipei.
        self.release("2026-02-02")
        self.assertEqual(self.entries(here).company_id, self.company)
        self.assertEqual(self.entries(there).company_id, other)
        self.assertEqual(len(self.entries(there)), 2)
        # 10 m² at 3.00, eleven months: 330.00, 27.50 a month.
        self.assertEqual(there.amount_owed, 275.00)

    def test_failure_does_not_stop_the_rest(self):
        """A fee that lost its income account: the other agreement is released, Finance
        is told once, and the next call catches up."""
        broken = self.conclude()
        unit = self.make_unit("102", 50)
        sound = self.conclude(unit_id=unit.id, partner_id=unit.owner_id.id)
        broken.sudo().item_ids.account_id = False
        for _call in range(2):
            with mute_logger(LOGGER):
                self.release("2026-01-31")
        self.assertFalse(self.entries(broken))
        self.assertEqual(len(self.entries(sound)), 1)
        activity = self.community.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.user_finance)
        self.assertIn(broken.name, activity.note)
        broken.sudo().item_ids.account_id = self.income
        self.release("2026-02-01")
        self.assertEqual(len(self.entries(broken)), 2)

    def test_no_growth_of_queries(self):
        """Fifty agreements take as many queries as ten, but for rows that are written
        in blocks."""
        counts = []
        for number, many in enumerate((10, 50)):
            units = [
                self.make_unit(f"{number}-{room}", 50 + room) for room in range(many)
            ]
            self.offer.payment_days = 900
            for unit in units:
                self.conclude(unit_id=unit.id, partner_id=unit.owner_id.id, paid=False)
            agreements = self.env["property.prepayment"].search(
                [("unit_id", "in", [unit.id for unit in units])]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            with freeze_time("2026-01-15"):
                before = self.cr.sql_log_count
                agreements._release()
                self.env.flush_all()
                counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 5, counts)
