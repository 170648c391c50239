"""The documents themselves (procedure, section 3) and the lines they do not cross."""

import io
from unittest.mock import patch

from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import tagged

from .notice_common import CollectionNoticeCommon

NOW = "2026-04-02 03:00:00"
# In no kind of document, in no language.
FORBIDDEN = (
    "cutoff",
    "cut off",
    "disconnect",
    "electricity",
    "water",
    "heating",
    "access",
    "door",
    "lift",
    "publish",
    "blacklist",
    "滯納金",
    "滞纳金",
    "停水",
    "停電",
    "停电",
    "門禁",
    "门禁",
    "公示",
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestNoticeDocument(CollectionNoticeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        bank = cls.env["res.partner.bank"].create(
            {
                "partner_id": cls.company.partner_id.id,
                "acc_number": "6222020011112222",
                "allow_out_payment": True,
            }
        )
        cls.community.write(
            {
                "payment_place": "Service centre, ground floor",
                "service_phone": "0755-88886611",
                "partner_bank_id": bank.id,
            }
        )
        cls.company.property_jurisdiction = "cn"
        with freeze_time(NOW):
            cls.january = cls.make_invoice(cls.lin, 100, "2026-01-10", cls.unit)
            cls.february = cls.make_invoice(cls.lin, 100, "2026-02-10", cls.unit)
            cls.march = cls.make_invoice(cls.lin, 100, "2026-03-10", cls.unit_201)
            cls.statement = cls.make_statement("2026-03-01")

    def check(self, text, *words):
        for word in words:
            self.assertIn("".join(word.split()), text)

    def letter(self, **values):
        lawyer = self.env["res.partner"].create(
            {"name": "Porter", "phone": "010-66668888"}
        )
        firm = self.env["res.partner"].create({"name": "Porter & Co."})
        self.open_cases()
        # The gate to law has its own tests.
        gate = patch.object(
            self.env.registry["property.collection.case"], "_check_gate"
        )
        self.startPatcher(gate)
        legal = (
            self.env["property.legal.case"]
            .sudo()
            .create(
                {
                    "case_id": self.case_of(self.lin).id,
                    "lawyer_id": lawyer.id,
                    "firm_id": firm.id,
                    "authority": "Power of attorney of 1 April 2026",
                    "stage": "approved",
                    **values,
                }
            )
        )
        return self.make_notice(months=13, statement_id=False, legal_case_id=legal.id)

    def test_demand(self):
        notice = self.issue(self.make_notice(months=3))
        text = self.text_of(notice)
        self.check(
            text,
            notice.name,
            "Copy 1 of 2",
            "Copy 2 of 2",
            "Lin",
            "Sunrise Garden",
            "1 101",
            "2 201",
            "January 2026",
            "February 2026",
            "March 2026",
            "01/10/2026",
            "100.00",
            "300.00",
            "Three Hundred",
            "04/09/2026",
            "6222020011112222",
            "Service centre, ground floor",
            "0755-88886611",
            "the property service contract of Sunrise Garden",
            "If you do not agree",
            "Acknowledgement of Delivery",
            "Relation",
            "Signed for",
            "Refused",
            "Left, with photo and witness",
            "Tracking No.",
            "Electronic",
        )
        # A first demand neither speaks of the court nor of a late fee there is none of.
        for word in ("court", "LateFee", "Earliernotices"):
            self.assertNotIn(word, text)

    def test_two_copies_are_two_pages(self):
        notice = self.issue(self.make_notice(months=3))
        pages = PdfReader(io.BytesIO(notice._stored_pdf())).pages
        self.assertEqual(len(pages), 2)

    def test_capitals(self):
        """300 in the two scripts."""
        for lang, words in (("zh_TW", "參佰元整"), ("zh_CN", "叁佰元整")):
            self.env["res.lang"]._activate_lang(lang)
            self.lin.lang = lang
            notice = self.issue(self.make_notice(months=3))
            self.assertIn(words, self.text_of(notice))
            notice.with_user(self.user_cs).action_cancel()

    def test_late_fee_stands_apart(self):
        """0.05 % a day. January: 21 + 28 + 31 + 2 = 82 days, 4.10; February: 18 + 31 +
        2 = 51 days, 2.55; March: 21 + 2 = 23 days, 1.15. Together 7.80."""
        self.company.write(
            {
                "property_late_fee": True,
                "property_late_fee_rate": 0.05,
                "property_late_fee_cap": 30,
                "property_late_fee_grace_days": 0,
            }
        )
        notice = self.issue(self.make_notice(months=3))
        charges = notice.line_ids.filtered(lambda line: line.type == "charge")
        self.assertEqual(
            charges.sorted("sequence").mapped("amount_late_fee"), [4.1, 2.55, 1.15]
        )
        self.assertEqual(notice.amount_principal, 300.0)
        self.assertEqual(notice.amount_late_fee, 7.8)
        self.assertEqual(notice.amount_total, 307.8)
        self.check(
            self.text_of(notice),
            "300.00",
            "7.80",
            "307.80",
            "Simple, 0.05 % a day on what is unpaid of each bill, at most 30 % of the "
            "bill, up to 04/02/2026",
        )

    def test_the_late_fee_is_capped_by_the_bill(self):
        """1,000.00 due on 10 November 2025, 900.00 paid on 30 November: 20 days at 1 %
        of 1,000.00 are 200.00 already, more than 10 % of the bill: 100.00, though
        100.00 are unpaid."""
        self.company.write(
            {
                "property_late_fee": True,
                "property_late_fee_rate": 1,
                "property_late_fee_cap": 10,
            }
        )
        self.pay(self.january | self.february | self.march, day="2026-01-10")
        late = self.make_invoice(self.lin, 1000.0, "2025-11-10", self.unit)
        self.pay(late, 900.0, "2025-11-30")
        notice = self.issue(self.make_notice(months=3))
        self.assertEqual(notice.amount_principal, 100.0)
        self.assertEqual(
            notice.late_fee_note,
            "Simple, 1 % a day on what is unpaid of each bill, at most 10 % of the "
            "bill, up to 04/02/2026",
        )
        self.assertEqual(notice.amount_late_fee, 100.0)

    def test_dispute_is_printed_apart(self):
        """All of February is disputed: 200 are asked for."""
        self.env["property.dispute"].create(
            {"move_id": self.february.id, "amount": 100, "cause": "billing"}
        )
        text = self.text_of(self.issue(self.make_notice(months=3)))
        self.check(
            text,
            "Not part of the total, because it is in dispute",
            "In dispute and not part of the total: $ 100.00",
            "$ 200.00",
        )

    def final(self):
        demand = self.issue(self.make_notice(months=3))
        return demand, self.issue(self.make_notice(months=6))

    def test_final_notice(self):
        demand, final = self.final()
        self.check(
            self.text_of(final),
            "Final Notice",
            "04/17/2026",
            "Earlier notices",
            demand.name,
            "no delivery on record",
            "article 944",
            "people's court",
        )

    def test_the_law_of_the_place(self):
        for jurisdiction, said, unsaid in (
            ("tw", "Condominium Administration Act, article 21", "article 944"),
            ("none", "before the competent court", "article"),
        ):
            self.company.property_jurisdiction = jurisdiction
            final = self.issue(self.make_notice(months=6))
            text = self.text_of(final)
            self.check(text, said)
            self.assertNotIn("".join(unsaid.split()), text)
            final.with_user(self.user_cs).action_cancel()

    def test_contract_basis(self):
        """The community's, else the company's, else by law; as it was when issued."""
        self.company.property_contract_basis = "Contract of the company"
        first = self.issue(self.make_notice(months=1))
        self.community.contract_basis = "Contract of the garden"
        second = self.issue(self.make_notice(months=3))
        self.assertEqual(first.contract_basis, "Contract of the company")
        self.assertEqual(second.contract_basis, "Contract of the garden")
        self.check(self.text_of(second), "Contract of the garden")

    def test_lawyers_letter(self):
        demand, final = self.final()
        notice = self.issue(self.letter(), self.user_manager)
        self.assertEqual(notice.amount_total, 300.0)
        text = self.text_of(notice)
        self.check(
            text,
            "Lawyer's Letter",
            "Porter & Co.",
            "Porter",
            "Power of attorney of 1 April 2026",
            "Lin",
            "For January 2026",
            "1 × 100",
            "300.00",
            demand.name,
            final.name,
            "article 944",
            "04/17/2026",
            "6222020011112222",
            "010-66668888",
            "Seal and signature",
        )

    def test_no_letter_without_a_decision(self):
        notice = self.letter()
        for stage in ("proposed", "filed", "closed"):
            notice.sudo().legal_case_id.stage = stage
            with self.assertRaisesRegex(UserError, "legal case"):
                self.issue(notice, self.user_manager)

    def test_lines_that_are_not_crossed(self):
        _demand, final = self.final()
        letter = self.issue(self.letter(), self.user_manager)
        for notice in (_demand, final, letter):
            text = self.text_of(notice).lower()
            for word in FORBIDDEN:
                self.assertNotIn("".join(word.split()), text, notice.kind)

    def test_preview_of_a_draft(self):
        notice = self.make_notice(months=3)
        action = notice.with_user(self.user_cs).action_preview_pdf()
        self.assertEqual(action["url"], f"/property/notice/{notice.id}/preview.pdf")
        content = notice.with_user(self.user_cs)._preview_pdf()
        pages = PdfReader(io.BytesIO(content)).pages
        text = "".join("".join(page.extract_text().split()) for page in pages)
        self.check(text, "Draft: not issued", "300.00", "04/09/2026")
        self.assertFalse(notice.attachment_id)
        self.assertFalse(notice.name)
        self.assertEqual(notice.state, "draft")

    def test_what_was_issued_stays(self):
        notice = self.issue(self.make_notice(months=3))
        content, lines = notice._stored_pdf(), self.lines_of(notice)
        self.pay(self.january)
        self.lin.name = "Lin-Chen"
        self.env.invalidate_all()
        self.assertEqual(notice._stored_pdf(), content)
        self.assertEqual(self.lines_of(notice), lines)
        self.assertEqual(notice.amount_total, 300.0)
        with self.assertRaises(UserError):
            notice.sudo().line_ids[:1].amount_late_fee = 5

    def test_a_long_notice(self):
        """A developer with 70 units: each is listed once in each of the two copies,
        all pages carry their numbers."""
        units = self.env["property.unit"].create(
            [
                {
                    "name": str(3000 + n),
                    "building_id": self.building.id,
                    "floor_area": 50,
                    "owner_id": self.developer.id,
                }
                for n in range(70)
            ]
        )
        for unit in units:
            self.make_invoice(self.developer, 10, "2026-03-10", unit)
        notice = self.issue(self.make_notice(self.developer, months=1))
        self.assertEqual(notice.amount_total, 700.0)
        pages = [
            "".join(page.extract_text().split())
            for page in PdfReader(io.BytesIO(notice._stored_pdf())).pages
        ]
        self.assertEqual(len(pages) % 2, 0)
        count = len(pages) // 2
        self.assertGreater(count, 1)
        for number, page in enumerate(pages[:count], 1):
            if number > 1:
                self.assertIn(f"{number}/{count}", page)
        text = "".join(pages)
        for unit in units[4:]:
            self.assertEqual(text.count(f"1{unit.name}"), 2, unit.name)
