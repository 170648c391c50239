import io

from pypdf import PdfReader

from odoo import fields

from .common import CollectionCommon


class CollectionNoticeCommon(CollectionCommon):
    """Notices of a signed statement. The community lies in Asia/Taipei; Lin owns 101 of
    building 1 and 201 of building 2."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Taipei"
        cls.lin = cls.owner
        cls.lin.write(
            {"name": "Lin", "email": "lin@example.com", "phone": "+886912345678"}
        )
        cls.second = cls.env["property.building"].create(
            {"name": "2", "community_id": cls.community.id}
        )
        cls.unit_201 = cls.make_unit(
            "201", 50, owner=None, owner_id=cls.lin.id, building_id=cls.second.id
        )
        cls.steps = cls.env.ref("property_fee_collection.policy_default").step_ids

    @classmethod
    def make_statement(cls, period, **values):
        """A signed statement as it is, without what signing makes."""
        return (
            cls.env["property.arrears.statement"]
            .sudo()
            .create(
                {
                    "community_id": cls.community.id,
                    "period": period,
                    "state": "signed",
                    **values,
                }
            )
        )

    @classmethod
    def make_notice(cls, partner=None, months=1, statement=None, **values):
        """A draft of the step after so many months, as a signed statement makes it."""
        cls.open_cases()
        case = cls.case_of(partner or cls.lin)
        step = cls.steps.filtered(lambda step: step.months == months)
        return (
            cls.env["property.notice"]
            .sudo()
            .create(
                {
                    "kind": step.notice_kind,
                    "partner_id": case.partner_id.id,
                    "community_id": case.community_id.id,
                    "currency_id": case.currency_id.id,
                    "case_id": case.id,
                    "step_id": step.id,
                    "step_months": step.months,
                    "anchor_date": case.anchor_date,
                    "statement_id": (statement or cls.statement).id,
                    **values,
                }
            )
            .sudo(False)
        )

    @classmethod
    def issue(cls, notice, user=None):
        notice.with_user(user or cls.user_cs).action_issue()
        return notice

    def lines_of(self, notice):
        return [
            (line.type, line.unit_name or "", str(line.date_due or ""), line.amount)
            for line in notice.line_ids.sorted("sequence")
        ]

    def text_of(self, notice):
        """Words of the frozen PDF, without blanks."""
        pages = PdfReader(io.BytesIO(notice._stored_pdf())).pages
        return "".join("".join(page.extract_text().split()) for page in pages)

    @staticmethod
    def day(text):
        return fields.Date.to_date(text)
