from odoo import fields
from odoo.tests import tagged
from odoo.tools import date_utils

from ..billing.test_tour_month import TourCommon
from .common import CollectionCommon


@tagged("post_install", "-at_install")
class TestTourStatement(TourCommon, CollectionCommon):
    """Statement, review, signature, notices, delivery, payment: the case closes.

    Seen from this month, due on the 10th of the months before:

    101  Lin Mei   275.80 of last month                     demand notice
    102  Chen Hao  3 × 250.00 of the last three months      demand notice again
    103  Wang Jun  100.00 of last month                     excluded, with a reason
    104  Zhao Li   300.00 of last month, paid on the 8th    nothing
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = cls.community._property_today()
        cls.months = [
            date_utils.subtract(today.replace(day=10), months=back) for back in range(4)
        ]
        cls.lin, cls.chen, cls.wang, cls.zhao = (
            cls.make_unit(room, owner=owner)
            for room, owner in (
                ("111", "Lin Mei"),
                ("112", "Chen Hao"),
                ("113", "Wang Jun"),
                ("114", "Zhao Li"),
            )
        )
        cls.bill(cls.lin, 275.80, 1)
        for back in (3, 2, 1):
            cls.bill(cls.chen, 250.0, back)
        cls.bill(cls.wang, 100.0, 1)
        cls.pay(cls.bill(cls.zhao, 300.0, 1), day=cls.months[1].replace(day=8))
        # The walk takes place now, and now may be the middle of the night.
        cls.company.write({"property_quiet_from": 0, "property_quiet_to": 0})

    @classmethod
    def bill(cls, unit, amount, back):
        due = fields.Date.to_string(cls.months[back])
        return cls.make_invoice(unit.owner_id, amount, due, unit)

    @property
    def statement(self):
        return self.env["property.arrears.statement"].search(
            [("community_id", "=", self.community.id)]
        )

    def test_from_statement_to_closed_case(self):
        statements = self.env["property.arrears.statement"]
        (self.env["property.community"].search([]) - self.community).active = False
        with self.enter_registry_test_mode():
            self.env.ref(
                "property_fee_collection.cron_statements"
            ).method_direct_trigger()
        self.assertEqual(len(statements.search([])), 1)
        self.check_opened()
        self.tour("property_statement_sign", self.user_cs_head)
        self.check_signed()
        self.tour("property_statement_notices", self.user_cs)
        self.check_delivered()
        invoice = self.lin.owner_id.invoice_ids
        self.tour(
            "property_statement_pay",
            self.user_finance,
            f"/odoo/action-account.action_move_out_invoice/{invoice.id}",
        )
        self.check_paid(invoice)
        case = self.case_of(self.lin.owner_id)
        self.tour(
            "property_statement_closed",
            self.user_cs,
            "/odoo/action-property_fee_collection.action_property_collection_case/"
            f"{case.id}",
        )

    def check_opened(self):
        statement = self.statement
        self.assertEqual(statement.period, self.months[1].replace(day=1))
        self.assertEqual(
            [
                (line.partner_name, line.closing, line.months_unpaid, line.outlook)
                for line in statement.line_ids
            ],
            [
                ("Lin Mei", 275.80, 1, "demand"),
                ("Chen Hao", 750.0, 3, "again"),
                ("Wang Jun", 100.0, 1, "demand"),
                ("Zhao Li", 0.0, 0, "none"),
            ],
        )
        self.assertEqual(statement.total_difference, 0.0)

    def check_signed(self):
        statement = self.statement
        self.assertEqual(statement.state, "signed")
        self.assertEqual(statement.signed_by, self.user_cs_head)
        notices = statement.notice_ids.sorted("sort_key")
        self.assertEqual(
            [
                (notice.partner_id.name, notice.state, notice.amount_total)
                for notice in notices
            ],
            [("Lin Mei", "draft", 275.80), ("Chen Hao", "draft", 750.0)],
        )

    def check_delivered(self):
        notices = self.statement.notice_ids.sorted("sort_key")
        self.assertEqual(notices.mapped("state"), ["acknowledged", "issued"])
        lin = notices[0]
        self.assertTrue(lin.attachment_id.raw.startswith(b"%PDF"))
        self.assertEqual(lin.delivery_ids.user_id, self.user_cs)
        # Seven days from the day of issue.
        self.assertEqual((lin.deadline - lin.date_issued).days, 7)

    def check_paid(self, invoice):
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(self.case_of(self.lin.owner_id).state, "closed")
        self.assertEqual(self.case_of(self.chen.owner_id).state, "open")
        # What was issued stays as it was.
        self.assertEqual(
            self.statement.notice_ids.sorted("sort_key")[0].amount_total, 275.80
        )
