"""What the signers look at before they sign."""

from odoo.tests import tagged

from .common import PropertyCommon


@tagged("post_install", "-at_install")
class TestReview(PropertyCommon):
    """What the signers look at: this month beside the last one."""

    def test_comparison_and_largest_changes(self):
        """January 100 m² × 2.80 = 280.00 and parking 150.00; February 100 × 3.00 =
        300.00, parking no longer charged: −130.00 or −30.23 %."""
        parking = self.make_item("Parking", "PK", "fixed")
        self.make_rate(2.8, date_to="2026-01-31")
        self.make_rate(3, date_from="2026-02-01")
        rate = self.make_rate(150, item=parking)
        self.make_unit("101", 100)
        january = self.make_run("2026-01-01")
        january.action_compute()
        rate.unlink()
        february = self.make_run("2026-02-01")
        february.action_compute()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(
            [
                (
                    row.fee_item_id.code,
                    row.amount,
                    row.amount_previous,
                    row.amount_change,
                )
                for row in february.comparison_ids
            ],
            [("PF", 300, 280, 20), ("PK", 0, 150, -150)],
        )
        self.assertEqual(february.amount_change, -130)
        self.assertAlmostEqual(february.amount_change_rate, -130 / 430)
        changed = self.env["property.charge"].search(
            [("run_id", "=", february.id), ("amount_change", "!=", 0)]
        )
        self.assertEqual(changed.amount_change, 20)
        self.assertFalse(
            changed.search([("id", "in", changed.ids), ("amount_change", "<", 20)])
        )
        self.assertEqual(february.most_changed_ids, february.charge_ids)
        self.assertEqual(len(february.content_hash_short), 12)

    def test_accepted_stays_accepted_in_another_language(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.make_rate(2.8, date_from="2027-01-01")  # none valid in January 2026
        self.fee.with_context(lang="zh_TW").name = "物業費"
        self.make_unit("101", 100)
        self.user_cs_head.lang, self.user_finance.lang = "zh_TW", "en_US"
        run = self.make_run("2026-01-01").with_user(self.user_cs_head)
        run.action_compute()
        run.exception_ids.reason = "Charged by the developer"
        run.exception_ids.action_accept()
        run.with_user(self.user_finance).action_compute()
        self.assertEqual(run.exception_ids.mapped("state"), ["accepted"])

    def test_counts_on_unit_and_community(self):
        self.make_rate(2.8)
        unit = self.make_unit("101", 100)
        self.env["property.vacancy"].create(
            {"unit_id": unit.id, "date_from": "2026-01-01"}
        )
        self.make_run("2026-01-01").action_compute()
        unit.invalidate_recordset()
        self.assertEqual(
            (unit.charge_count, unit.vacancy_count, unit.meter_count), (1, 1, 0)
        )
        self.assertEqual(self.community.run_count, 1)
