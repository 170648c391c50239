"""Deliveries are evidence: complete, in one's own name, and never taken back."""

from base64 import b64decode

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import JAN, PIXEL, NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeEvidence(NoticeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Taipei"
        with freeze_time("2026-03-02 02:00:00"):
            cls.billing = cls.issued(JAN)
        cls.notice = cls.billing.notice_ids.filtered(lambda n: n.partner_id == cls.lin)

    def note(self, outcome, channel="counter", user=None, **values):
        """What a client may send."""
        rows = self.env["property.delivery"].with_user(user or self.user_cs)
        return rows.create(
            {
                "notice_id": self.notice.id,
                "channel": channel,
                "outcome": outcome,
                **values,
            }
        )

    def picture(self, **values):
        file = {"name": "stub.png", "raw": b64decode(PIXEL), **values}
        return [Command.create(file)]

    def signed(self):
        return self.note("acknowledged", recipient="Lin", attachment_ids=self.picture())

    @freeze_time("2026-03-03 02:00:00")
    def test_signed_needs_name_and_proof(self):
        self.company.partner_id.tz = "Asia/Taipei"
        for channel in ("door", "counter"):
            for values in (
                {},
                {"recipient": "Lin"},
                {"signature": PIXEL},
                {"recipient": "  ", "signature": PIXEL},
                {"recipient": "Lin", "attachment_ids": self.picture(raw=b"")},
            ):
                with self.assertRaises(UserError):
                    self.note("acknowledged", channel, **values)
            with self.assertRaises(UserError):
                self.note("delivered", channel)
        self.assertEqual(self.notice.state, "issued")
        self.note("acknowledged", "door", recipient="Lin", signature=PIXEL)
        self.assertEqual(self.notice.state, "acknowledged")

    def test_a_picture_is_a_proof(self):
        row = self.signed()
        self.assertEqual(self.notice.state, "acknowledged")
        self.assertEqual(row.user_id, self.user_cs)
        self.assertEqual(row.attachment_ids.res_id, row.id)

    def test_channels(self):
        for outcome, channel in (
            ("posted", "counter"),
            ("electronic", "door"),
            ("posted", "registered"),
        ):
            with self.assertRaises(UserError):
                self.note(outcome, channel)
        row = self.note("posted", "registered", tracking_ref="EMS 1")
        with self.assertRaises(UserError):
            row.tracking_ref = " "
        self.note("posted", "letter")
        self.note("refused", witness="Guard Chen")
        self.note("not_met")

    def test_only_the_system_notes_electronic_ones(self):
        for channel, outcome in (("email", False), ("portal", "electronic")):
            for user in (self.user_cs, self.user_company):
                with self.assertRaises(AccessError):
                    self.note(outcome, channel, user)

    def test_in_ones_own_name(self):
        with self.assertRaises(AccessError):
            self.note("not_met", user_id=self.user_cs_head.id)
        row = self.note("not_met", user=self.user_manager, user_id=self.user_cs.id)
        self.assertEqual(row.user_id, self.user_cs)

    @freeze_time("2026-03-03 12:00:00")
    def test_between_issue_and_now(self):
        """Issued on 2 March, which began in Taipei at 16:00 UTC of the day before."""
        self.company.partner_id.tz = "Asia/Taipei"
        for date in ("2026-03-03 12:01:00", "2026-03-01 15:59:00"):
            with self.assertRaises(UserError):
                self.note("not_met", date=date)
        self.note("not_met", date="2026-03-01 16:01:00")
        self.note("not_met", date="2026-03-03 12:00:00")

    def test_pictures_stay(self):
        row = self.signed()
        file = row.attachment_ids
        for commands in (
            [Command.clear()],
            [Command.unlink(file.id)],
            [Command.delete(file.id)],
            [Command.set([])],
            [Command.update(file.id, {"raw": b"x"})],
            [Command.clear(), *self.picture(name="other.png")],
        ):
            for record in (row, row.sudo()):
                with self.assertRaises(UserError):
                    record.write({"attachment_ids": commands})
        for record in (file, file.sudo()):
            for vals in ({"raw": b"x"}, {"datas": PIXEL}, {"res_id": 0}, {"name": "x"}):
                with self.assertRaises(UserError):
                    record.write(vals)
            with self.assertRaises(UserError):
                record.unlink()
        row.write({"attachment_ids": self.picture(name="another.png")})
        self.assertEqual(len(row.attachment_ids), 2)
        self.assertEqual(set(row.attachment_ids.mapped("res_id")), {row.id})

    def test_signatures_stay(self):
        row = self.note("acknowledged", recipient="Lin", signature=PIXEL)
        files = self.env["ir.attachment"].sudo()
        file = files.search(
            [
                ("res_model", "=", row._name),
                ("res_id", "=", row.id),
                ("res_field", "=", "signature"),
            ]
        )
        self.assertEqual(len(file), 1)
        with self.assertRaises(UserError):
            file.write({"raw": b"x"})
        with self.assertRaises(UserError):
            file.unlink()

    def test_other_records_files_are_no_pictures(self):
        bundle = {"name": "bundle.png", "raw": b"x", "public": True}
        files = self.env["ir.attachment"].sudo()
        for file in (self.notice.sudo().attachment_id, files.create(bundle)):
            with self.assertRaises(UserError):
                self.note("not_met", attachment_ids=[Command.link(file.id)])

    def test_void_is_final(self):
        row = self.signed()
        with self.assertRaises(UserError):
            row.void_reason = "   "
        row.void_reason = "Wrong door"
        self.assertEqual(self.notice.state, "issued")
        for reason in (False, "", "Another"):
            with self.assertRaises(UserError):
                row.void_reason = reason

    @freeze_time("2026-03-03 15:00:00")
    def test_quiet_where_the_company_works(self):
        """15:00 UTC is 23:00 in Shanghai and 10:00 in New York."""
        self.company.partner_id.tz = "Asia/Shanghai"
        self.user_cs.tz = "America/New_York"
        with self.assertRaisesRegex(UserError, "23:00"):
            self.note("not_met", "door")

    def test_time_zone_of_a_company(self):
        company, community = self.company, self.community
        self.env.user.tz = "Europe/Paris"
        company.partner_id.tz = community.manager_id.tz = False
        for country, zone in (
            ("base.cn", "Asia/Shanghai"),
            ("base.tw", "Asia/Taipei"),
            ("base.hk", "Asia/Hong_Kong"),
        ):
            company.country_id = self.env.ref(country)
            self.assertEqual(company._property_tz(community), zone)
        community.manager_id.tz = "Asia/Macau"
        self.assertEqual(company._property_tz(community), "Asia/Macau")
        company.partner_id.tz = "Asia/Tokyo"
        self.assertEqual(company._property_tz(community), "Asia/Tokyo")
        company.partner_id.tz = community.manager_id.tz = False
        company.country_id = False
        self.assertEqual(company._property_tz(community), "Europe/Paris")
        self.env.user.tz = False
        self.assertEqual(company._property_tz(community), "UTC")
