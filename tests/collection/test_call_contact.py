from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-02-20 04:00:00")
class TestCallContact(ContactCommon):
    """Contacts of customers who owe nothing, and calls that are contacts."""

    def log(self, **values):
        return self.env["property.contact"].create(
            {"channel": "phone", "outcome": "reached", **values}
        )

    def call(self, partner, user=None, **values):
        calls = self.env["property.call"]._open(
            [{"partner_id": partner.id, "community_id": self.community.id, **values}]
        )
        return calls.with_user(user or self.user_cs)

    def test_the_last_case_of_a_customer_is_meant(self):
        case = self.opened()
        self.assertEqual(self.log(partner_id=self.owner.id).case_id, case)
        here = self.log(partner_id=self.owner.id, community_id=self.community.id)
        self.assertEqual(here.case_id, case)

    def test_without_a_case_the_community_says_where(self):
        buyer = self.make_unit("102").owner_id
        with self.refused("has no collection case"):
            self.log(partner_id=buyer.id)
        with self.refused("which customer"):
            self.log(community_id=self.community.id)
        contact = self.log(partner_id=buyer.id, community_id=self.community.id)
        self.assertFalse(contact.case_id)
        self.assertEqual(contact.company_id, self.company)
        self.assertRecordValues(
            contact, [{"partner_id": buyer.id, "community_id": self.community.id}]
        )

    def test_a_case_in_another_community_is_not_meant(self):
        self.opened()
        other = self.make_community("Moonlight", "MOON")
        contact = self.log(partner_id=self.owner.id, community_id=other.id)
        self.assertFalse(contact.case_id)
        self.assertEqual(contact.community_id, other)

    def test_a_case_says_whose_contact_it_is(self):
        case, other = self.opened(), self.make_unit("102").owner_id
        with self.refused("follow from the case", AccessError):
            self.log(case_id=case.id, partner_id=other.id)
        contact = self.log(partner_id=other.id, community_id=self.community.id)
        with self.refused("never changes", AccessError):
            contact.with_user(self.user_manager).partner_id = self.owner
        with self.refused("not rewritten"):
            contact.case_id = case

    def test_no_contact_in_the_community_of_others(self):
        other = self.make_community("Moonlight", "MOON", cs_user_ids=[])
        other.write({"cs_head_id": False, "manager_id": False})
        with self.assertRaises(AccessError):
            self.env["property.contact"].with_user(self.user_cs).create(
                {
                    "partner_id": self.owner.id,
                    "community_id": other.id,
                    "channel": "email",
                    "outcome": "reached",
                }
            )

    def test_a_call_is_a_contact(self):
        buyer = self.make_unit("102").owner_id
        call = self.call(buyer, subject="Due on the 10th")
        call.note = "Will pay"
        call._record("reached")
        contact = self.env["property.contact"].search([("partner_id", "=", buyer.id)])
        self.assertRecordValues(
            contact,
            [
                {
                    "case_id": False,
                    "channel": "phone",
                    "outcome": "reached",
                    "user_id": self.user_cs.id,
                    "note": "Due on the 10th\nWill pay",
                }
            ],
        )

    def test_the_call_of_a_debtor_is_his_collectors_and_in_his_case(self):
        case = self.opened()
        case.user_id = self.user_manager
        call = self.call(self.owner, amount=300.0)
        self.assertEqual(call.user_id, self.user_manager)
        call.action_refused()
        self.assertEqual(case.last_contact_id.outcome, "refused")

    def test_who_was_asked_for_no_money_did_not_refuse_to_pay(self):
        buyer = self.make_unit("102").owner_id
        self.call(buyer).action_refused()
        contact = self.env["property.contact"].search([("partner_id", "=", buyer.id)])
        self.assertEqual(contact.outcome, "reached")

    def test_the_fourth_call_of_a_week_is_refused(self):
        buyer = self.make_unit("102").owner_id
        place = {"partner_id": buyer.id, "community_id": self.community.id}
        for day in (17, 18, 19):
            self.log(**place, date=self.at(f"2026-02-{day} 04:00:00"))
        call = self.call(buyer)
        # 17 to 23 February are seven days; on the 24th two of the three are left.
        with self.refused("days: 3, allowed: 3.*02/24/2026"):
            call.action_no_answer()
        self.assertFalse(call.attempts)
        with freeze_time("2026-02-24 04:00:00"):
            call.action_no_answer()
        self.assertEqual(call.attempts, 1)
