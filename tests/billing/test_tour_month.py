"""The month on real screens in Chromium, each part by the user whose work it is."""

import hashlib
from datetime import date

from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingHttpCommon

from ..estate.ledger_common import LedgerCommon, unit_row, workbook
from ..notice.common import JAN, NoticeCommon

PATIENCE = 600  # seconds; a busy machine is no failure


class TourCommon(AccountTestInvoicingHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.user_cs | cls.user_cs_head | cls.user_finance
        # They work where the community is: their today is its today.
        users.tz = cls.company._property_tz()
        if "odoobot_state" in users._fields:
            # The bot greets new users; on a phone its greeting fills the screen.
            users.odoobot_state = "disabled"

    def tour(self, name, user=None, path="/odoo"):
        login = user and user.login
        self.start_tour(path, name, login=login, timeout=PATIENCE)
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestTourMonth(TourCommon, LedgerCommon):
    """Ledger at the end of January 2026, run of February, 2.50 a square metre.

    101  100 m²  Lin Mei   paid                       February 250.00
    102   80 m²  Lin Mei   paid                       February 200.00
    103   90 m²  Chen Hao  owes November to January   February 225.00, owes 3 × 225.00
    104   60 m²  Wang Jun  paid to the end of April   3 × 150.00 ahead, no charge
    105    ?     Bad Row   the area is no number      left out
    201  120 m²  Zhao Li   paid                       February 300.00
    202   70 m²  unsold    the developer pays         February 175.00
    203   50 m²  Sun Wei   a shop: no rate for it     exception
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_rate(2.5, unit_type="residential")
        content = workbook(
            cls.row("101", "Lin Mei", 100, "2026-01", phone="0912000101"),
            cls.row("102", "Lin Mei", 80, "2026-01", phone="0912000101"),
            cls.row("103", "Chen Hao", 90, "2025-10", monthsinarrears=3, arrears=675),
            cls.row("104", "Wang Jun", 60, "2026-04"),
            cls.row("105", "Bad Row", "待測", "2026-01"),
            cls.row("201", "Zhao Li", 120, "2026-01", building="2"),
            cls.row("202", None, 70, "2026-01", building="2", status="未售"),
            cls.row("203", "Sun Wei", 50, "2026-01", building="2", type="商鋪"),
        )
        # The browser fetches it from here to put it into the file input.
        cls.env["ir.attachment"].create(
            {
                "name": "owner_ledger.xlsx",
                "url": "/property_fee_collection/tour/owner_ledger.xlsx",
                "raw": content,
                "public": True,
            }
        )

    @classmethod
    def row(cls, room, owner, area, paidthrough, **values):
        return unit_row(
            room, owner, area=area, price=2.5, paidthrough=paidthrough, **values
        )

    @property
    def february(self):
        return self.env["property.billing.run"].search(
            [("community_id", "=", self.community.id)]
        )

    def test_from_ledger_to_notice(self):
        self.tour("property_month_import", path="/web/login")
        self.check_imported()
        self.tour("property_month_sign_cs", self.user_cs_head)
        self.check_half_signed()
        self.tour("property_month_invoice", self.user_finance)
        self.check_invoiced()
        self.tour("property_month_notices", self.user_cs)
        self.check_issued()

    def check_imported(self):
        record = self.env["property.ledger.import"].search(
            [("community_id", "=", self.community.id)]
        )
        self.assertEqual((record.state, record.user_id), ("done", self.user_cs))
        self.assertEqual(
            [(unit.name, unit.owner_id.name) for unit in self.community.unit_ids],
            [
                ("101", "Lin Mei"),
                ("102", "Lin Mei"),
                ("103", "Chen Hao"),
                ("104", "Wang Jun"),
                ("201", "Zhao Li"),
                ("202", False),
                ("203", "Sun Wei"),
            ],
        )
        self.assertEqual(len((self.unit("101") | self.unit("102")).owner_id), 1)
        self.assertEqual(
            [
                (move.property_period, move.partner_id.name, move.amount_residual)
                for move in self.openings(record)
            ],
            [
                (date(2025, 11, 1), "Chen Hao", 225.0),
                (date(2025, 12, 1), "Chen Hao", 225.0),
                (date(2026, 1, 1), "Chen Hao", 225.0),
            ],
        )
        ahead = self.env["account.move.line"].search(
            [("account_id", "=", self.advance_account.id)]
        )
        self.assertEqual(
            [(line.partner_id.name, line.credit) for line in ahead],
            [("Wang Jun", 450.0)],
        )

    def check_half_signed(self):
        run = self.february
        self.assertEqual((run.state, run.period), ("computed", date(2026, 2, 1)))
        self.assertEqual(run.cs_signed_by, self.user_cs_head)
        self.assertFalse(run.finance_signed_by)
        # 250 + 200 + 225 + 300 + 175
        self.assertEqual(run.amount_total, 1150.0)
        self.assertEqual(
            self.charges_of(run),
            [
                ("101", "Lin Mei", "PF", 250.0),
                ("102", "Lin Mei", "PF", 200.0),
                ("103", "Chen Hao", "PF", 225.0),
                ("201", "Zhao Li", "PF", 300.0),
                ("202", "Sunrise Developer", "PF", 175.0),
            ],
        )
        self.assertEqual(self.problems_of(run), [("203", "no_rate")])
        accepted = run.exception_ids
        self.assertEqual(accepted.state, "accepted")
        self.assertEqual(accepted.reason, "Shops are billed by contract")
        self.assertEqual(accepted.accepted_by, self.user_cs_head)

    def check_invoiced(self):
        run = self.february
        self.assertEqual((run.state, run.invoice_progress), ("invoiced", 100.0))
        self.assertEqual(run.cs_signed_by, self.user_cs_head)
        self.assertEqual(run.finance_signed_by, self.user_finance)
        moves = run.move_ids.sorted(lambda move: move.property_unit_id.sort_key)
        self.assertEqual(
            [
                (move.property_unit_id.name, move.partner_id.name, move.amount_residual)
                for move in moves
            ],
            [
                ("101", "Lin Mei", 250.0),
                ("102", "Lin Mei", 200.0),
                ("103", "Chen Hao", 225.0),
                ("201", "Zhao Li", 300.0),
                ("202", "Sunrise Developer", 175.0),
            ],
        )
        self.assertEqual(set(moves.mapped("state")), {"posted"})
        self.assertEqual(set(moves.mapped("invoice_date")), {date(2026, 2, 1)})
        # The community's due day is the 10th.
        self.assertEqual(set(moves.mapped("invoice_date_due")), {date(2026, 2, 10)})

    def check_issued(self):
        notices = self.february.notice_ids.sorted("sort_key")
        # Lin 250 + 200; Chen 3 × 225 + 225; Wang has paid and Sun Wei has no rate
        self.assertEqual(
            [(notice.partner_name, notice.amount_total) for notice in notices],
            [
                ("Lin Mei", 450.0),
                ("Chen Hao", 900.0),
                ("Zhao Li", 300.0),
                ("Sunrise Developer", 175.0),
            ],
        )
        self.assertEqual(set(notices.mapped("state")), {"issued"})
        self.assertEqual(set(notices.mapped("deadline")), {date(2026, 2, 10)})
        for notice in notices:
            self.assertTrue(notice.name.startswith("SRG-"))
            content = notice.attachment_id.raw
            self.assertTrue(content.startswith(b"%PDF"))
            self.assertEqual(notice.sha256, hashlib.sha256(content).hexdigest())


@tagged("post_install", "-at_install")
class TestTourDelivery(TourCommon, NoticeCommon):
    """Lin's notice of 255.50 + 280.00 + 140.00 = 675.50, handed over at the door."""

    browser_size = "390x844"
    touch_enabled = True

    def test_the_owner_signs_on_the_phone(self):
        # The walk takes place now, and now may be the middle of the night.
        self.company.write({"property_quiet_from": 0, "property_quiet_to": 0})
        run = self.issued(JAN)
        self.tour("property_delivery", self.user_cs)
        notice = self.notice_of(run, self.lin)
        self.assertEqual((notice.state, notice.amount_total), ("acknowledged", 675.5))
        delivery = notice.delivery_ids
        self.assertEqual(len(delivery), 1)
        self.assertEqual((delivery.channel, delivery.outcome), ("door", "acknowledged"))
        self.assertEqual((delivery.recipient, delivery.relation), ("Lin", "owner"))
        self.assertEqual(delivery.user_id, self.user_cs)
        self.assertTrue(delivery.signature)
        self.assertEqual(self.notice_of(run, self.hale).state, "issued")
