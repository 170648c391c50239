"""The customer's own page, and nobody else's."""

from odoo.tests import HttpCase, new_test_user, tagged

from .common import JAN, NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticePortal(NoticeCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.billing = cls.issued(JAN)
        cls.of_lin = cls.billing.notice_ids.filtered(lambda n: n.partner_id == cls.lin)
        cls.of_hale = cls.billing.notice_ids - cls.of_lin
        cls.user_lin = new_test_user(
            cls.env,
            "portal_lin",
            "base.group_portal",
            partner_id=cls.lin.id,
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def test_own_notices(self):
        self.authenticate("portal_lin", "portal_lin")
        page = self.url_open("/my/notices")
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.of_lin.name, page.text)
        self.assertNotIn(self.of_hale.name, page.text)
        page = self.url_open(f"/my/notices/{self.of_lin.id}")
        self.assertIn("675.50", page.text)
        # One pay link for each of the three invoices.
        for move in self.of_lin.move_ids:
            self.assertIn(f"/my/invoices/{move.id}?access_token=", page.text)
        pdf = self.url_open(f"/my/notices/{self.of_lin.id}/pdf")
        self.assertEqual(pdf.content, self.of_lin._stored_pdf())
        self.assertEqual(self.url_open("/my/notices?sortby=nonsense").status_code, 200)
        self.assertEqual(self.url_open("/my/home").status_code, 200)

    def test_seen_by_the_customer_is_a_delivery_once(self):
        self.authenticate("portal_lin", "portal_lin")
        for _time in range(2):
            self.url_open(f"/my/notices/{self.of_lin.id}")
        self.assertEqual(self.of_lin.delivery_ids.mapped("channel"), ["portal"])
        self.assertEqual(self.of_lin.state, "delivered")

    def test_not_other_peoples(self):
        self.authenticate("portal_lin", "portal_lin")
        for path in ("", "/pdf"):
            for token in (
                "",
                "?access_token=wrong",
                f"?access_token={self.of_lin.access_token}",
            ):
                url = f"/my/notices/{self.of_hale.id}{path}{token}"
                answer = self.url_open(url)
                self.assertNotIn(self.of_hale.name, answer.text)
                self.assertNotIn(b"%PDF", answer.content)
        self.assertFalse(
            self.env["property.notice"].with_user(self.user_lin).search([])
            - self.of_lin
        )
        attachment = self.url_open(f"/web/content/{self.of_hale.attachment_id.id}")
        self.assertEqual(attachment.status_code, 404)

    def test_with_the_printed_link(self):
        """The QR code: no login, the token is the key."""
        url = f"/my/notices/{self.of_hale.id}?access_token={self.of_hale.access_token}"
        page = self.url_open(url)
        self.assertIn(self.of_hale.name, page.text)
        self.assertFalse(self.of_hale.delivery_ids)
        self.pay(self.of_hale.move_ids)
        self.assertIn("is paid", self.url_open(url).text)
        self.assertNotIn(
            self.of_hale.name, self.url_open(f"/my/notices/{self.of_hale.id}").text
        )

    def test_print_file(self):
        url = f"/property/run/{self.billing.id}/notices.pdf"
        self.authenticate("portal_lin", "portal_lin")
        self.assertNotIn(b"%PDF", self.url_open(url).content)
        self.user_cs.password = "property_cs"
        self.authenticate("property_cs", "property_cs")
        answer = self.url_open(url)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(len(self.pages(answer.content)), 2)
