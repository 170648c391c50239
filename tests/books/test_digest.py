from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import BooksCommon


@tagged("post_install", "-at_install")
class TestDigest(BooksCommon):
    """Owner of bills of 100.00 (January) and 200.00 (February 2026)."""

    def digest(self, user, company=None):
        company = company or self.company
        digest = self.env["digest.digest"].create(
            {"name": "Property", "company_id": company.id}
        )
        self.env.flush_all()
        return (
            digest.with_user(user)
            .with_company(company)
            .with_context(
                start_datetime=datetime(2026, 2, 1, 8),
                end_datetime=datetime(2026, 2, 28, 8),
                allowed_company_ids=company.ids,
            )
        )

    def pay_for(self, move, amount, day, community=None):
        payments = self.pay(move, amount, day)
        payments.property_community_id = community or self.community
        return payments

    def test_received(self):
        """100.00 and 50.00 in February; 30.00 of March and 20.00 of another community
        do not count."""
        other = self.make_community(
            "Other", "OTH", manager_id=False, cs_head_id=False, finance_user_id=False
        )
        self.pay_for(self.first, 100, "2026-02-10")
        self.pay_for(self.second, 50, "2026-02-28")
        self.pay_for(self.second, 30, "2026-03-01")
        self.pay_for(self.second, 20, "2026-02-20", other)
        for user, expected in (
            (self.user_manager, 150.0),
            (self.user_finance, 150.0),
            (self.user_company, 170.0),
        ):
            digest = self.digest(user)
            self.assertEqual(digest.kpi_property_collected_value, expected)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.user_company.company_ids += elsewhere
        digest = self.digest(self.user_company, elsewhere)
        self.assertEqual(digest.kpi_property_collected_value, 0)

    def test_rate_of_the_month(self):
        """90.00 of 120.00 in February: 75 %."""
        figures = self.env["property.figure"].sudo()
        figures.search([]).unlink()
        common = {
            "community_id": self.community.id,
            "company_id": self.company.id,
            "currency_id": self.company.currency_id.id,
        }
        figures.create(
            [
                {**common, "period": "2026-02-01", "charged": 100, "applied": 80},
                {**common, "period": "2026-02-01", "charged": 20, "applied": 10},
                {**common, "period": "2026-01-01", "charged": 20, "applied": 20},
            ]
        )
        digest = self.digest(self.user_manager)
        self.assertEqual(digest.kpi_property_rate_value, 75.0)

    def test_promises_kept(self):
        case = self.open_cases()
        with freeze_time("2026-02-15 04:00:00"):
            promise = self.env["property.promise"].create(
                {"case_id": case.id, "amount": 300, "date": "2026-02-20"}
            )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE property_promise SET state = 'kept' WHERE id = %s", [promise.id]
        )
        self.env.invalidate_all()
        digest = self.digest(self.user_cs_head)
        self.assertEqual(digest.kpi_property_promises_value, 1)

    def test_left_out_for_who_may_not_see_it(self):
        digest = self.digest(self.user_cs)
        with self.assertRaises(AccessError):
            digest.mapped("kpi_property_collected_value")
        owned = self.env["digest.digest"].create(
            {
                "name": "Property",
                "company_id": self.company.id,
                "kpi_property_collected": True,
                "kpi_property_rate": True,
            }
        )
        names = [
            {row["kpi_name"] for row in owned._compute_kpis(self.company, user)}
            for user in (self.user_cs, self.user_finance)
        ]
        self.assertFalse([name for name in names[0] if "property" in name])
        self.assertEqual(
            {name for name in names[1] if "property" in name},
            {"kpi_property_collected", "kpi_property_rate"},
        )
