from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestContact(ContactCommon):
    @freeze_time("2026-02-03 15:00:00")
    def test_quiet_hours_by_the_clock_of_the_community(self):
        case = self.opened()
        # Taipei is eight hours ahead: 13:59 UTC is 21:59 there, 14:00 is 22:00.
        self.assertTrue(self.contact(case, "2026-02-03 13:59:00"))
        with self.refused("22:00 and 08:00.*22:00 in Sunrise"):
            self.contact(case, "2026-02-03 14:00:00")
        # 23:59 UTC of the 1st is 07:59 on the 2nd, midnight UTC is 08:00.
        with self.refused("07:59"):
            self.contact(case, "2026-02-01 23:59:00")
        self.assertTrue(self.contact(case, "2026-02-02 00:00:00"))

    @freeze_time("2026-02-03 15:00:00")
    def test_what_does_not_ring_may_come_at_night(self):
        case = self.opened()
        for channel in ("sms", "message", "door"):
            with self.refused("texted or visited"):
                self.contact(case, "2026-02-03 15:00:00", channel)
        for channel in ("email", "letter", "counter", "event"):
            self.contact(case, "2026-02-03 15:00:00", channel, "reached")

    @freeze_time("2026-02-03 04:00:00")
    def test_not_in_the_future(self):
        with self.refused("future"):
            self.contact(self.opened(), "2026-02-03 04:00:01")

    @freeze_time("2026-02-20 04:00:00")
    def test_the_fourth_within_seven_days_is_refused(self):
        case = self.opened()
        for day, channel in ((2, "phone"), (3, "sms"), (4, "door")):
            self.contact(case, f"2026-02-0{day} 04:00:00", channel)
        self.contact(case, "2026-02-04 05:00:00", "email")
        # 2 to 8 February are seven days; on the 9th only two of them are left.
        with self.refused("within seven days: 3, allowed: 3.*02/09/2026"):
            self.contact(case, "2026-02-08 04:00:00")
        self.contact(case, "2026-02-09 04:00:00")
        # Entered late it counts all the same: the week of 3 to 9 February is full.
        with self.refused("days: 3"):
            self.contact(case, "2026-02-05 04:00:00")

    @freeze_time("2026-02-20 04:00:00")
    def test_the_cap_is_a_setting_and_voids_do_not_count(self):
        case = self.opened()
        self.company.property_contact_cap = 1
        wrong = self.contact(case, "2026-02-02 04:00:00")
        with self.refused("days: 1"):
            self.contact(case, "2026-02-03 04:00:00")
        wrong.void_reason = "Another customer"
        self.assertTrue(self.contact(case, "2026-02-03 04:00:00"))

    @freeze_time("2026-02-20 04:00:00")
    def test_the_cap_is_per_customer_in_the_company(self):
        other = self.make_community("Moonlight", "MOON")
        building = self.env["property.building"].create(
            {"name": "M", "community_id": other.id}
        )
        unit = self.make_unit("9", building_id=building.id, owner=None)
        self.make_invoice(self.owner, 50.0, "2026-01-10", unit)
        here, there = self.opened(), self.open_cases(other)
        for day in (2, 3, 4):
            self.contact(here, f"2026-02-0{day} 04:00:00")
        with self.refused("days: 3"):
            self.contact(there, "2026-02-05 04:00:00")

    @freeze_time("2026-02-20 04:00:00")
    def test_days_of_the_cap_are_days_of_the_community(self):
        case = self.opened()
        self.company.property_contact_cap = 1
        self.contact(case, "2026-02-02 04:00:00")
        # 00:30 UTC on the 9th is 08:30 on the 9th in Taipei, the eighth day; 13:00 UTC
        # on the 8th is 21:00 on the 8th.
        with self.refused("02/09/2026"):
            self.contact(case, "2026-02-08 13:00:00")
        self.contact(case, "2026-02-09 00:30:00")

    @freeze_time("2026-02-20 04:00:00")
    def test_facts_stay(self):
        contact = self.contact(self.opened(), "2026-02-02 04:00:00", note="Rang twice")
        for name, value in (("outcome", "paid"), ("note", "x"), ("user_id", 1)):
            with self.refused("not rewritten"):
                contact[name] = value
        with self.refused("stay on record"):
            contact.sudo().unlink()
        with self.refused("Say why"):
            contact.void_reason = " "
        contact.void_reason = "Other customer"
        self.assertEqual(contact.void_by, self.env.user)
        with self.refused("stays so"):
            contact.void_reason = "Changed my mind"
        self.assertFalse(contact.case_id.last_contact_id)

    @freeze_time("2026-02-20 04:00:00")
    def test_only_managers_record_for_others(self):
        case = self.opened()
        contacts = self.env["property.contact"]
        values = {
            "case_id": case.id,
            "channel": "email",
            "outcome": "reached",
            "user_id": self.user_cs_head.id,
        }
        with self.refused("Only managers", AccessError):
            contacts.with_user(self.user_cs).create(values)
        made = contacts.with_user(self.user_manager).create(values)
        self.assertEqual(made.user_id, self.user_cs_head)
        # Nor does a collector strike what somebody else wrote down.
        with self.refused("Only heads and managers"):
            made.with_user(self.user_cs).void_reason = "Nonsense"

    @freeze_time("2026-02-20 04:00:00")
    def test_a_wrong_number_is_verified_anew_once(self):
        self.owner.write(
            {"phone": "0912000101", "property_phone_verified": "2026-01-05"}
        )
        case = self.opened()

        def asked():
            return self.env["property.call"].search(
                [("partner_id", "=", self.owner.id), ("state", "=", "open")]
            )

        self.contact(case, "2026-02-02 04:00:00", outcome="wrong_number", note="A shop")
        self.assertFalse(self.owner.property_phone_verified)
        self.assertEqual((asked().kind, asked().user_id), ("verify", self.user_cs))
        self.assertIn("A shop", asked().subject)
        self.assertIn("A shop", self.owner.message_ids[0].body)
        self.contact(case, "2026-02-03 04:00:00", outcome="wrong_number")
        self.assertEqual(len(asked()), 1)

    @freeze_time("2026-02-20 04:00:00")
    def test_returned_mail_touches_the_address_only(self):
        self.owner.write(
            {
                "property_phone_verified": "2026-01-05",
                "property_address_verified": "2026-01-05",
            }
        )
        self.owner._property_contact_failed("letter", "Moved away")
        self.assertTrue(self.owner.property_phone_verified)
        self.assertFalse(self.owner.property_address_verified)
        # Without a case it is for the customer service of his units.
        call = self.env["property.call"].search([("partner_id", "=", self.owner.id)])
        self.assertEqual(
            (call.community_id, call.user_id), (self.community, self.user_cs)
        )

    @freeze_time("2026-02-20 04:00:00")
    def test_demands_at_the_door_count(self):
        case = self.opened()
        notices = self.env["property.notice"].sudo()
        for number, kind in enumerate(("demand", "final", "payment")):
            notices |= notices.create(
                {
                    "kind": kind,
                    "partner_id": self.owner.id,
                    "community_id": self.community.id,
                    "case_id": case.id,
                    "anchor_date": case.anchor_date if kind != "payment" else False,
                    "step_months": number,
                }
            )
        # Composing and issuing are tested elsewhere.
        notices.write({"date_issued": "2026-02-01", "state": "issued"})
        demand, final, bill = notices
        self.company.property_contact_cap = 1

        def door(notice, when):
            return self.env["property.delivery"].create(
                {
                    "notice_id": notice.id,
                    "channel": "door",
                    "outcome": "not_met",
                    "date": self.at(when),
                }
            )

        # The bill does not count; the demand does, and so does the next call.
        door(bill, "2026-02-02 03:00:00")
        door(demand, "2026-02-02 04:00:00")
        with self.refused("days: 1, allowed: 1.*02/09/2026"):
            self.contact(case, "2026-02-04 04:00:00")
        with self.refused("days: 1"):
            door(final, "2026-02-08 04:00:00")
        # The visit on which it was handed over is the same contact.
        self.contact(case, "2026-02-02 04:05:00", "door")
        door(final, "2026-02-09 04:00:00")
        door(bill, "2026-02-10 04:00:00")
