from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..collection.common import CollectionCommon

NOW = "2026-03-10 02:00"


@tagged("post_install", "-at_install")
class TestTransfer(CollectionCommon):
    """Unit 101 of 100 m² at 2.80: 280.00 a month. Its owner sells it to Ben from
    16 March 2026 on; January and February are billed, January is not paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_rate(2.8)
        cls.buyer, cls.tenant = cls.env["res.partner"].create(
            [{"name": "Ben"}, {"name": "Tina"}]
        )
        cls.runs = cls.make_run("2026-01-01") | cls.make_run("2026-02-01")
        with freeze_time("2026-02-01 02:00"):
            for run in cls.runs:
                run.action_compute()
                cls.sign(run)
                run.with_user(cls.user_finance).action_create_invoices()
        cls.january, cls.february = cls.runs.move_ids.sorted("property_period")
        cls.pay(cls.february)

    def make_moment(self, kind="transfer", **values):
        if kind == "transfer":
            values = {
                "buyer_id": self.buyer.id,
                "date_transfer": date(2026, 3, 16),
                **values,
            }
        with freeze_time(NOW):
            return (
                self.env["property.moment"]
                .with_user(self.user_cs)
                .create({"kind": kind, "unit_id": self.unit.id, **values})
            )

    def complete(self, moment):
        with freeze_time(NOW):
            moment.action_complete()
            self.env.flush_all()

    def owners(self):
        rows = self.unit.tenure_ids.filtered(lambda row: row.role == "owner")
        return [
            (row.partner_id, row.date_from, row.date_to)
            for row in rows.sorted(lambda row: row.date_from or date.min)
        ]

    def charges(self, period):
        run = self.make_run(period)
        run.action_compute()
        return [
            (row.partner_id, row.date_from, row.date_to, row.amount)
            for row in run.charge_ids.sorted("date_from")
        ]

    def test_not_billed_yet(self):
        """15 of March's 31 days: 280 × 15 / 31 = 135.48."""
        moment = self.make_moment()
        with freeze_time(NOW):
            self.assertEqual(moment.amount_unbilled, 135.48)
            self.assertEqual(moment.due_now, 280.0)
            self.assertEqual(moment.amount_to_day, 415.48)

    def test_not_billed_by_rule(self):
        moment = self.make_moment()
        for rule, amount in (("seller", 280.0), ("buyer", 0.0), ("days", 135.48)):
            self.company.property_transfer_rule = rule
            moment.invalidate_recordset(["amount_unbilled"])
            self.assertEqual(moment.amount_unbilled, amount, rule)

    def test_not_billed_into_next_month(self):
        """March whole, and 10 of April's 30 days: 280 + 93.33."""
        moment = self.make_moment(date_transfer=date(2026, 4, 11))
        self.assertEqual(moment.amount_unbilled, 373.33)
        moment.date_transfer = date(2026, 4, 1)
        self.assertEqual(moment.amount_unbilled, 280.0)

    def test_nothing_is_charged_by_looking(self):
        moment = self.make_moment()
        count = self.env["property.charge"].search_count([])
        self.assertEqual(moment.amount_unbilled, 135.48)
        self.assertEqual(self.env["property.charge"].search_count([]), count)

    def test_buyer_begins(self):
        self.complete(self.make_moment())
        self.assertEqual(
            self.owners(),
            [
                (self.owner, False, date(2026, 3, 15)),
                (self.buyer, date(2026, 3, 16), False),
            ],
        )
        # 280 × 15 / 31 and 280 × 16 / 31; the rest goes to the last span.
        self.assertEqual(
            self.charges("2026-03-01"),
            [
                (self.owner, date(2026, 3, 1), date(2026, 3, 15), 135.48),
                (self.buyer, date(2026, 3, 16), date(2026, 3, 31), 144.52),
            ],
        )
        # Until the day comes the seller is the owner.
        self.assertEqual(self.unit.owner_id, self.owner)
        with freeze_time("2026-03-16 02:00"):
            self.env["property.unit"]._cron_refresh_current()
        self.assertEqual(self.unit.owner_id, self.buyer)

    def test_old_debt_stays_with_the_seller(self):
        with freeze_time(NOW):
            case = self.open_cases()
        before = self.january.read(
            ["partner_id", "amount_residual", "invoice_date_due", "state", "line_ids"]
        )
        moment = self.make_moment()
        self.complete(moment)
        self.env.invalidate_all()
        self.assertEqual(
            self.january.read(
                [
                    "partner_id",
                    "amount_residual",
                    "invoice_date_due",
                    "state",
                    "line_ids",
                ]
            ),
            before,
        )
        self.assertEqual((case.partner_id, case.state), (self.owner, "open"))
        self.assertFalse(self.case_of(self.buyer))
        # Neither does what is due keep the transfer back, nor does it vanish.
        self.assertTrue(moment.completed_on)
        self.assertEqual((moment.state, moment.amount_due), ("open", 280.0))

    def test_what_must_be_known(self):
        for vals in (
            {"buyer_id": False},
            {"date_transfer": False},
            {"buyer_id": self.owner.id},
        ):
            moment = self.make_moment(**vals)
            with self.assertRaises(UserError):
                self.complete(moment)

    def test_taken_back_by_another_transfer_only(self):
        moment = self.make_moment()
        self.complete(moment)
        with self.assertRaisesRegex(UserError, "another transfer"):
            moment.date_transfer = date(2026, 3, 20)
        earlier = self.make_moment(
            buyer_id=self.tenant.id, date_transfer=date(2026, 3, 12)
        )
        with self.assertRaisesRegex(UserError, "comes after the one before it"):
            self.complete(earlier)
        back = self.make_moment(buyer_id=self.owner.id, date_transfer=date(2026, 3, 20))
        self.complete(back)
        self.assertEqual(self.owners()[-1], (self.owner, date(2026, 3, 20), False))

    def test_deposits(self):
        bank = self.company_data["default_journal_bank"]
        deposits = self.env["property.deposit"].create(
            [
                {"unit_id": self.unit.id, "amount": amount, "journal_id": bank.id}
                for amount in (2000.0, 100.0)
            ]
        )
        deposits.with_user(self.user_finance).action_post()
        carry = self.make_moment(transfer_deposit="carry")
        self.assertEqual(carry.deposit_ids, deposits)
        self.complete(carry.with_user(self.user_cs_head))
        self.assertEqual(deposits.mapped("state"), ["carried", "carried"])
        heirs = deposits.carried_to_id
        self.assertEqual(heirs.partner_id, self.buyer)
        account = self.company.property_deposit_account_id
        lines = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        self.assertEqual(-sum(lines.mapped("balance")), 2100.0)
        # Sold on: this time the money goes back.
        again = self.make_moment(
            buyer_id=self.tenant.id,
            date_transfer=date(2026, 3, 20),
            transfer_deposit="refund",
        )
        self.complete(again.with_user(self.user_cs_head))
        self.assertEqual(heirs.mapped("is_to_refund"), [True, True])
        self.assertEqual(heirs.mapped("state"), ["held", "held"])

    def test_seller_does_not_stay_as_occupant(self):
        self.unit.occupant_id = self.owner
        self.complete(self.make_moment())
        occupant = self.unit.tenure_ids.filtered(lambda row: row.role == "occupant")
        self.assertEqual(occupant.date_to, date(2026, 3, 15))

    def test_let_and_tenant_pays(self):
        """From 10 March on Tina pays: 9 and 22 of 31 days."""
        moment = self.make_moment(
            "lease",
            tenant_id=self.tenant.id,
            lease_from=date(2026, 3, 10),
            lease_to=date(2027, 3, 9),
            tenant_pays=True,
        )
        self.complete(moment)
        row = self.unit.tenure_ids.filtered(lambda row: row.role == "occupant")
        self.assertEqual(
            (row.partner_id, row.date_from, row.date_to, row.is_payer),
            (self.tenant, date(2026, 3, 10), date(2027, 3, 9), True),
        )
        self.assertTrue(row.owner_liable)
        self.assertEqual(
            [
                (one.status, one.date_from)
                for one in self.unit.occupancy_ids.sorted(
                    lambda one: one.date_from or date.min
                )
            ],
            [("owner_occupied", False), ("leased", date(2026, 3, 10))],
        )
        self.assertEqual(
            [
                (who, amount)
                for who, _first, _last, amount in self.charges("2026-03-01")
            ],
            [(self.owner, 81.29), (self.tenant, 198.71)],
        )
        # When the lease is over the owner pays again: 9 and 22 days.
        self.assertEqual(
            [who for who, *_rest in self.charges("2027-03-01")],
            [self.tenant, self.owner],
        )

    def test_let_and_owner_pays(self):
        moment = self.make_moment(
            "lease", tenant_id=self.tenant.id, lease_from=date(2026, 3, 10)
        )
        self.complete(moment)
        row = self.unit.tenure_ids.filtered(lambda row: row.role == "occupant")
        self.assertEqual((row.is_payer, row.owner_liable), (False, False))
        self.assertEqual(
            [who for who, *_rest in self.charges("2026-03-01")], [self.owner]
        )

    def test_let_needs_tenant_and_day(self):
        for vals in (
            {"lease_from": date(2026, 3, 10)},
            {"tenant_id": self.tenant.id},
            {
                "tenant_id": self.tenant.id,
                "lease_from": date(2026, 3, 10),
                "lease_to": date(2026, 3, 9),
            },
        ):
            with self.assertRaises(UserError):
                self.complete(self.make_moment("lease", **vals))

    def test_only_customer_service(self):
        with self.assertRaises(AccessError):
            self.make_moment().with_user(self.user_finance).action_complete()
