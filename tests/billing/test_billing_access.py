"""Who may read and change what in billing: by role, community, company and portal."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import MODULE, PropertyCommon

TEAM_MODELS = (
    "property.billing.run",
    "property.billing.exception",
    "property.billing.comparison",
    "property.charge",
    "property.fee.rate",
    "property.meter",
    "property.meter.reading",
    "property.shared.cost",
    "property.vacancy",
)
CS_MODELS = ("property.meter.import", "property.meter.import.line")
WIZARDS = ("property.meter.replace", "property.reading.round")


@tagged("post_install", "-at_install")
class TestBillingAccess(PropertyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.water = cls.make_item("Water", "W", "meter")
        cls.lift = cls.make_item("Lift", "L", "apportioned")
        cls.records = cls.make_records()
        cls.elsewhere = new_test_user(
            cls.env,
            login="property_elsewhere",
            groups=f"base.group_user,{MODULE}.group_cs_head,{MODULE}.group_finance",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.other_community = cls.env["property.community"].create(
            {"name": "Riverside", "code": "RVS", "company_id": cls.company.id}
        )
        cls.other_community.cs_head_id = cls.elsewhere
        cls.other_company = cls.env["res.company"].create({"name": "Elsewhere Ltd"})
        cls.stranger = new_test_user(
            cls.env,
            login="property_stranger",
            groups=f"base.group_user,{MODULE}.group_company,{MODULE}.group_finance",
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
        )
        cls.portal = new_test_user(
            cls.env, login="property_portal", groups="base.group_portal"
        )
        cls.internal = new_test_user(
            cls.env, login="property_internal", groups="base.group_user"
        )
        cls.accountant = new_test_user(
            cls.env,
            login="property_accountant",
            groups="base.group_user,account.group_account_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def make_records(cls):
        """One record of each model in the community: {model: record}"""
        cls.unit = cls.make_unit("101", 100)
        cls.make_unit("102", 100, owner=None)  # nobody pays: an exception
        rate = cls.make_rate(2.8)
        meter = cls.env["property.meter"].create(
            {"unit_id": cls.unit.id, "fee_item_id": cls.water.id, "name": "W-1"}
        )
        reading = cls.env["property.meter.reading"].create(
            {"meter_id": meter.id, "date": "2025-12-31", "value": 10}
        )
        cost = cls.env["property.shared.cost"].create(
            {
                "community_id": cls.community.id,
                "fee_item_id": cls.lift.id,
                "period": "2026-01-01",
                "amount": 50,
            }
        )
        vacancy = cls.env["property.vacancy"].create(
            {"unit_id": cls.unit.id, "date_from": "2026-01-01"}
        )
        cls.run_ = cls.make_run("2026-01-01")
        cls.run_.action_compute()
        reading_import = cls.env["property.meter.import"].create(
            {"community_id": cls.community.id}
        )
        line = cls.env["property.meter.import.line"].create(
            {
                "import_id": reading_import.id,
                "row": 2,
                "severity": "error",
                "message": "No",
            }
        )
        cls.env.flush_all()
        cls.env.invalidate_all()
        return {
            record._name: record
            for record in (
                rate,
                meter,
                reading,
                cost,
                vacancy,
                cls.run_,
                cls.run_.charge_ids[0],
                cls.run_.exception_ids[0],
                cls.run_.comparison_ids[0],
                reading_import,
                line,
                cls.env["property.meter.replace"].create({"meter_id": meter.id}),
                cls.env["property.reading.round"].create(
                    {"community_id": cls.community.id}
                ),
            )
        }

    def may(self, user, model, operation):
        return self.records[model].with_user(user).has_access(operation)

    def test_every_model_is_covered(self):
        self.assertEqual(set(self.records), {*TEAM_MODELS, *CS_MODELS, *WIZARDS})

    def test_the_team_reads_its_community(self):
        for model in TEAM_MODELS:
            for role in ("cs", "cs_head", "finance", "manager", "company"):
                with self.subTest(model=model, role=role):
                    user = getattr(self, f"user_{role}")
                    self.assertTrue(self.may(user, model, "read"))

    def test_only_customer_service_imports_readings(self):
        for model in CS_MODELS:
            for role in ("cs", "cs_head", "manager", "company"):
                with self.subTest(model=model, role=role):
                    user = getattr(self, f"user_{role}")
                    self.assertTrue(self.may(user, model, "write"))
            self.assertFalse(self.may(self.user_finance, model, "read"))

    def test_who_writes_what(self):
        writers = {
            "property.billing.run": {"cs_head", "finance", "company"},
            "property.billing.exception": {"cs_head", "finance", "company"},
            "property.charge": {"cs_head", "finance", "company"},
            "property.fee.rate": {"finance", "company"},
            "property.shared.cost": {"cs_head", "finance", "company"},
            "property.meter": {"cs", "cs_head", "manager", "company"},
            "property.meter.reading": {"cs", "cs_head", "manager", "company"},
            "property.vacancy": {"cs", "cs_head", "manager", "company"},
            "property.billing.comparison": set(),
        }
        self.assertEqual(set(writers), set(TEAM_MODELS))
        for model, roles in writers.items():
            for role in ("cs", "cs_head", "finance", "manager", "company"):
                with self.subTest(model=model, role=role):
                    user = getattr(self, f"user_{role}")
                    self.assertEqual(self.may(user, model, "write"), role in roles)

    def test_another_community_is_closed(self):
        for model, record in self.records.items():
            with self.subTest(model=model):
                self.assertFalse(self.may(self.elsewhere, model, "read"))
                if model not in WIZARDS:
                    found = self.env[model].with_user(self.elsewhere).search([])
                    self.assertNotIn(record.id, found.ids)

    def test_another_company_is_closed(self):
        for model, record in self.records.items():
            with self.subTest(model=model):
                self.assertFalse(self.may(self.stranger, model, "read"))
                if model not in WIZARDS:
                    found = self.env[model].with_user(self.stranger).search([])
                    self.assertNotIn(record.id, found.ids)

    def test_outsiders_read_nothing(self):
        for user in (self.portal, self.internal):
            for model in (*self.records, "property.fee.item"):
                with self.subTest(model=model, user=user.login):
                    with self.assertRaises(AccessError):
                        self.env[model].with_user(user).search([])

    def test_fee_items(self):
        for role, allowed in (
            ("cs", False),
            ("cs_head", False),
            ("manager", False),
            ("finance", True),
            ("company", True),
        ):
            item = self.fee.with_user(getattr(self, f"user_{role}"))
            self.assertTrue(item.has_access("read"))
            self.assertEqual(item.has_access("write"), allowed, role)
        with_company = self.make_item(
            "Sewage", "S", "fixed", company_id=self.company.id
        )
        self.assertFalse(with_company.with_user(self.stranger).has_access("read"))

    def test_staff_cannot_change_charges_or_sign(self):
        run = self.run_.with_user(self.user_cs)
        with self.assertRaises(AccessError):
            run.charge_ids[0].amount = 1
        with self.assertRaises(AccessError):
            run.action_compute()
        with self.assertRaises(AccessError):
            run.action_sign_cs()
        with self.assertRaises(AccessError):
            run.action_withdraw_signatures()
        with self.assertRaises(AccessError):
            run.exception_ids[0].reason = "All right"
        with self.assertRaises(AccessError):
            run.action_create_invoices()
        with self.assertRaises(AccessError):
            run.action_estimate_readings()

    def test_signature_fields_are_nobody_s(self):
        """Not even those who may sign can write a signature themselves."""
        for user in (self.user_cs_head, self.user_finance, self.user_company):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self.run_.with_user(user).write({"finance_signed_by": user.id})

    def test_staff_does_not_decide_on_vacancies(self):
        vacancy = self.records["property.vacancy"]
        with self.assertRaises(UserError):
            vacancy.with_user(self.user_cs).action_approve()
        with self.assertRaises(UserError):
            vacancy.with_user(self.user_finance).action_approve()
        with self.assertRaises(UserError):
            vacancy.with_user(self.user_cs).state = "approved"
        vacancy.with_user(self.user_cs_head).action_approve()
        self.assertEqual(vacancy.state, "approved")
        self.assertEqual(vacancy.decided_by, self.user_cs_head)

    def _invoice(self, move_type="out_invoice", **values):
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": self.partner_a.id,
                "invoice_date": "2026-01-05",
                "invoice_line_ids": [
                    Command.create({"name": "Fee", "quantity": 1, "price_unit": 280})
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def test_invoices(self):
        mine = self._invoice(property_community_id=self.community.id)
        theirs = self._invoice(property_community_id=self.other_community.id)
        plain = self._invoice()
        bill = self._invoice("in_invoice")
        moves = mine + theirs + plain + bill
        seen = {
            self.user_cs: mine,
            self.user_cs_head: mine,
            self.user_manager: mine,
            self.user_finance: mine + plain + bill,
            self.accountant: moves,
        }
        for user, visible in seen.items():
            with self.subTest(user=user.login):
                domain = [("id", "in", moves.ids)]
                found = self.env["account.move"].with_user(user).search(domain)
                self.assertEqual(found, visible.with_user(user).sorted(moves._order))
                lines = (
                    self.env["account.move.line"]
                    .with_user(user)
                    .search([("move_id", "in", moves.ids)])
                )
                self.assertEqual(set(lines.move_id.ids), set(visible.ids))
        for user in (self.user_cs, self.user_cs_head, self.user_manager):
            self.assertFalse(mine.with_user(user).has_access("write"))
        self.assertFalse(mine.with_user(self.stranger).has_access("read"))

    def test_company_sees_property_invoices_of_the_company(self):
        mine = self._invoice(property_community_id=self.community.id)
        theirs = self._invoice(property_community_id=self.other_community.id)
        bill = self._invoice("in_invoice")
        user = new_test_user(
            self.env,
            login="property_boss",
            groups=f"base.group_user,{MODULE}.group_company",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        found = (
            self.env["account.move"]
            .with_user(user)
            .search([("id", "in", (mine + theirs + bill).ids)])
        )
        self.assertEqual(set(found.ids), {mine.id, theirs.id})

    def test_accountant_without_property_role(self):
        """The standard screens work: list, search, form and totals of an invoice."""
        invoice = self._invoice(
            property_community_id=self.community.id,
            property_unit_id=self.unit.id,
            property_period=fields.Date.to_date("2026-01-01"),
        ).with_user(self.accountant)
        views = (
            self.env["account.move"]
            .with_user(self.accountant)
            .get_views([(False, "list"), (False, "form"), (False, "search")])
        )
        spec = {
            name: {"fields": {"display_name": {}}} if name.endswith("_id") else {}
            for name in (
                "name",
                "property_community_id",
                "property_unit_id",
                "property_period",
                "property_run_id",
            )
        }
        self.assertIn(
            "property_community_id", views["models"]["account.move"]["fields"]
        )
        [values] = invoice.web_read(spec)
        self.assertEqual(
            values["property_community_id"]["display_name"], "Sunrise Garden"
        )
        self.assertEqual(values["property_unit_id"]["display_name"], "1 101")
        self.env["account.move"].with_user(self.accountant).formatted_read_group(
            [("id", "=", invoice.id)],
            ["property_community_id", "property_unit_id", "property_period:month"],
            ["__count"],
        )
        with self.assertRaises(AccessError):
            self.records["property.meter"].with_user(self.accountant).read(["name"])

    def test_staff_reads_an_invoice_in_the_standard_form(self):
        invoice = self._invoice(
            property_community_id=self.community.id, property_unit_id=self.unit.id
        ).with_user(self.user_cs)
        [values] = invoice.web_read(
            {
                "name": {},
                "amount_residual": {},
                "payment_state": {},
                "tax_totals": {},
                "invoice_line_ids": {"fields": {"name": {}, "price_subtotal": {}}},
                "journal_id": {"fields": {"display_name": {}}},
            }
        )
        self.assertEqual(values["amount_residual"], 280)

    def test_staff_reads_the_payments_of_its_invoices_only(self):
        mine = self._invoice(property_community_id=self.community.id)
        theirs = self._invoice(property_community_id=self.other_community.id)
        plain = self._invoice()
        payments = self.env["account.payment"]
        for move in (mine, theirs, plain):
            payments += (
                self.env["account.payment.register"]
                .with_context(active_model="account.move", active_ids=move.ids)
                .create({})
                ._create_payments()
            )
        seen = {
            self.user_cs: payments[0],
            self.user_manager: payments[0],
            # With Odoo's own accounting rights, but not to another community's.
            self.elsewhere: payments[1:],
            self.user_finance: payments[0] | payments[2],
            self.accountant: payments,
        }
        for user, visible in seen.items():
            with self.subTest(user=user.login):
                found = (
                    self.env["account.payment"]
                    .with_user(user)
                    .search([("id", "in", payments.ids)])
                )
                self.assertEqual(set(found.ids), set(visible.ids))
        read = mine.with_user(self.user_cs).matched_payment_ids
        self.assertEqual(read, payments[0])
        self.assertFalse(read.has_access("write"))
        for user in (self.portal, self.internal):
            self.assertFalse(payments[0].with_user(user).has_access("read"))

    def test_rates_of_finance_are_for_a_community(self):
        """Only the company sets a rate for every community: the form asks Finance for
        one, and proposes the only one it works for."""
        rates = self.env["property.fee.rate"].with_context(
            default_fee_item_id=self.fee.id
        )
        one = Form(rates.with_user(self.user_finance))
        self.assertEqual(one.community_id, self.community)
        self.assertTrue(one._get_modifier("community_id", "required"))
        every = Form(rates.with_user(self.user_company))
        self.assertFalse(every.community_id)
        self.assertFalse(every._get_modifier("community_id", "required"))
        self.make_community("Green Court", "GRC")
        several = Form(rates.with_user(self.user_finance))
        self.assertFalse(several.community_id)
