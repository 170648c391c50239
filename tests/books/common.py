import io

from odoo.tools.pdf import PdfReader

from ..collection.common import CollectionCommon


class BooksCommon(CollectionCommon):
    """An owner with two bills due, 100.00 of January and 200.00 of February 2026, and
    customer service that takes money into a cash journal of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.make_invoice(cls.owner, 100, "2026-01-10", cls.unit)
        cls.second = cls.make_invoice(cls.owner, 200, "2026-02-10", cls.unit)
        cls.till = cls.company_data["default_journal_cash"]
        cls.safe = cls.till.copy({"name": "Safe", "code": "SAFE"})
        cls.till.property_at_counter = True

    @classmethod
    def open_counter(cls, user=None, **values):
        return (
            cls.env["property.counter"]
            .with_user(user or cls.user_cs)
            .create({"partner_id": cls.owner.id, "journal_id": cls.till.id, **values})
        )

    @classmethod
    def take(cls, amount=None, user=None):
        """The receipt of a payment, oldest bills first."""
        counter = cls.open_counter(user)
        if amount is not None:
            counter.amount = amount
            counter.action_spread()
        action = counter.action_take()
        return cls.env["property.receipt"].browse(action["res_id"])

    @classmethod
    def unit_elsewhere(cls, community):
        building = cls.env["property.building"].create(
            {"name": "9", "community_id": community.id}
        )
        return cls.make_unit("909", building_id=building.id)

    @classmethod
    def receipts(cls):
        return cls.env["property.receipt"].search([("company_id", "=", cls.company.id)])

    @classmethod
    def void(cls, receipt, reason="Wrong customer"):
        finance = receipt.with_user(cls.user_finance)
        finance.void_reason = reason
        finance.action_void()

    @staticmethod
    def pages_of(content):
        return list(PdfReader(io.BytesIO(content)).pages)

    @classmethod
    def text_of(cls, content):
        texts = [page.extract_text() for page in cls.pages_of(content)]
        return "\n".join(texts).replace("\t", " ")
