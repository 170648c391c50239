from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .desk_common import DeskCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 04:00:00")
class TestDeskReopened(DeskCommon):
    """Of room 101 100.00 is due since 10 January."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bill = cls.make_invoice(cls.owner, 100, "2026-01-10", cls.unit)

    def assertOpenAgain(self, moment, due=100):
        moment.invalidate_recordset()
        self.assertRecordValues(
            moment,
            [
                {
                    "state": "open",
                    "outcome": False,
                    "closed_on": False,
                    "amount_settled": 0,
                    "due_now": due,
                }
            ],
        )
        self.assertIn("cancelled or reversed", moment.message_ids[:1].body)

    def paid(self):
        moment = self.make_moment()
        self.wizard(moment, "action_pay").action_apply()
        self.assertEqual((moment.state, moment.outcome), ("done", "paid"))
        self.forget_receipt(moment)
        return moment

    def forget_receipt(self, moment):
        """As of payments from before there were receipts: accountants change them."""
        moment.sudo().payment_ids.property_receipt_id = False

    def test_receipt_voided(self):
        moment = self.make_moment()
        self.wizard(moment, "action_pay").action_apply()
        receipt = moment.sudo().payment_ids.property_receipt_id
        receipt = receipt.with_user(self.user_finance)
        receipt.void_reason = "Wrong customer"
        receipt.action_void()
        self.assertOpenAgain(moment)

    def test_payment_cancelled(self):
        moment = self.paid()
        moment.sudo().payment_ids.with_user(self.user_finance).action_cancel()
        self.assertOpenAgain(moment)

    def test_payment_set_to_draft(self):
        """A draft is matched with the bill still, as always in Odoo: nothing is asked
        for, but nothing was taken. Confirmed again it counts, cancelled it does not."""
        moment = self.paid()
        payment = moment.sudo().payment_ids.with_user(self.user_finance)
        payment.action_draft()
        self.assertOpenAgain(moment, due=0)
        payment.action_post()
        self.assertRecordValues(
            moment, [{"state": "done", "outcome": "paid", "amount_settled": 100}]
        )
        payment.action_draft()
        payment.action_cancel()
        self.assertOpenAgain(moment)

    def test_payment_reversed(self):
        """Finance reverses the entry of the payment instead."""
        moment = self.paid()
        entry = moment.sudo().payment_ids.move_id
        entry._reverse_moves([{"date": "2026-03-15"}], cancel=True)
        self.assertOpenAgain(moment)

    def test_what_was_promised_stays_promised(self):
        """40.00 paid, the rest promised; the payment is cancelled later."""
        moment = self.make_moment()
        self.wizard(moment, "action_pay", amount=40).action_apply()
        self.assertEqual((moment.state, moment.outcome), ("open", False))
        self.wizard(moment, "action_promise").action_apply()
        self.forget_receipt(moment)
        moment.sudo().payment_ids.action_cancel()
        self.assertEqual((moment.outcome, moment.amount_settled), ("promised", 0))

    def test_the_rest_is_declined_or_paid(self):
        moment = self.make_moment()
        self.wizard(moment, "action_pay", amount=40).action_apply()
        moment.action_decline()
        self.assertEqual((moment.outcome, moment.amount_settled), ("declined", 40))
        self.wizard(moment, "action_pay").action_apply()
        self.assertEqual((moment.outcome, moment.amount_settled), ("paid", 100))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 04:00:00")
class TestDeskMoney(DeskCommon):
    """The form that takes money, called by another program. Of room 101 30.00 is due
    since 10 January and 100.00 since 10 February."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jan = cls.make_invoice(cls.owner, 30, "2026-01-10", cls.unit)
        cls.feb = cls.make_invoice(cls.owner, 100, "2026-02-10", cls.unit)
        cls.moment = cls.make_moment()

    def form(self, **values):
        model = self.env["property.moment.pay"].with_user(self.user_cs)
        return model.create({"moment_id": self.moment.id, **values})

    def residuals(self):
        return (self.jan + self.feb).mapped("amount_residual")

    def test_given_amount(self):
        """50.00: all of January and 20.00 of February."""
        form = self.form(amount=50)
        self.assertEqual(form.amount, 50)
        form.action_apply()
        self.assertEqual(self.residuals(), [0, 80])
        self.assertEqual(self.moment.amount_settled, 50)

    def test_no_given_amount(self):
        self.assertEqual(self.form().amount, 130)

    def test_zero(self):
        for amount in (0, -5):
            form = self.form(amount=amount)
            self.assertEqual(form.amount, amount)
            with self.assertRaisesRegex(UserError, "how much"):
                form.action_apply()
        self.assertEqual(self.residuals(), [30, 100])

    def test_taken_once(self):
        form = self.form(amount=50)
        form.action_apply()
        form.action_apply()
        self.assertEqual(self.residuals(), [0, 80])
        self.assertEqual(len(self.moment.sudo().payment_ids), 1)


@tagged("post_install", "-at_install")
class TestDeskForms(DeskCommon):
    """Forms that name a moment or a bill of a community the user does not work for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        building = cls.env["property.building"].create(
            {"name": "7", "community_id": cls.elsewhere.id}
        )
        cls.far = cls.env["property.unit"].create(
            {"name": "701", "building_id": building.id, "owner_id": cls.owner.id}
        )
        cls.theirs = cls.make_moment(unit=cls.far, user=cls.stranger)
        cls.bill = cls.make_invoice(cls.owner, 70, "2026-01-10", cls.far)
        cls.mine = cls.make_moment()

    def model(self, name):
        return self.env[f"property.moment.{name}"].with_user(self.user_cs)

    def test_created(self):
        for name in ("pay", "promise", "plan", "cancel"):
            values = {"moment_id": self.theirs.id}
            if name == "cancel":
                values["reason"] = "x"
            with self.assertRaises(AccessError, msg=name):
                self.model(name).create(values)
            with self.assertRaises(AccessError, msg=name):
                values["moment_id"] = self.mine.id
                form = self.model(name).create(values)
                form.moment_id = self.theirs

    def test_onchange(self):
        """Nothing of a foreign moment is read by way of a form that is not saved."""
        spec = {"moment_id": {}, "due_now": {}, "partner_id": {}}
        for name in ("pay", "promise", "plan", "cancel"):
            model = self.model(name)
            with self.assertRaises(AccessError, msg=name):
                model.onchange({"moment_id": self.theirs.id}, ["moment_id"], spec)
            with self.assertRaises(AccessError, msg=name):
                model.with_context(default_moment_id=self.theirs.id).onchange(
                    {}, [], spec
                )

    def test_bill(self):
        lines = [(0, 0, {"move_id": self.bill.id, "is_chosen": True})]
        values = {"moment_id": self.mine.id, "line_ids": lines}
        with self.assertRaises(AccessError):
            self.model("pay").create(values)
        with self.assertRaises(AccessError):
            self.model("pay").onchange(
                values, ["line_ids"], {"line_ids": {"fields": {"amount_open": {}}}}
            )

    def test_own_moment(self):
        opened = self.mine.action_pay()
        form = Form(self.model("pay").with_context(**opened["context"]))
        self.assertEqual(form.amount, 0)


@tagged("post_install", "-at_install")
class TestMomentDays(DeskCommon):
    def test_days_that_cannot_be_true(self):
        for name, day in (
            ("date", "1989-12-31"),
            ("date", "2101-01-01"),
            ("date_transfer", "0026-03-01"),
            ("lease_from", "1900-01-01"),
            ("lease_to", "9999-12-31"),
        ):
            with self.assertRaisesRegex(ValidationError, "is not between"):
                self.make_moment("transfer", **{name: day})
        moment = self.make_moment("lease", date="1990-01-01", lease_to="2100-12-31")
        with self.assertRaisesRegex(ValidationError, "is not between"):
            moment.lease_from = "0202-01-01"
