"""Who sees the prepayment proof, and how."""

import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from ..billing.common import MODULE
from .proof_common import ProofCommon


@tagged("post_install", "-at_install")
class TestProofScreens(ProofCommon, HttpCase):
    def test_who_reads_it(self):
        self.conclude()
        self.by_hand(500.0, "2026-01-15")
        for user in (self.user_finance, self.user_manager, self.user_company):
            rows = self.proof("2026-01-31", user)
            self.assertEqual(sum(rows.mapped("balance")), 3533.80)
            self.assertTrue(rows.web_read({"account_id": {"fields": {}}}))
            with self.assertRaises(AccessError):
                rows.write({"balance": 0})
        for user in (self.user_cs, self.user_cs_head):
            with self.assertRaises(AccessError):
                self.proof("2026-01-31", user)

    def test_other_communities_are_hidden(self):
        self.conclude()
        stranger = new_test_user(
            self.env,
            login="proof_stranger",
            groups=f"base.group_user,{MODULE}.group_finance",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.assertFalse(self.proof("2026-01-31", stranger))

    def test_wizard(self):
        agreement = self.conclude()
        self.release("2026-03-10")
        wizard = (
            self.env["property.prepayment.proof.on"]
            .with_user(self.user_finance)
            .create({"date": "2026-01-31"})
        )
        action = wizard.action_show()
        rows = self.env[action["res_model"]].with_context(**action["context"])
        row = rows.search([("prepayment_id", "=", agreement.id)])
        self.assertEqual(row.balance, 2780.98)
        self.assertIn("2026-01-31.xlsx", wizard.action_download()["url"])

    def test_sheet(self):
        self.conclude()
        self.by_hand(500.0, "2026-01-15")
        proof = self.env["property.prepayment.proof"].with_user(self.user_finance)
        stream = io.BytesIO()
        proof.with_context(property_as_of="2026-01-31")._write_proof(stream)
        for data_only in (True, False):
            sheet = load_workbook(stream, data_only=data_only).active
            header = next(
                row for row in sheet.iter_rows() if row[9].value == "Net Invoiced"
            )
            first = header[0].row + 1
            other, agreement, total = sheet.iter_rows(min_row=first, max_row=first + 2)
            self.assertEqual(other[12].value, 500.0)
            self.assertEqual(agreement[9].value, 3033.80)
            self.assertEqual(agreement[2].value, self.liability.code)
            if data_only:
                self.assertEqual(agreement[11].value, 3033.80)
                self.assertEqual(total[13].value, 3533.80)
                self.assertEqual(total[14].value, 0)
            else:
                self.assertEqual(
                    agreement[11].value, f"=ROUND(J{first + 1}-K{first + 1},2)"
                )

    def test_download(self):
        self.conclude()
        url = "/property_fee_collection/prepayment_proof/2026-01-31.xlsx"
        self.user_finance.password = "property_finance_1"
        self.authenticate("property_finance", "property_finance_1")
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        self.assertIn("Prepayment", response.headers["Content-Disposition"])
        self.assertEqual(self.url_open(url.replace("31.", "32.")).status_code, 404)
        self.user_cs.password = "property_cs_12345"
        self.authenticate("property_cs", "property_cs_12345")
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_states_are_translated(self):
        """What the agreement shows in Chinese the proof shows, too: 履行中."""
        proof = self.env["property.prepayment.proof"].with_context(lang="zh_TW")
        states = dict(proof.fields_get(["state"], ["selection"])["state"]["selection"])
        self.assertEqual(states["running"], "履行中")
