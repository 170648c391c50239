from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from ..billing.common import MODULE
from .release_common import ReleaseCommon


@tagged("post_install", "-at_install")
class TestEndScreens(ReleaseCommon):
    """Who ends and changes agreements, and what the screens show beforehand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreement = cls.conclude()

    def ending(self, user):
        return (
            self.env["property.prepayment.cancel"]
            .with_user(user)
            .with_context(default_prepayment_id=self.agreement.id)
        )

    def test_shown_beforehand(self):
        """List: 5 × 275.80 used of 3,033.80, 1,654.80 paid back; 1,264.10 are income so
        far, 114.90 are added. Share: 1,769.70 paid back, nothing is added."""
        self.release("2026-05-02")
        with freeze_time("2026-05-20 04:00"):
            form = Form(self.ending(self.user_finance))
            self.assertEqual(form.last_day, date(2026, 5, 31))
            self.assertEqual(form.rule, "list")
            self.assertEqual(form.amount_invoiced, 3033.80)
            self.assertEqual(form.amount_used, 1379.00)
            self.assertEqual(form.amount_refund, 1654.80)
            self.assertEqual(form.amount_released, 1264.10)
            self.assertEqual(form.amount_income, 114.90)
            form.rule = "share"
            self.assertEqual(form.amount_refund, 1769.70)
            self.assertEqual(form.amount_income, 0.0)
            form.reason = "Moved away"
            form.save().action_end()
        self.assertEqual(self.agreement.state, "cancelled")
        self.assertEqual(self.earned(), 1264.10)

    def test_undone(self):
        """Without a last day the whole term is undone."""
        with freeze_time("2025-12-28 04:00"):
            form = Form(self.ending(self.user_manager))
            form.last_day = False
            form.reason = "By mistake"
            self.assertEqual(form.amount_refund, 3033.80)
            form.save().action_end()
        self.assertFalse(self.agreement.cover_ids)

    def test_price_shown_beforehand(self):
        """3.00 from July on: 295.50, five months, 98.50; at 300.00 a month by hand
        5 × 24.20 = 121.00."""
        self.offer.price_rule = "rate"
        self.make_rate(3.0, date_from=date(2026, 7, 1))
        with freeze_time("2026-07-05 04:00"):
            form = Form(
                self.env["property.prepayment.adjust"]
                .with_user(self.user_finance)
                .with_context(default_prepayment_id=self.agreement.id)
            )
            self.assertEqual(form.month, date(2026, 7, 1))
            self.assertEqual(form.months, 5)
            self.assertEqual(form.amount, 98.50)
            with form.line_ids.edit(0) as line:
                self.assertEqual(line.monthly_now, 275.80)
                self.assertEqual(line.monthly, 295.50)
                line.monthly = 300.0
            self.assertEqual(form.amount, 121.00)
            form.reason = "New rate"
            form.save().action_adjust()
        self.assertEqual(self.agreement.item_ids.monthly, 300.0)
        self.assertEqual(self.agreement.amount_net, 3154.80)

    def test_who_may_end(self):
        for user in (self.user_finance, self.user_cs_head, self.user_manager):
            self.agreement.with_user(user)._check_may_end()
        with self.assertRaises(AccessError):
            self.agreement.with_user(self.user_cs)._check_may_end()
        with self.assertRaises(AccessError):
            self.ending(self.user_cs).create({"reason": "x"})
        with self.assertRaises(AccessError):
            self.env["property.prepayment.adjust"].with_user(self.user_cs).create(
                {"prepayment_id": self.agreement.id, "reason": "x"}
            )

    def stranger(self, role):
        """Of the same company, but of no community."""
        return new_test_user(
            self.env,
            login=f"stranger_{role}",
            groups=f"base.group_user,{MODULE}.group_{role}",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

    def test_other_community(self):
        stranger = self.stranger("finance")
        mine = self.ending(self.user_finance).create({"reason": "x"})
        with self.assertRaises(AccessError):
            mine.with_user(stranger).read(["reason"])
        with self.assertRaises(AccessError):
            self.ending(stranger).create({"reason": "x"})
        with self.assertRaises(AccessError):
            self.env["property.prepayment.adjust"].with_user(stranger).create(
                {"prepayment_id": self.agreement.id, "reason": "x"}
            )
        with self.assertRaises(AccessError):
            self.agreement.with_user(stranger)._check_may_end()

    def test_reason_is_said(self):
        wizard = self.ending(self.user_finance).create({"reason": " "})
        with self.assertRaises(UserError):
            wizard.action_end()

    def test_guarded(self):
        """No client writes what follows from the buttons."""
        for user in (self.user_cs, self.user_finance, self.user_company):
            agreement = self.agreement.with_user(user)
            for vals in (
                {"state": "done"},
                {"amount": 1.0},
                {"move_id": False},
                {"date_cancelled": date(2026, 1, 1)},
                {"date_to": date(2030, 1, 1)},
            ):
                with self.assertRaises(AccessError, msg=vals):
                    agreement.write(vals)
            with self.assertRaises(UserError):
                agreement.write({"partner_id": self.developer.id})
            for record, vals in (
                (agreement.line_ids[0], {"amount": 1.0}),
                (agreement.item_ids, {"monthly": 1.0}),
                (agreement.cover_ids[0], {"date_to": date(2026, 1, 2)}),
            ):
                with self.assertRaises(AccessError):
                    record.write(vals)
                with self.assertRaises(AccessError):
                    record.unlink()
            with self.assertRaises(AccessError):
                self.env["property.prepayment.line"].with_user(user).create(
                    {"prepayment_id": agreement.id, "month": date(2027, 1, 1)}
                )
