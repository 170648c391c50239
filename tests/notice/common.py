import io

from pypdf import PdfReader

from ..billing.common import PropertyCommon

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
JAN, FEB = "2026-01-01", "2026-02-01"


class NoticeCommon(PropertyCommon):
    """Price 2.8 a square metre and month, invoices due on the 10th, no taxes.

    Lin owns 101 (91.25 m²: 255.50), 102 (100 m²: 280.00) and 201 (50 m²: 140.00);
    Hale owns 103 (120 m²: 336.00).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_rate(2.8)
        partners = cls.env["res.partner"].create(
            [
                {"name": "Lin", "email": "lin@example.com"},
                {"name": "Hale", "email": "hale@example.com"},
            ]
        )
        cls.lin, cls.hale = partners
        cls.second = cls.env["property.building"].create(
            {"name": "2", "community_id": cls.community.id}
        )
        cls.unit_201 = cls.owned("201", 50, cls.lin, building_id=cls.second.id)
        cls.unit_102 = cls.owned("102", 100, cls.lin)
        cls.unit_101 = cls.owned("101", 91.25, cls.lin)
        cls.unit_103 = cls.owned("103", 120, cls.hale)

    @classmethod
    def owned(cls, room, area, partner, **values):
        return cls.make_unit(room, area, owner=None, owner_id=partner.id, **values)

    @classmethod
    def invoiced(cls, period):
        """A run with both signatures and posted invoices."""
        run = cls.make_run(period)
        run.action_compute()
        cls.sign(run)
        run.with_user(cls.user_finance).action_create_invoices()
        return run

    @classmethod
    def issued(cls, period):
        run = cls.invoiced(period)
        run.with_user(cls.user_cs).action_issue_notices()
        return run

    def notice_of(self, run, partner):
        return run.notice_ids.filtered(
            lambda n: n.partner_id == partner and n.state != "cancelled"
        )

    @classmethod
    def invoice_of(cls, run, unit):
        return run.move_ids.filtered(lambda move: move.property_unit_id == unit)

    @classmethod
    def pay(cls, moves, amount=None):
        """Receive money on the bank for invoices, reconciled with them."""
        wizard = (
            cls.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=moves.ids)
            .create({"group_payment": True})
        )
        if amount is not None:
            wizard.amount = amount
        method = wizard.payment_method_line_id
        if not method.payment_account_id:
            method.payment_account_id = (
                cls.inbound_payment_method_line.payment_account_id
            )
        return wizard._create_payments()

    @classmethod
    def deliver(cls, notice, outcome, **values):
        """Now, at the counter, where nobody sleeps."""
        return cls.env["property.delivery"].create(
            {
                "notice_id": notice.id,
                "channel": "counter",
                "outcome": outcome,
                **values,
            }
        )

    def pages(self, content):
        """Texts of the pages of a PDF, without blanks."""
        return [
            "".join(page.extract_text().split())
            for page in PdfReader(io.BytesIO(content)).pages
        ]

    def lines_of(self, notice):
        return [
            (line.type, line.unit_name, line.amount)
            for line in notice.line_ids.sorted("sequence")
        ]
