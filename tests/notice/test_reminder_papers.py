"""Posters, letters, labels and invitations."""

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sms.tests.common import SMSCase

from .reminder_common import TEN_BEFORE, ReminderCommon


@tagged("post_install", "-at_install")
@freeze_time(TEN_BEFORE)
class TestReminderPapers(ReminderCommon, SMSCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.community.write(
            {"payment_place": "Service centre", "service_phone": "010-88886666"}
        )

    def paper(self, campaign, what):
        return self.pages(campaign.with_user(self.user_cs)._print_paper(what))

    def test_poster_shows_nobody(self):
        campaign = self.campaign()
        for what, size in (("poster_a4", (595, 842)), ("poster_a3", (842, 1191))):
            content = campaign._print_paper(what)
            [text] = self.pages(content)
            for word in (
                "SunriseGarden",
                "January2026",
                "01/10/2026",
                "Servicecentre",
                "010-88886666",
                "payingayearahead",
            ):
                self.assertIn(word, text)
            for word in ("Lin", "Hale", "101", "255", "675.50", "336"):
                self.assertNotIn(word, text)
            self.assertEqual(self.size_of(content), size)

    def size_of(self, content):
        import io

        from pypdf import PdfReader

        box = PdfReader(io.BytesIO(content)).pages[0].mediabox
        return round(float(box.width)), round(float(box.height))

    def test_letters_and_labels(self):
        """In room order; Hale has no address and gets none."""
        self.assertEqual(
            self.rows_of(self.letters()),
            [
                ("Lin", "letter", "planned", ""),
                ("Hale", "letter", "skipped", "no postal address"),
            ],
        )

    def letters(self, **values):
        return self.campaign(
            by_sms=False,
            by_email=False,
            by_letter=True,
            by_poster=False,
            **values,
        )

    def test_letters_in_room_order(self):
        self.hale.street = "Short Street 9"
        campaign = self.letters()
        campaign.action_start()
        letters = self.paper(campaign, "letters")
        self.assertEqual(len(letters), 2)
        self.assertIn("LongStreet5", letters[0])
        self.assertIn("675.50", letters[0])
        self.assertIn("ShortStreet9", letters[1])
        [labels] = self.paper(campaign, "labels")
        self.assertLess(labels.index("LongStreet5"), labels.index("ShortStreet9"))
        self.assertNotIn("675.50", labels)
        campaign.action_letters_posted()
        row = self.row_of(campaign, self.lin, "letter")
        self.assertEqual(
            (row.state, row.delivery_id.outcome, row.cost), ("sent", "posted", 1.5)
        )
        self.assertEqual(row.notice_id.state, "delivered")
        with self.assertRaisesRegex(UserError, "no letter left"):
            campaign.action_letters_posted()

    def test_paid_before_it_is_posted(self):
        self.hale.street = "Short Street 9"
        campaign = self.letters()
        campaign.action_start()
        self.pay(self.invoice_of(self.billing, self.unit_103))
        self.assertEqual(len(self.paper(campaign, "letters")), 1)
        self.assertIn(("Hale", "letter", "skipped", "paid"), self.rows_of(campaign))

    def test_letters_only_to_whom_nothing_cheaper_reaches(self):
        self.hale.write({"street": "Short Street 9", "email": False})
        campaign = self.campaign(by_letter=True)
        rows = self.rows_of(campaign)
        self.assertIn(("Lin", "letter", "skipped", "a cheaper channel is used"), rows)
        self.assertIn(("Hale", "letter", "planned", ""), rows)
        campaign.letter_to_all = True
        self.assertIn(("Lin", "letter", "planned", ""), self.rows_of(campaign))

    def test_labels_go_on(self):
        """25 letters: 24 labels on the first sheet, one on the second."""
        campaign = self.letters().sudo()
        label = {"name": "Lin", "lines": ["Long Street 5"], "unit": "1 101"}
        page = [[label] * 3] * 8
        content = campaign._paper("labels", {"pages": [page, [[label]]]})
        pages = self.pages(content)
        self.assertEqual([page.count("LongStreet5") for page in pages], [24, 1])

    def test_invitation(self):
        """Page 1 says nothing about money; page 2 is the notice as it was issued."""
        campaign = self.campaign(
            by_sms=False,
            by_email=False,
            by_poster=False,
            by_event=True,
            event_name="Spring service day",
            event_date="2026-01-05 02:00:00",
            event_place="Garden pavilion",
            event_text="We check your meters.\nTea is served.",
        )
        campaign.action_start()
        first, second = self.paper(campaign, "invitations")
        for word in (
            "Springservice",
            "Gardenpavilion",
            "Wecheckyourmeters",
            "10:00",
            "LongStreet5",
        ):
            self.assertIn(word, first)
        for word in ("675.50", "pay", "due", "255.50"):
            self.assertNotIn(word, first)
        self.assertIn("675.50", second)

    def test_an_invitation_says_to_what(self):
        campaign = self.campaign(by_event=True)
        with self.assertRaisesRegex(UserError, "owners are invited"):
            campaign.action_start()
