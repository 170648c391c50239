import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .bank_common import BankCommon

HEAD = "交易日期,贷方金额,借方金额,对方户名,附言,交易流水号\n"
ROWS = (
    "20260302,200.00,,王五,{number},T001\n"
    "20260302,300.00,,李四,物业费,T002\n"
    "20260303,,50.00,电力公司,电费,T003\n"
)


@tagged("post_install", "-at_install")
class TestBankImport(BankCommon):
    def bring(self, text, **values):
        file = base64.b64encode((HEAD + text).encode("gb18030"))
        return (
            self.env["property.bank.import"]
            .with_user(self.user_finance)
            .create(
                {
                    "file": file,
                    "filename": "bank.csv",
                    "journal_id": self.bank.id,
                    **values,
                }
            )
        )

    def lines(self):
        return self.env["account.bank.statement.line"].search(
            [("property_import_key", "!=", False)]
        )

    def test_import_matches_what_is_certain(self):
        rows = ROWS.format(number=self.second.name)
        record = self.bring(rows)
        record.action_preview()
        self.assertFalse(self.lines())
        # Three rows: two come in, 500.00 together; money that went is left out.
        self.assertRecordValues(
            record,
            [
                {
                    "row_count": 3,
                    "new_count": 2,
                    "skipped_count": 1,
                    "error_count": 0,
                    "amount_in": 500,
                }
            ],
        )
        self.assertEqual(record.row_ids.mapped("payer"), ["王五", "李四"])
        record.action_import()
        self.assertEqual(record.state, "done")
        self.assertEqual(len(self.lines()), 2)
        self.assertEqual(self.second.amount_residual, 0)
        # The same file, and one that overlaps with it: only the new row comes in.
        again = self.bring(rows + "20260304,7.00,,王五,x,T004\n")
        again.action_import()
        self.assertEqual((again.known_count, again.done_count), (2, 1))
        self.assertEqual(len(self.lines()), 3)

    def test_good_rows_only_if_the_user_says_so(self):
        record = self.bring("20260302,5,,a,b,c\n2026-02-30,5,,a,b,c\n")
        with self.assertRaises(UserError):
            record.action_import()
        record.action_preview()
        self.assertEqual(record.message_line_ids.row, 3)
        self.assertEqual(record.message_line_ids.column, "交易日期")
        record.keep_good = True
        record.action_import()
        self.assertEqual(len(self.lines()), 1)

    def test_in_the_background(self):
        self.env["ir.config_parameter"].set_param(
            "property_fee_collection.bank_import_at_once", 1
        )
        record = self.bring(ROWS.format(number="x"), with_outgoing=True)
        record.action_import()
        self.assertEqual(record.state, "queued")
        with self.enter_registry_test_mode():
            cron = self.env.ref("property_fee_collection.cron_bank_imports")
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        self.assertEqual(record.state, "done")
        self.assertEqual(sorted(self.lines().mapped("amount")), [-50, 200, 300])

    def test_automatic_only_where_wanted(self):
        self.company.property_bank_auto = False
        self.bring(ROWS.format(number=self.second.name)).action_import()
        self.assertEqual(self.second.amount_residual, 200)

    def test_forbidden(self):
        record = self.bring(ROWS)
        for user in (self.user_cs, self.user_manager):
            self.assertFalse(record.with_user(user).has_access("read"))
        with self.assertRaises(AccessError):
            record.state = "done"
