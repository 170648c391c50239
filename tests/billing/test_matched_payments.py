"""Matched payments are read with the invoices they belong to."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import MODULE, PropertyCommon


@tagged("post_install", "-at_install")
class TestMatchedPayments(PropertyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.riverside = cls.env["property.community"].create(
            {"name": "Riverside", "code": "RVS", "company_id": cls.company.id}
        )

    def _invoice(self, community):
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner_a.id,
                "invoice_date": "2026-01-05",
                "property_community_id": community.id,
                "invoice_line_ids": [
                    Command.create({"name": "Fee", "quantity": 1, "price_unit": 280})
                ],
            }
        )
        move.action_post()
        return move

    def _pay(self, move):
        """:return: the partial that matches the invoice with its payment"""
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({})._create_payments()
        return move.line_ids.matched_credit_ids

    def test_matched_payments_are_seen_with_the_invoice(self):
        mine, theirs = self._invoice(self.community), self._invoice(self.riverside)
        ours, hidden = self._pay(mine), self._pay(theirs)
        self.assertEqual((len(ours), len(hidden)), (1, 1))
        partials = self.env["account.partial.reconcile"]
        boss = new_test_user(
            self.env,
            login="bound_boss",
            groups=f"base.group_user,{MODULE}.group_company",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        accountant = new_test_user(
            self.env,
            login="bound_accountant",
            groups="base.group_user,account.group_account_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        for user, visible in (
            (self.user_cs, ours),
            (self.user_cs_head, ours),
            (self.user_manager, ours),
            (boss, ours + hidden),
            (self.user_finance, ours + hidden),  # has Odoo's accounting rights
            (accountant, ours + hidden),
        ):
            with self.subTest(user=user.login):
                domain = [("id", "in", (ours + hidden).ids)]
                found = partials.with_user(user).search(domain)
                self.assertEqual(set(found.ids), set(visible.ids))
        self.env.invalidate_all()
        self.assertEqual(ours.with_user(self.user_cs).amount, 280)
        with self.assertRaises(AccessError):
            hidden.with_user(self.user_cs).read(["amount"])

    def test_staff_opens_a_paid_invoice(self):
        invoice = self._invoice(self.community)
        self._pay(invoice)
        self.env.flush_all()
        self.env.invalidate_all()
        views = (
            self.env["account.move"]
            .with_user(self.user_cs)
            .get_views([(False, "form")])
        )
        self.assertTrue(views["views"]["form"])
        [values] = invoice.with_user(self.user_cs).web_read(
            {
                "amount_residual": {},
                "payment_state": {},
                "matched_payment_ids": {},
                "line_ids": {
                    "fields": {"matched_credit_ids": {"fields": {"amount": {}}}}
                },
            }
        )
        self.assertEqual(values["amount_residual"], 0)
        matched = [line["matched_credit_ids"] for line in values["line_ids"]]
        self.assertEqual([m[0]["amount"] for m in matched if m], [280])
