from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .sell_common import SellCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-15 04:00:00")
class TestEligibility(SellCommon):
    """Who may take an offer, and why not: one reason at a time."""

    def refused(self, pattern, agreement=None, **values):
        agreement = agreement or self.make_agreement(confirm=False, **values)
        reasons = agreement._refusals()[agreement]
        self.assertEqual(len(reasons), 1, reasons)
        self.assertRegex(reasons[0], pattern)
        with self.assertRaisesRegex(UserError, pattern):
            agreement.action_confirm()

    def allowed(self, **values):
        agreement = self.make_agreement(confirm=False, **values)
        self.assertEqual(agreement._refusals(), {agreement: []})

    def test_nothing_against_it(self):
        self.allowed()

    def test_offer_not_valid_yet(self):
        self.offer.date_from = date(2026, 1, 16)
        self.refused("the offer begins on 01/16/2026")

    def test_offer_not_valid_any_more(self):
        """Its last day counts, where the community is: at 16:30 in Greenwich the next
        day has begun in Taipei."""
        self.offer.date_to = date(2026, 1, 15)
        self.allowed()
        with freeze_time("2026-01-15 16:30:00"):
            self.refused("the offer ended on 01/15/2026")

    def test_offer_archived(self):
        self.offer.active = False
        self.refused("not made any more")

    def test_other_community(self):
        self.offer.community_ids = self.make_community("Moon Garden", "MOO")
        self.refused("not for this community")

    def test_cap(self):
        self.company.property_prepayment_cap = 12
        self.allowed()
        self.offer.months = 13
        self.refused("13 months are more than the 12")

    def test_cap_over_what_is_sold(self):
        """Twelve months from February are sold; twelve more are 24, and 23 when
        February has begun."""
        self.company.property_prepayment_cap = 12
        self.make_agreement("2026-02-01")
        self.refused("24 months are more than the 12", day="2027-02-01")
        with freeze_time("2026-02-01 04:00:00"):
            self.refused("23 months are more than the 12", day="2027-02-01")

    def test_cap_and_the_next_year(self):
        """2026 is sold on 2 January. 2027 may be sold when 2026 ends within the two
        months of the renewals, from 31 October on; 2028 not before 2027 ends soon."""
        self.company.property_prepayment_cap = 12
        with freeze_time("2026-01-02 04:00:00"):
            self.make_agreement("2026-01-01")
        with freeze_time("2026-01-03 04:00:00"):
            self.refused("23 months are more than the 12", day="2027-01-01")
        with freeze_time("2026-10-30 04:00:00"):
            self.refused("14 months are more than the 12", day="2027-01-01")
        with freeze_time("2026-10-31 04:00:00"):
            self.allowed(day="2027-01-01")
            self.make_agreement("2027-01-01")
            self.refused("26 months are more than the 12", day="2028-01-01")

    def test_no_price(self):
        self.unit.floor_area = 0
        self.refused("nothing to pay")

    def test_stranger(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        self.refused("Stranger neither owns nor occupies", partner_id=stranger.id)

    def test_occupant_may_pay(self):
        tenant = self.env["res.partner"].create({"name": "Tenant"})
        self.unit.occupant_id = tenant
        self.allowed(partner_id=tenant.id)

    def test_contact_of_the_owner_may_pay(self):
        contact = self.env["res.partner"].create(
            {"name": "Son", "parent_id": self.owner.id}
        )
        self.allowed(partner_id=contact.id)

    def test_former_owner(self):
        buyer = self.env["res.partner"].create({"name": "Buyer"})
        self.unit.tenure_ids.date_to = date(2025, 12, 31)
        self.env["property.unit.tenure"].create(
            {
                "unit_id": self.unit.id,
                "partner_id": buyer.id,
                "role": "owner",
                "date_from": date(2026, 1, 1),
            }
        )
        self.refused("neither owns nor occupies the unit on 01/01/2026")
        self.allowed(partner_id=buyer.id)

    def test_unsold_unit_is_the_developers(self):
        unit = self.make_unit("102", 50, owner=None, occupancy_status="unsold")
        other = self.make_unit("103", 50, occupancy_status="undelivered")
        self.allowed(unit_id=unit.id, partner_id=self.developer.id)
        self.refused(
            "not handed over on 01/01/2026: only Sunrise Developer",
            unit_id=other.id,
            partner_id=other.owner_id.id,
        )

    def test_unsold_unit_without_developer(self):
        unit = self.make_unit("103", 50, occupancy_status="undelivered")
        self.community.developer_id = False
        self.refused(
            "no developer is named", unit_id=unit.id, partner_id=unit.owner_id.id
        )

    def test_billed_already(self):
        run = self.make_run("2026-01-01")
        run.action_compute()
        self.sign(run)
        self.refused("billed up to 01/31/2026 already")
        self.allowed(day="2026-02-01")

    def test_another_fee_is_billed(self):
        """A parking fee is billed for January; the offer is about the property fee."""
        parking = self.make_item("Parking", "PK", "fixed")
        self.make_rate(50, parking)
        run = self.make_run("2026-01-01")
        run.action_compute()
        run.charge_ids.filtered(lambda row: row.fee_item_id == self.fee).unlink()
        self.sign(run)
        self.offer.fee_item_ids = self.fee
        self.allowed()
        self.offer.fee_item_ids = self.fee | parking
        self.refused("billed up to 01/31/2026 already")

    def test_opening_ledger(self):
        self.unit.opening_through = date(2026, 1, 31)
        self.refused("billed up to 01/31/2026 already")

    def test_paid_by_hand(self):
        self.unit.paid_through = date(2026, 2, 28)
        self.refused("2026-01 is paid ahead already")

    def test_offers_do_not_combine(self):
        self.make_agreement("2026-06-01")
        self.refused("2026-06 is paid ahead already", day="2026-01-01")
        self.allowed(day="2027-06-01")

    def test_other_fee_may_be_paid_ahead_besides(self):
        parking = self.make_item("Parking", "PK", "fixed")
        self.make_rate(50, parking)
        self.offer.fee_item_ids = self.fee
        self.make_agreement()
        other = self.offer.copy({"name": "Parking", "fee_item_ids": parking.ids})
        self.allowed(offer_id=other.id)

    def test_drafted_twice(self):
        first = self.make_agreement("2026-01-01", confirm=False)
        second = self.make_agreement("2026-06-01", confirm=False)
        self.assertEqual(
            (first | second)._refusals(),
            {first: [], second: ["the same months stand here twice"]},
        )
        with self.assertRaisesRegex(UserError, "twice"):
            (first | second).action_confirm()

    def test_arrears(self):
        self.make_arrears()
        self.refused("551.60.* is overdue and has to be settled first")

    def test_not_due_yet(self):
        """Due on the 15th: overdue from the 16th on."""
        self.make_arrears(due="2026-01-15")
        self.allowed()

    def test_arrears_elsewhere(self):
        """What somebody else owes, or he owes in another community, is not asked."""
        self.make_arrears(partner=self.developer)
        other = self.make_community("Moon Garden", "MOO")
        self.make_arrears().property_community_id = other
        self.allowed()

    def test_disputed_arrears(self):
        """600 of which 600 are in dispute: nothing is asked for."""
        bill = self.make_arrears(600)
        self.env["property.dispute"].create(
            {"move_id": bill.id, "cause": "billing", "amount": 600}
        )
        self.allowed()

    def test_partly_disputed_arrears(self):
        """Of 600 a third is in dispute: 400 is settled, and that is enough."""
        bill = self.make_arrears(600)
        self.env["property.dispute"].create(
            {"move_id": bill.id, "cause": "billing", "amount": 200}
        )
        self.refused("400.00.* is overdue")
        sell = self.sell()
        sell.action_settle()
        self.assertEqual(bill.amount_residual, 200)
        self.assertTrue(sell.line_ids.is_possible)

    def test_credits_cover_arrears(self):
        """A credit note of 151.60 leaves 400.00; that is what is taken."""
        self.make_arrears()
        self.make_arrears(151.60, move_type="out_refund")
        sell = self.sell()
        self.assertEqual(sell.amount_arrears, 400.0)
        sell.action_settle()
        self.assertTrue(sell.line_ids.is_possible)
        payment = self.env["account.payment"].search(
            [("partner_id", "=", self.owner.id)]
        )
        self.assertEqual(payment.amount, 400.0)
