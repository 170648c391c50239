from contextlib import contextmanager
from datetime import datetime

from odoo import fields
from odoo.exceptions import UserError

from .common import CollectionCommon


class ContactCommon(CollectionCommon):
    """The owner of 101 owes 300.00 since 10 January 2026; Taipei time. Nights last from
    22:00 to 08:00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Taipei"
        cls.invoice = cls.make_invoice(cls.owner, 300.0, "2026-01-10", cls.unit)

    @contextmanager
    def refused(self, words, error=UserError):
        """What is refused leaves nothing behind, and says why."""
        with self.assertRaises(error) as caught:
            yield
        self.assertRegex(str(caught.exception), words)

    @classmethod
    def opened(cls):
        return cls.open_cases() or cls.case_of(cls.owner)

    @classmethod
    def at(cls, text):
        return datetime.fromisoformat(text)

    @classmethod
    def contact(cls, case, when, channel="phone", outcome="no_answer", **values):
        """``when``: UTC, as the server has it."""
        return cls.env["property.contact"].create(
            {
                "case_id": case.id,
                "channel": channel,
                "date": cls.at(when),
                "outcome": outcome,
                **values,
            }
        )

    @classmethod
    def promise(cls, case, amount, day, **values):
        return case.env["property.promise"].create(
            {
                "case_id": case.id,
                "amount": amount,
                "date": fields.Date.to_date(day),
                **values,
            }
        )

    @classmethod
    def reminders(cls, case):
        kind = cls.env.ref("property_fee_collection.activity_collect")
        return case.activity_ids.filtered(lambda row: row.activity_type_id == kind)

    @classmethod
    def say(cls, case, user=None, **values):
        """The wizard as the collector fills it in."""
        wizard = cls.env["property.contact.record"].with_user(user or cls.user_cs)
        return wizard.create({"case_id": case.id, **values})
