"""Which bills of agreements are reminded of: what may be paid ahead is not, what is
billed later for a higher rate is a bill as any."""

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .reminder_common import ReminderCommon

DAY = "2026-01-03 04:00:00"


@tagged("post_install", "-at_install")
class TestReminderPrepaid(ReminderCommon):
    """Hale's 103 has 120 m² at 2.80, 336.00 a month; he pays twelve months from
    February on. From July on at 3.00 it is 24.00 more a month; of seven months left the
    last is free: 6 × 24.00 = 144.00, billed on 3 January and due on the 10th."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company._property_open_advance_account()
        cls.offer = cls.env["property.prepayment.offer"].create(
            {
                "name": "12 → 1",
                "months": 12,
                "free_months": 1,
                "price_rule": "rate",
                "payment_days": 7,
            }
        )

    def conclude(self, unit):
        agreement = self.env["property.prepayment"].create(
            {"unit_id": unit.id, "offer_id": self.offer.id, "date_from": "2026-02-01"}
        )
        agreement.action_confirm()
        return agreement

    def supplement(self):
        with freeze_time("2025-12-20 04:00:00"):
            agreement = self.conclude(self.unit_103)
            self.pay(agreement.move_id)
        self.make_rate(3.0, date_from=fields.Date.to_date("2026-07-01"))
        return agreement._adjust(fields.Date.to_date("2026-07-01"), None, "New rate")

    def owed(self):
        found = self.env["property.notice.composer"]._reminder_owed(
            self.community, fields.Date.to_date("2026-01-10")
        )
        return {
            self.env["res.partner"].browse(partner).name: owed.amount
            for partner, owed in found.items()
            if not owed.reason
        }

    @freeze_time(DAY)
    def test_supplement_is_reminded_of(self):
        bill = self.supplement()
        self.assertEqual(bill.amount_total, 144)
        self.assertEqual(str(bill.invoice_date_due), "2026-01-10")
        self.assertEqual(self.owed(), {"Lin": 675.5, "Hale": 480})
        self.pay(self.billing.move_ids)
        self.assertEqual(self.owed(), {"Hale": 144})
        due = self.env["property.reminder.campaign"]._due_dates()
        self.assertEqual(due[self.community], {bill.invoice_date_due})

    @freeze_time(DAY)
    def test_what_may_be_paid_ahead_is_not(self):
        """Eleven months of 201, 140.00 each, due on the 10th as well."""
        agreement = self.conclude(self.unit_201)
        self.assertEqual(str(agreement.move_id.invoice_date_due), "2026-01-10")
        self.assertEqual(self.owed(), {"Lin": 675.5, "Hale": 336})
        self.pay(self.billing.move_ids)
        self.assertFalse(self.owed())
        due = self.env["property.reminder.campaign"]._due_dates()
        self.assertNotIn(self.community, due)
