from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .sell_common import SellCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-15 04:00:00")
class TestSell(SellCommon):
    def test_preview(self):
        """12 × 275.80 = 3,309.60 at list price; 3,033.80 to pay, 252.82 a month
        (3,033.80 ÷ 12 = 252.8166…). The rate rises to 3.00 in July: six months at
        275.80 and six at 295.50 would be 3,427.80; the owner saves 394.00."""
        self.rate = self.env["property.fee.rate"].search(
            [("fee_item_id", "=", self.fee.id)]
        )
        self.rate.date_to = date(2026, 6, 30)
        self.make_rate(3.0, date_from="2026-07-01")
        line = self.sell().line_ids
        self.assertEqual(line.partner_id, self.owner)
        self.assertEqual(line.date_from, date(2026, 1, 1))
        self.assertEqual((line.months, line.date_to), (12, date(2026, 12, 31)))
        self.assertEqual(
            (line.amount_list, line.amount_discount, line.amount),
            (3309.60, 275.80, 3033.80),
        )
        self.assertEqual(line.amount_total, 3033.80)
        self.assertAlmostEqual(line.amount_month, 252.82, 2)
        self.assertEqual(line.amount_otherwise, 3427.80)
        self.assertAlmostEqual(line.amount_saving, 394.0, 2)
        self.assertTrue(line.is_possible)

    def test_otherwise_with_vacancy(self):
        """Vacant from July, at 0.7 after the usual three months: nine months at
        275.80 and three at 193.06 are 3,061.38."""
        self.company.property_vacancy_min_months = 3
        self.env["property.fee.rate"].search(
            [("fee_item_id", "=", self.fee.id)]
        ).vacancy_factor = 0.7
        vacancy = self.env["property.vacancy"].create(
            {"unit_id": self.unit.id, "date_from": date(2026, 7, 1)}
        )
        vacancy.with_user(self.user_cs_head).action_approve()
        self.assertEqual(self.sell().line_ids.amount_otherwise, 3061.38)

    def test_sold_and_paid(self):
        sell = self.sell(paid_now=True)
        action = sell.action_confirm()
        agreement = self.env["property.prepayment"].browse(action["res_id"])
        self.assertEqual(agreement.state, "running")
        self.assertEqual(agreement.user_id, self.user_cs)
        self.assertEqual(agreement.move_id.amount_total, 3033.80)
        self.assertEqual(agreement.move_id.amount_residual, 0)

    def test_sold_and_not_paid(self):
        self.sell().action_confirm()
        self.assertEqual(self.unit.prepayment_ids.move_id.amount_residual, 3033.80)

    def test_two_units(self):
        """98.5 m² and 50 m²: 3,033.80 + 11 × 140.00 = 4,573.80."""
        other = self.make_unit("102", 50)
        sell = self.sell(self.unit, other)
        self.assertAlmostEqual(sell.amount_total, 4573.80, 2)
        self.assertEqual((sell.count_possible, sell.count_refused), (2, 0))
        action = sell.action_confirm()
        agreements = self.env["property.prepayment"].search(action["domain"])
        self.assertEqual(sorted(agreements.mapped("amount_total")), [1540.0, 3033.80])
        self.assertEqual(agreements.unit_id, self.unit | other)

    def test_first_month_not_billed_yet(self):
        """January is signed, so the term begins in February."""
        run = self.make_run("2026-01-01")
        run.action_compute()
        self.sign(run)
        self.assertEqual(self.sell().line_ids.date_from, date(2026, 2, 1))

    def test_first_month_after_what_is_covered(self):
        self.make_agreement("2026-01-01")
        self.assertEqual(self.sell().line_ids.date_from, date(2027, 1, 1))

    def test_first_month_after_what_is_paid_by_hand(self):
        self.unit.paid_through = date(2026, 3, 31)
        self.assertEqual(self.sell().line_ids.date_from, date(2026, 4, 1))

    def test_left_out_only_when_told(self):
        other = self.make_unit("102", 50, owner=None)
        sell = self.sell(self.unit, other)
        with self.assertRaisesRegex(UserError, "1 102: choose who pays"):
            sell.action_confirm()
        sell.leave_out = True
        sell.action_confirm()
        self.assertEqual(self.unit.prepayment_ids.state, "running")
        self.assertFalse(other.prepayment_ids)

    def test_nothing_to_sell(self):
        other = self.make_unit("102", 50, owner=None)
        with self.assertRaisesRegex(UserError, "nothing to sell"):
            self.sell(other, leave_out=True).action_confirm()

    def test_arrears_settled_in_the_same_step(self):
        """551.60 is overdue; once it is paid the offer is possible."""
        bill = self.make_arrears()
        sell = self.sell(paid_now=True)
        self.assertEqual(sell.amount_arrears, 551.60)
        with self.assertRaisesRegex(UserError, "551.60.* has to be settled first"):
            sell.action_confirm()
        sell.action_settle()
        self.assertEqual(bill.amount_residual, 0)
        self.assertTrue(sell.line_ids.is_possible)
        sell.action_confirm()
        self.assertEqual(self.unit.prepayment_ids.move_id.amount_residual, 0)

    def test_settled_once_for_two_units(self):
        """The owner of both has one debt; it is asked for and paid once."""
        other = self.make_unit("102", 50, owner=None, owner_id=self.owner.id)
        self.make_arrears()
        sell = self.sell(self.unit, other)
        self.assertEqual(sell.amount_arrears, 551.60)
        sell.line_ids[0].action_settle()
        payments = self.env["account.payment"].search(
            [("partner_id", "=", self.owner.id)]
        )
        self.assertEqual(payments.mapped("amount"), [551.60])

    def test_form(self):
        """As the screen fills it in: choosing the payer brings his units."""
        view = "property_fee_collection.property_prepayment_sell_view_form"
        sells = self.env["property.prepayment.sell"].with_user(self.user_cs)
        form = Form(sells.with_context(default_partner_id=self.owner.id), view=view)
        form.offer_id = self.offer.with_user(self.user_cs)
        self.assertEqual(form.amount_total, 3033.80)
        sell = form.save()
        self.assertEqual(sell.unit_ids, self.unit)
        self.assertEqual(sell.line_ids.amount_total, 3033.80)

    def test_from_a_list_of_units(self):
        context = {"active_model": "property.unit", "active_ids": self.unit.ids}
        sells = self.env["property.prepayment.sell"].with_user(self.user_cs)
        form = Form(sells.with_context(**context))
        self.assertEqual(form.save().line_ids.unit_id, self.unit)

    def test_from_an_invoice(self):
        bill = self.make_arrears().with_user(self.user_cs)
        action = bill.action_sell_prepayment()
        self.assertEqual(action["context"]["default_unit_ids"], self.unit.ids)
        self.assertEqual(action["context"]["default_partner_id"], self.owner.id)

    def test_who_may_sell(self):
        self.sell(user=self.user_finance).action_confirm()
        other = self.make_community("Moon Garden", "MOO", cs_user_ids=False)
        other.write(
            {"manager_id": False, "cs_head_id": False, "finance_user_id": False}
        )
        building = self.env["property.building"].create(
            {"name": "1", "community_id": other.id}
        )
        foreign = self.make_unit("901", building_id=building.id)
        with self.assertRaises(AccessError):
            self.sell(foreign).line_ids.mapped("amount_total")
        plain = new_test_user(self.env, "plain", groups="base.group_user")
        portal = new_test_user(self.env, "guest", groups="base.group_portal")
        for user in (plain, portal):
            with self.assertRaises(AccessError):
                self.sell(user=user)

    def test_own_sale_only(self):
        sell = self.sell()
        with self.assertRaises(AccessError):
            sell.with_user(self.user_finance).read(["amount_total"])

    def test_invoice_on_paper(self):
        """Who sells hands the invoice over, discount and all."""
        self.sell().action_confirm()
        agreement = self.unit.prepayment_ids.with_user(self.user_cs)
        action = agreement.action_print_invoice()
        reports = self.env["ir.actions.report"].with_user(self.user_cs)
        ids = action["context"]["active_ids"]
        html, _kind = reports._render_qweb_html(action["report_name"], ids)
        # A joiner keeps sign and sum on one line.
        self.assertIn("-\ufeff275.80", html.decode())
        self.assertIn("3,309.60", html.decode())

    def test_queries_do_not_grow_with_units(self):
        """Fifty units cost as many queries as ten."""
        units = [self.make_unit(str(room), 50 + room) for room in range(200, 260)]

        def count(some):
            ids = [unit.id for unit in some]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            sell = self.sell(*self.env["property.unit"].browse(ids))
            sell.line_ids.mapped("amount_saving")
            self.assertEqual(sell.count_possible, len(ids))
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count(units[:2])
        few, many = count(units[:10]), count(units[10:])
        self.assertLessEqual(many, few + 3)
