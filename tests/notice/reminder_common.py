from freezegun import freeze_time

from odoo import fields

from .common import JAN, NoticeCommon

# In Taipei: 10 in the morning, ten days and three days before 10 January 2026.
TEN_BEFORE, THREE_BEFORE = "2025-12-31 02:00:00", "2026-01-07 02:00:00"
NIGHT_BEFORE = "2025-12-31 15:30:00"
DUE = "2026-01-10"


class ReminderCommon(NoticeCommon):
    """January, due on the 10th: Lin 675.50 (255.50 + 280.00 + 140.00), Hale 336.00.

    Lin has e-mail, phone and address; Hale has e-mail only.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Taipei"
        with freeze_time("2025-12-28 02:00:00"):
            cls.billing = cls.invoiced(JAN)
        cls.lin.write({"phone": "+886912345678", "street": "Long Street 5"})

    @classmethod
    def campaign(cls, before=10, **values):
        return (
            cls.env["property.reminder.campaign"]
            .with_user(cls.user_cs)
            .create(
                {
                    "community_id": cls.community.id,
                    "date_due": fields.Date.to_date(DUE),
                    "days_before": before,
                    **values,
                }
            )
        )

    @classmethod
    def started(cls, before=10, **values):
        campaign = cls.campaign(before, **values)
        campaign.action_start()
        return campaign.sudo()

    def rows_of(self, campaign):
        """[(customer, channel, state, reason)] in room order"""
        rows = campaign.sudo().reminder_ids.filtered("partner_id")
        return [
            (
                row.partner_id.name,
                row.channel or "",
                row.state,
                row.reason or "",
            )
            for row in rows.sorted(lambda r: (r.sort_key, r.id))
        ]

    def row_of(self, campaign, partner, channel):
        return campaign.sudo().reminder_ids.filtered(
            lambda row: row.partner_id == partner and row.channel == channel
        )

    def run_cron(self):
        cron = self.env.ref("property_fee_collection.cron_reminders")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def campaigns(self, community=None):
        return self.env["property.reminder.campaign"].search(
            [("community_id", "=", (community or self.community).id)],
            order="days_before desc",
        )
