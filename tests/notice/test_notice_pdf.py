"""The documents themselves: language, contents, order, cutting."""

import hashlib
import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo.tests import tagged

from ...models.notice import property_notice_pdf
from ...models.notice.pdf_pages import MARKER, mend_table, merge, split
from .common import JAN, NoticeCommon

# Units of the owners with long names.
LENGTHS = (7, 9, 11, 15, 19, 25, 33)
TITLES = {"zh_TW": "繳費通知單", "zh_CN": "缴费通知单"}


@tagged("post_install", "-at_install")
class TestNoticePdf(NoticeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code, title in TITLES.items():
            cls.env["res.lang"]._activate_lang(code)
            # The words are the translators'; here it is asked which ones are taken.
            cls.env.ref(
                "property_fee_collection.report_notice_payment_document"
            ).update_field_translations("arch_db", {code: {"Payment Notice": title}})
        cls.community.write(
            {
                "payment_place": "Service centre, ground floor",
                "service_phone": "0755-88886611",
                "partner_bank_id": cls.env["res.partner.bank"]
                .create(
                    {
                        "partner_id": cls.company.partner_id.id,
                        "acc_number": "6222020011112222",
                        "allow_out_payment": True,
                    }
                )
                .id,
            }
        )

    def text_of(self, notice):
        return "".join(self.pages(notice._stored_pdf()))

    def test_languages(self):
        self.lin.lang, self.hale.lang = "zh_TW", "zh_CN"
        english = self.env["res.partner"].create({"name": "Gaskell", "lang": "en_US"})
        self.owned("301", 10, english)
        run = self.issued(JAN)
        # 675.50, 336.00 and 10 m² at 2.8 = 28.00
        text = self.text_of(self.notice_of(run, self.lin))
        self.assertIn("繳費通知單", text)
        self.assertIn("陸佰柒拾伍元伍角", text)
        text = self.text_of(self.notice_of(run, self.hale))
        self.assertIn("缴费通知单", text)
        self.assertIn("叁佰叁拾陆元整", text)
        text = self.text_of(self.notice_of(run, english))
        self.assertIn("PaymentNotice", text)
        self.assertIn("Twenty-Eight", text)

    def test_everything_of_section_3(self):
        notice = self.notice_of(self.issued(JAN), self.lin)
        text = self.text_of(notice)
        for word in (
            notice.name,
            "Lin",
            "SunriseGarden",
            "1101",
            "2201",
            "Propertyfee",
            "91.25m²",
            "2.8",
            "255.50",
            "675.50",
            "01/10/2026",
            "Servicecentre,groundfloor",
            "6222020011112222",
            "0755-88886611",
            "Stub",
            "CustomerCopy",
            "Signature",
            "Relation",
        ):
            self.assertIn(word, text)
        # The due date stands on the customer copy and on the stub.
        self.assertEqual(text.count("01/10/2026"), 2)

    def test_meter_readings_are_printed(self):
        energy = self.make_item("Energy fee", "EN", "meter")
        self.make_rate(0.5, energy)
        meter = self.env["property.meter"].create(
            {"unit_id": self.unit_103.id, "fee_item_id": energy.id}
        )
        self.env["property.meter.reading"].create(
            [
                {"meter_id": meter.id, "date": "2025-12-31", "value": 100},
                {"meter_id": meter.id, "date": "2026-01-31", "value": 160},
            ]
        )
        notice = self.notice_of(self.issued(JAN), self.hale)
        # 336.00 and 60 kWh at 0.5
        self.assertEqual(notice.amount_total, 366.0)
        text = self.text_of(notice)
        self.assertIn("60kWh", text)
        self.assertIn("100→160", text)

    def test_print_file_in_room_order(self):
        """101 and 103 stand in building 1; a customer stands at his first unit."""
        third = self.env["res.partner"].create({"name": "Gaskell"})
        self.owned("9", 10, third)
        run = self.issued(JAN)
        pages = self.pages(run.notice_ids._print_file())
        self.assertEqual(len(pages), 3)
        for page, name in zip(pages, ("Gaskell", "Lin", "Hale"), strict=True):
            self.assertIn(name, page)
        # Cancelled ones are not handed out.
        self.notice_of(run, self.hale).action_cancel()
        self.assertEqual(len(self.pages(run.notice_ids._print_file())), 2)

    def test_120_notices_one_of_two_pages(self):
        """119 customers with one unit and one with 45: 121 pages, none empty."""
        partners = self.env["res.partner"].create(
            [{"name": f"Owner {n:03}"} for n in range(118)]
        )
        self.env["property.unit"].create(
            [
                {
                    "name": str(1000 + n),
                    "building_id": self.second.id,
                    "floor_area": 50,
                    "owner_id": partner.id,
                    "occupancy_status": "owner_occupied",
                }
                for n, partner in enumerate([*partners, *[self.hale] * 44])
            ]
        )
        run = self.invoiced(JAN)
        drafts = run._draft_notices()
        self.assertEqual(len(drafts), 120)
        drafts._issue()
        self.assertEqual(set(drafts.mapped("state")), {"issued"})
        for notice in drafts:
            pages = self.pages(notice.attachment_id.raw)
            self.assertEqual(len(pages), 2 if notice.partner_id == self.hale else 1)
            self.assertIn(notice.name, pages[0])
            self.assertIn(notice.name, pages[-1])
            self.assertEqual(
                notice.sha256, hashlib.sha256(notice.attachment_id.raw).hexdigest()
            )
        long = drafts.filtered(lambda n: n.partner_id == self.hale)
        first, last = self.pages(long.attachment_id.raw)
        self.assertIn("AreaorUsage", last)
        self.assertIn("1161", first + last)
        self.assertEqual(len(self.pages(drafts._print_file())), 121)

    def long_run(self):
        """Notices of 7 to 33 units, all but one in a building of 15 characters, for an
        item of 20, in three languages; room numbers with hyphens."""
        building = self.env["property.building"].create(
            {"name": "翠湖花園二期A區12棟商業綜合樓", "community_id": self.community.id}
        )
        gate = self.env["property.building"].create(
            {"name": "1號樓A單元", "community_id": self.community.id}
        )
        self.fee.name = "住宅前期物業管理服務費（含電梯及二次供水）"
        owners = self.env["res.partner"].create(
            [
                {"name": f"Owner {count}", "lang": ("zh_TW", "zh_CN", "en_US")[k % 3]}
                for k, count in enumerate(LENGTHS)
            ]
        )
        self.env["property.unit"].create(
            [
                {
                    "name": f"{count}-{room:02}",
                    "building_id": (gate if count == 11 else building).id,
                    "floor_area": 50,
                    "owner_id": owner.id,
                    "occupancy_status": "owner_occupied",
                }
                for owner, count in zip(owners, LENGTHS, strict=True)
                for room in range(count)
            ]
        )
        run = self.issued(JAN)
        return {
            count: self.notice_of(run, owner)
            for owner, count in zip(owners, LENGTHS, strict=True)
        }

    def check_pages(self, notices):
        """Every page from the second on says which of how many it is; each room stands
        whole on one page; total, payment part and stub are on the last."""
        for count, notice in notices.items():
            pages = self.pages(notice._stored_pdf())
            for number, text in enumerate(pages[1:], 2):
                label = f"{notice.name}·{notice.partner_name}·"
                label = label.replace(" ", "")
                self.assertIn(f"{label}{number}/{len(pages)}", text)
            self.assertIn(notice.name, pages[0])
            # Total to pay: on the customer copy and on the stub.
            total = f"{140.0 * count:,.2f}"
            self.assertGreaterEqual(pages[-1].count(total), 2)
            for room in range(4, count):
                name = f"{count}-{room:02}"
                self.assertEqual(sum(page.count(name) for page in pages), 1, name)

    def test_long_names_take_the_pages_they_say(self):
        """50 m² at 2.8 are 140.00 each. No page is printed twice: the estimate is on
        the safe side."""
        splits = []
        original = property_notice_pdf.split

        def counted(content, count, text=""):
            splits.append(count)
            return original(content, count, text)

        with patch.object(property_notice_pdf, "split", counted):
            notices = self.long_run()
        # One call a language; Lin and Hale have theirs in English with the third.
        self.assertEqual(sorted(splits), [2, 3, 4])
        self.check_pages(notices)

    def test_pages_that_overflow_are_printed_again(self):
        """Rows are said to be 4.5 mm high; those of three lines are some 14 mm."""
        with patch.object(property_notice_pdf, "row_height", lambda *args: 4.5):
            self.check_pages(self.long_run())

    def test_one_mark_a_notice(self):
        """Nothing but the mark has its colour; on paper it is white."""
        notice = self.notice_of(self.issued(JAN), self.lin)
        for page in PdfReader(io.BytesIO(notice._stored_pdf())).pages:
            marks = MARKER.findall(page.get_contents().get_data())
            self.assertEqual(len(marks), 1)

    def test_characters_as_they_were_written(self):
        """The radical U+2F3E stands for 户 U+6237 or 戶 U+6236, U+2ED1 for 长 or 長."""
        table = b"<0001> <2f3e> <0002> <2ED1> <0003> <0041>"
        self.assertEqual(
            mend_table(table, set("户长A")),
            b"<0001> <6237> <0002> <957f> <0003> <0041>",
        )
        self.assertEqual(
            mend_table(table, set("戶長A")),
            b"<0001> <6236> <0002> <9577> <0003> <0041>",
        )
        # Both are in use, and 戶 has a glyph of its own.
        self.assertEqual(
            mend_table(b"<0001> <2f3e> <0002> <6236>", set("户戶")),
            b"<0001> <6237> <0002> <6236>",
        )

    def test_simplified_text_stays_simplified(self):
        self.hale.write({"lang": "zh_CN", "name": "户长"})
        notice = self.notice_of(self.issued(JAN), self.hale)
        self.assertIn("户长", self.text_of(notice))

    def test_split_refuses_a_wrong_count(self):
        run = self.issued(JAN)
        together = merge([notice._stored_pdf() for notice in run.notice_ids])
        self.assertEqual(len(split(together, 2)), 2)
        with self.assertRaises(ValueError):
            split(together, 3)

    def test_link_of_the_qr_code(self):
        notice = self.notice_of(self.issued(JAN), self.lin)
        self.assertTrue(
            notice._pay_url().endswith(
                f"/my/notices/{notice.id}?access_token={notice.access_token}"
            )
        )
        # 16 random bytes
        self.assertEqual(len(notice.access_token), 22)
