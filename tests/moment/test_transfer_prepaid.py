from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from ..prepayment.common import PrepaymentCommon

NOW = "2026-03-10 02:00"


@tagged("post_install", "-at_install")
class TestTransferPrepaid(PrepaymentCommon):
    """275.80 a month, paid from January 2026 on for twelve months: 3,033.80. The unit
    is sold: the buyer's first day is 16 March."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls.env["res.partner"].create({"name": "Ben"})
        with freeze_time("2025-12-20 02:00"):
            cls.agreement = cls.make_agreement()

    def sell(self, choice=None):
        vals = {"transfer_prepayment": choice} if choice else {}
        with freeze_time(NOW):
            moment = (
                self.env["property.moment"]
                .with_user(self.user_cs_head)
                .create(
                    {
                        "kind": "transfer",
                        "unit_id": self.unit.id,
                        "buyer_id": self.buyer.id,
                        "date_transfer": date(2026, 3, 16),
                        **vals,
                    }
                )
            )
            # The seller's days are paid ahead: nothing is left to be billed.
            self.assertEqual(moment.amount_unbilled, 0.0)
            moment.action_complete()
        return moment

    def march(self):
        run = self.make_run("2026-03-01")
        run.action_compute()
        return [(row.partner_id, row.amount) for row in run.charge_ids]

    def test_company_decides(self):
        self.company.property_transfer_prepayment = "carry"
        self.assertEqual(self.sell().transfer_prepayment, "carry")

    def test_refund(self):
        """Used at the list price: 2 × 275.80, and 15 of 31 days of March: 133.45;
        together 685.05. Of 3,033.80 the rest is 2,348.75. The buyer pays 16 of 31
        days: 142.35."""
        self.sell("refund")
        agreement = self.agreement
        self.assertEqual(
            (agreement.state, agreement.date_to), ("cancelled", date(2026, 3, 15))
        )
        note = self.env["account.move"].search(
            [
                ("property_prepayment_id", "=", agreement.id),
                ("move_type", "=", "out_refund"),
            ]
        )
        self.assertEqual((note.partner_id, note.amount_total), (self.owner, 2348.75))
        self.assertEqual(self.march(), [(self.buyer, 142.35)])

    def test_carry(self):
        """From 16 March on the buyer is the payer, nothing of March is billed; what
        is owed, nine months, is owed to him."""
        self.sell("carry")
        agreement = self.agreement
        self.assertEqual(agreement.partner_id, self.owner)
        with freeze_time("2026-03-16 02:00"):
            agreement._carry_due(self.community)
        self.assertEqual(
            (agreement.state, agreement.partner_id), ("running", self.buyer)
        )
        self.assertEqual(agreement.move_id.partner_id, self.owner)
        self.assertEqual(self.march(), [])
        account = self.company.property_advance_account_id
        lines = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        owed = sum(
            agreement.line_ids.filtered(lambda row: not row.move_id).mapped("amount")
        )
        of_buyer = lines.filtered(lambda line: line.partner_id == self.buyer)
        of_seller = lines.filtered(lambda line: line.partner_id == self.owner)
        self.assertAlmostEqual(-sum(of_buyer.mapped("balance")), owed)
        self.assertAlmostEqual(sum(of_seller.mapped("balance")), 0.0)
