"""The script that brings a database of the version before up to this one."""

import importlib.util

from odoo.tests import tagged
from odoo.tools import file_path

from .common import BooksCommon

PLACE = "property_fee_collection/migrations/19.0.1.3.0/post-payment-communities.py"


@tagged("post_install", "-at_install")
class TestBooksMigration(BooksCommon):
    def pay(self, moves):
        payments = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=moves.ids)
            .create({"group_payment": True, "payment_date": "2026-03-01"})
            ._create_payments()
        )
        payments.property_community_id = False
        return payments

    def migrate(self):
        spec = importlib.util.spec_from_file_location("script", file_path(PLACE))
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.2.0")
        self.env.invalidate_all()

    def test_payments(self):
        """Of one community: that; of two, or of an invoice of none: none."""
        other = self.make_community("Elsewhere", "ELS")
        abroad = self.make_invoice(
            self.owner, 50, "2026-01-10", self.unit_elsewhere(other)
        )
        plain = self.init_invoice(
            "out_invoice", partner=self.owner, amounts=[10], post=True
        )
        third = self.make_invoice(self.owner, 300, "2026-03-10", self.unit)
        here = self.pay(self.first)
        mixed = self.pay(self.second | abroad)
        nowhere = self.pay(plain)
        known = self.pay(third)
        known.property_community_id = other
        for _time in range(2):
            self.migrate()
            self.assertEqual(here.property_community_id, self.community)
            self.assertFalse(mixed.property_community_id)
            self.assertFalse(nowhere.property_community_id)
            self.assertEqual(known.property_community_id, other)

    def test_interval(self):
        """A day becomes an hour; what somebody chose stays."""
        cron = self.env.ref("property_fee_collection.cron_refresh_units")
        cron.write({"interval_number": 1, "interval_type": "days"})
        self.migrate()
        self.assertEqual(cron.interval_type, "hours")
        cron.write({"interval_number": 2, "interval_type": "days"})
        self.migrate()
        self.assertEqual(cron.interval_type, "days")
