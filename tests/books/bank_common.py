from .common import BooksCommon


class BankCommon(BooksCommon):
    """Transfers on the bank account of a company whose owner of room 101 in building 1
    owes 100.00 of January and 200.00 of February 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.company_data["default_journal_bank"]
        cls.matcher = cls.env["property.bank.matcher"]
        cls.sunset = cls.make_community(
            "Sunset Hill",
            "SST",
            finance_user_id=False,
            manager_id=False,
            cs_head_id=False,
            cs_user_ids=False,
        )

    @classmethod
    def make_line(cls, amount, text, payer=False, journal=None, **values):
        line = cls.env["account.bank.statement.line"].create(
            {
                "journal_id": (journal or cls.bank).id,
                "date": "2026-03-02",
                "amount": amount,
                "payment_ref": text,
                "partner_name": payer,
                **values,
            }
        )
        cls.matcher._suggest(line)
        return line

    @classmethod
    def finance(cls, records):
        return records.with_user(cls.user_finance)

    def assertMatched(self, line, residuals):
        """:param residuals: what is open of the two bills after it"""
        self.assertTrue(line.is_reconciled)
        self.assertEqual(
            [self.first.amount_residual, self.second.amount_residual], residuals
        )
