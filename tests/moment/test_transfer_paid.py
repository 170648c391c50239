from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Date
from odoo.tests import tagged

from ..prepayment.release_common import ReleaseCommon


@tagged("post_install", "-at_install")
class TestTransferPaid(ReleaseCommon):
    """275.80 a month, paid from January 2026 on for twelve months, one of them free:
    3,033.80, 252.82 a month. What becomes of it when the unit goes to Ben."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer, cls.tenant = cls.env["res.partner"].create(
            [{"name": "Ben"}, {"name": "Tina"}]
        )
        cls.cash = cls.company_data["default_journal_cash"]

    def let(self):
        self.env["property.unit.tenure"].create(
            {
                "unit_id": self.unit.id,
                "partner_id": self.tenant.id,
                "role": "occupant",
                "is_payer": True,
                "date_from": date(2025, 12, 1),
            }
        )

    def sell(self, day, on=None, user=None, **values):
        with freeze_time(f"{on or day} 04:00"):
            moment = (
                self.env["property.moment"]
                .with_user(user or self.user_cs_head)
                .create(
                    {
                        "kind": "transfer",
                        "unit_id": self.unit.id,
                        "partner_id": self.owner.id,
                        "buyer_id": self.buyer.id,
                        "date_transfer": day,
                        **values,
                    }
                )
            )
            moment.action_complete()
        return moment

    def deposit(self, partner, on="2026-03-10 04:00"):
        with freeze_time(on):
            deposit = self.env["property.deposit"].create(
                {
                    "unit_id": self.unit.id,
                    "partner_id": partner.id,
                    "amount": 500.0,
                    "kind": "decoration",
                    "journal_id": self.cash.id,
                }
            )
            deposit.with_user(self.user_finance).action_post()
        return deposit

    def receivable(self, partner):
        [[total]] = self.env["account.move.line"]._read_group(
            [
                ("account_type", "=", "asset_receivable"),
                ("partner_id", "=", partner.id),
                ("parent_state", "=", "posted"),
            ],
            [],
            ["balance:sum"],
        )
        return round(total, 2)

    def bodies(self, moment):
        return " ".join(str(body) for body in moment.message_ids.mapped("body"))

    def test_tenants_stay(self):
        self.let()
        agreement = self.conclude(partner_id=self.tenant.id)
        deposit = self.deposit(self.tenant)
        self.release("2026-03-02")
        for choice in ("carry", "refund"):
            moment = self.sell(
                "2026-03-12" if choice == "carry" else "2026-03-20",
                transfer_prepayment=choice,
                transfer_deposit=choice,
                **({} if choice == "carry" else {"buyer_id": self.owner.id}),
            )
            self.assertEqual(
                (agreement.partner_id, agreement.state), (self.tenant, "running")
            )
            self.assertEqual(
                (deposit.partner_id, deposit.state, deposit.is_to_refund),
                (self.tenant, "held", False),
            )
            self.assertFalse(moment.deposit_ids)
            self.assertFalse(moment.is_to_settle)
            self.assertEqual(
                moment.transfer_stays,
                f"{agreement.name} (Tina), Decoration · 1 101 (Tina)",
            )
            self.assertIn(f"Stays: {agreement.name} (Tina)", self.bodies(moment))
        self.cancel(agreement, "2026-03-31", "2026-03-20", "share")
        # Nine months are left: 3,033.80 - 3 × 252.82 = 2,275.34.
        self.assertEqual(self.receivable(self.tenant), -2275.34)
        self.assertEqual(self.receivable(self.buyer), 0.0)

    def test_sellers_company(self):
        """A contact of the seller's company paid: it is the seller's."""
        company = self.env["res.partner"].create({"name": "Lin Ltd", "is_company": 1})
        self.owner.parent_id = company
        self.unit.tenure_ids.partner_id = company
        agreement = self.conclude()
        self.release("2026-03-02")
        self.sell("2026-03-12", partner_id=company.id, transfer_prepayment="carry")
        self.assertEqual(agreement.partner_id, self.buyer)

    def test_finance_is_asked(self):
        agreement = self.conclude()
        self.release("2026-03-02")
        deposit = self.deposit(self.owner)
        moment = self.sell(
            "2026-03-12",
            user=self.user_cs,
            transfer_prepayment="carry",
            transfer_deposit="carry",
        )
        self.assertTrue(moment.completed_on)
        self.assertEqual(self.unit.owner_id, self.buyer)
        self.assertEqual(
            (agreement.state, agreement.partner_id), ("running", self.owner)
        )
        self.assertEqual(deposit.state, "held")
        self.assertTrue(moment.is_to_settle)
        activity = moment.sudo().activity_ids
        self.assertEqual(activity.user_id, self.user_finance)
        self.assertIn("Carried over to the buyer", activity.note)
        self.assertFalse(agreement.activity_ids)
        with self.assertRaises(AccessError):
            moment.action_settle_prepayment()
        with self.assertRaises(AccessError):
            moment.is_to_settle = False
        with freeze_time("2026-03-14 04:00"):
            moment.with_user(self.user_finance).action_settle_prepayment()
        self.assertEqual(agreement.partner_id, self.buyer)
        self.assertEqual(deposit.carried_to_id.partner_id, self.buyer)
        self.assertEqual(deposit.carried_to_id.date, date(2026, 3, 12))
        self.assertFalse(moment.is_to_settle)
        self.assertFalse(moment.sudo().activity_ids)
        with freeze_time("2026-03-15 04:00"):
            moment.with_user(self.user_finance).action_settle_prepayment()
        self.assertEqual(len(self.unit.moment_ids), 1)

    def test_refund_is_asked_as_of_the_day(self):
        """Sold from 1 January, noted in June: six months are released. Nothing is paid
        back by customer service; Finance gives back all of it, 3,033.80."""
        agreement = self.conclude()
        self.release("2026-06-02")
        moment = self.sell(
            "2026-01-01",
            on="2026-06-10",
            user=self.user_cs,
            transfer_prepayment="refund",
        )
        self.assertEqual(self.unit.owner_id, self.buyer)
        self.assertEqual(agreement.state, "running")
        self.assertEqual(self.receivable(self.owner), 0.0)
        self.assertIn("released already", moment.sudo().activity_ids.note)
        with freeze_time("2026-06-11 04:00"):
            moment.with_user(self.user_finance).action_settle_prepayment()
        self.assertEqual(agreement.state, "cancelled")
        self.assertEqual(self.receivable(self.owner), -3033.80)
        self.assertTies(agreement)

    def test_who_decides_at_once(self):
        agreement = self.conclude()
        self.release("2026-03-02")
        user = self.user_manager
        moment = self.sell("2026-03-12", user=user, transfer_prepayment="carry")
        self.assertFalse(moment.is_to_settle)
        self.assertEqual(agreement.partner_id, self.buyer)

    def test_deposit_is_asked_back(self):
        """To be paid back: customer service asks for it, as it may anyway."""
        deposit = self.deposit(self.owner)
        moment = self.sell("2026-03-12", user=self.user_cs)
        self.assertEqual((deposit.state, deposit.is_to_refund), ("held", True))
        self.assertFalse(moment.is_to_settle)

    def test_what_fails_blocks_nothing(self):
        """Books without a general journal: sold all the same, Finance is told."""
        agreement = self.conclude()
        journals = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "general")]
        )
        journals.action_archive()
        moment = self.sell("2026-03-12", transfer_prepayment="carry")
        self.assertEqual(self.unit.owner_id, self.buyer)
        self.assertEqual(agreement.partner_id, self.owner)
        self.assertTrue(moment.is_to_settle)
        self.assertIn("general journal", moment.sudo().activity_ids.note)

    def test_carried_on_a_day_to_come(self):
        """Completed on 2 May for 12 July: May to July are the seller's, August on the
        buyer's, also where the scheduled action comes late."""
        agreement = self.conclude()
        self.release("2026-05-02")
        self.sell("2026-07-12", on="2026-05-02", transfer_prepayment="carry")
        self.assertEqual(agreement.partner_id, self.owner)
        self.assertEqual(
            (agreement.carry_to_id, agreement.carry_on),
            (self.buyer, date(2026, 7, 12)),
        )
        self.assertFalse(agreement.activity_ids)
        self.release("2026-06-02")
        june = self.entries(agreement).sorted("date")[-1]
        self.assertEqual(june.line_ids.partner_id, self.owner)
        self.release("2026-08-03")
        july, august = self.entries(agreement).sorted("date")[-2:]
        self.assertEqual(july.line_ids.partner_id, self.owner)
        self.assertEqual(august.line_ids.partner_id, self.buyer)
        self.assertEqual(agreement.partner_id, self.buyer)
        self.assertFalse(agreement.carry_on)
        moved = self.env["account.move"].search(
            [("property_prepayment_id", "=", agreement.id), ("move_type", "=", "entry")]
        )
        self.assertEqual(moved.date, date(2026, 7, 12))
        # August to December: 4 × 252.82 + 252.78 = 1,264.06.
        self.assertEqual(
            sum(
                moved.line_ids.filtered(
                    lambda line: line.partner_id == self.buyer
                ).mapped("credit")
            ),
            1264.06,
        )
        self.assertTies(agreement, "2026-07-11", "2026-07-12", "2026-08-03")

    def test_ended_before_the_day(self):
        agreement = self.conclude()
        self.release("2026-05-02")
        self.sell("2026-07-12", on="2026-05-02", transfer_prepayment="carry")
        self.cancel(agreement, "2026-05-31", "2026-05-10", "share")
        self.release("2026-08-03")
        self.assertEqual(agreement.partner_id, self.owner)
        self.assertTies(agreement)

    def test_billed_beyond_the_day(self):
        """March is billed in full, 275.80, sold on the 16th: the seller's 15 days are
        133.45, the buyer's 16 days 142.35 are to be credited."""
        with freeze_time("2026-03-10 04:00"):
            run = self.make_run("2026-03-01")
            run.action_compute()
            self.sign(run)
            run.with_user(self.user_finance).action_create_invoices()
        bill = run.charge_ids.move_id
        moment = self.sell("2026-03-16", on="2026-03-10", user=self.user_cs)
        with freeze_time("2026-03-10 04:00"):
            self.assertEqual(moment.amount_unbilled, 0.0)
            self.assertEqual(moment.amount_overbilled, 142.35)
            self.assertEqual(moment.amount_to_day, 133.45)
        activity = moment.sudo().activity_ids
        self.assertEqual(activity.user_id, self.user_finance)
        for text in ("142.35", bill.name, self.owner.name, "Ben"):
            self.assertIn(text, activity.note)
        # Once it is credited what is due says so.
        self.credit(bill, "2026-03-17", [142.35])
        moment.invalidate_recordset()
        with freeze_time("2026-03-17 04:00"):
            self.assertEqual(moment.amount_overbilled, 0.0)
            self.assertEqual(moment.amount_to_day, 133.45)

    def test_billed_beyond_by_rule(self):
        with freeze_time("2026-03-10 04:00"):
            run = self.make_run("2026-03-01")
            run.action_compute()
            self.sign(run)
            run.with_user(self.user_finance).action_create_invoices()
        moment = self.env["property.moment"].create(
            {
                "kind": "transfer",
                "unit_id": self.unit.id,
                "buyer_id": self.buyer.id,
                "date_transfer": Date.to_date("2026-03-16"),
            }
        )
        for rule, amount in (("seller", 0.0), ("buyer", 275.80), ("days", 142.35)):
            self.company.property_transfer_rule = rule
            moment.invalidate_recordset()
            self.assertEqual(moment.amount_overbilled, amount, rule)
