"""A campaign on the screens of customer service, in Chromium."""

from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingHttpCommon

from .common import NoticeCommon

PATIENCE = 600  # seconds; a busy machine is no failure


@tagged("post_install", "-at_install")
class TestTourReminder(AccountTestInvoicingHttpCommon, NoticeCommon):
    """Due in ten days: Lin 675.50, Hale 336.00 and no phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"property_quiet_from": 0, "property_quiet_to": 0})
        today = cls.community._property_today()
        cls.due = today + timedelta(days=10)
        cls.billing = cls.invoiced(cls.due.replace(day=1))
        cls.billing.move_ids.invoice_date_due = cls.due
        cls.lin.phone = "+886912345678"
        campaigns = cls.env["property.reminder.campaign"]
        cls.opened = campaigns._open_due(cls.community, {cls.due})

    def test_from_preview_to_result(self):
        self.assertEqual(self.opened.days_before, 10)
        login = self.user_cs.login
        self.start_tour("/odoo", "property_reminder", login=login, timeout=PATIENCE)
        self.env.invalidate_all()
        self.assertEqual(self.opened.state, "done")
        rows = self.opened.reminder_ids
        mails = rows.filtered(lambda row: row.channel == "email")
        self.assertEqual(mails.partner_id, self.lin | self.hale)
        self.assertEqual(mails.delivery_id.user_id, self.user_cs)
        self.assertFalse(rows.filtered(lambda row: row.channel == "sms"))
        self.assertEqual(set(self.opened.notice_ids.mapped("state")), {"issued"})
