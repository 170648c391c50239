from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..prepayment.release_common import ReleaseCommon

NOW = "2026-04-10 04:00"


@tagged("post_install", "-at_install")
class TestNewOwner(ReleaseCommon):
    """Who paid ahead does not own the unit any more, and nobody noted a transfer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls.env["res.partner"].create({"name": "Ben"})

    def asked(self, agreement):
        kind = self.env.ref("property_fee_collection.activity_prepayment_owner")
        return agreement.activity_ids.filtered(lambda row: row.activity_type_id == kind)

    def test_owner_written(self):
        agreement = self.conclude()
        self.release("2026-04-02")
        with freeze_time(NOW):
            self.unit.with_user(self.user_cs).owner_id = self.buyer
        activity = self.asked(agreement)
        self.assertEqual(activity.user_id, self.user_finance)
        self.assertIn(
            f"1 101 has a new owner: end {agreement.name} or carry it over.",
            str(activity.note),
        )
        with freeze_time(NOW):
            self.unit.owner_id = self.env["res.partner"].create({"name": "Carl"})
        self.assertEqual(self.asked(agreement), activity)

    def test_carried_over_by_hand(self):
        agreement = self.conclude()
        self.release("2026-04-02")
        with freeze_time(NOW):
            self.unit.owner_id = self.buyer
            with self.assertRaises(AccessError):
                agreement.with_user(self.user_cs).action_carry_to_owner()
            agreement.with_user(self.user_finance).action_carry_to_owner()
        self.assertEqual(agreement.partner_id, self.buyer)
        self.assertFalse(self.asked(agreement))

    def test_ended_by_hand(self):
        agreement = self.conclude()
        self.release("2026-04-02")
        with freeze_time(NOW):
            self.unit.owner_id = self.buyer
        self.cancel(agreement, "2026-04-09", "2026-04-10")
        self.assertFalse(self.asked(agreement))

    def test_new_tenure(self):
        agreement = self.conclude()
        with freeze_time(NOW):
            self.unit.tenure_ids.date_to = date(2026, 5, 31)
            self.env["property.unit.tenure"].create(
                {
                    "unit_id": self.unit.id,
                    "partner_id": self.buyer.id,
                    "date_from": date(2026, 6, 1),
                }
            )
        self.assertTrue(self.asked(agreement))

    def test_nobody_is_asked(self):
        """Neither about the payer himself, nor a tenant who stays, nor a term that is
        over by then."""
        self.env["property.unit.tenure"].create(
            {
                "unit_id": self.unit.id,
                "partner_id": self.buyer.id,
                "role": "occupant",
                "date_from": date(2025, 12, 1),
            }
        )
        agreement = self.conclude(partner_id=self.buyer.id)
        with freeze_time(NOW):
            self.unit.owner_id = self.env["res.partner"].create({"name": "Carl"})
        self.assertFalse(self.asked(agreement))
        with freeze_time("2026-04-11 04:00"):
            self.unit.owner_id = self.buyer
        self.assertFalse(self.asked(agreement))

    def hand_over(self, unit):
        with freeze_time(NOW):
            moment = self.env["property.moment"].create(
                {
                    "kind": "unit_handover",
                    "unit_id": unit.id,
                    "partner_id": self.buyer.id,
                }
            )
            moment.action_complete()

    def test_developer_paid_ahead(self):
        for room, owner in (("201", None), ("202", self.buyer)):
            unit = self.make_unit(
                room,
                owner=None,
                occupancy_status="undelivered",
                **({"owner_id": owner.id} if owner else {}),
            )
            agreement = self.conclude(unit_id=unit.id, partner_id=self.developer.id)
            self.assertFalse(self.asked(agreement))
            self.hand_over(unit)
            activity = self.asked(agreement)
            self.assertEqual(len(activity), 1)
            self.assertEqual(activity.user_id, self.user_finance)
            self.assertIn(f"1 {room} is handed over", str(activity.note))
            self.assertEqual(agreement.state, "running")

    def test_handed_over_before_the_planned_day(self):
        """Keys on 10 April, planned for June: the owner pays from 10 April on; May is
        his: 280.00."""
        unit = self.make_unit(
            "201",
            owner=None,
            occupancy_status="undelivered",
            handover_date=date(2026, 6, 1),
        )
        self.hand_over(unit)
        self.assertEqual(unit.handover_date, date(2026, 4, 10))
        self.assertEqual(
            (unit.owner_id, unit.occupancy_status), (self.buyer, "delivered_vacant")
        )
        with freeze_time(NOW):
            run = self.make_run("2026-05-01")
            run.action_compute()
        self.assertIn(("201", "Ben", "PF", 280.0), self.charges_of(run))

    def test_handed_over_after_the_planned_day(self):
        """The owner has paid since the day of the notice: that stays."""
        unit = self.make_unit(
            "201",
            occupancy_status="undelivered",
            handover_date=date(2026, 3, 1),
        )
        self.hand_over(unit)
        self.assertEqual(unit.handover_date, date(2026, 3, 1))

    def test_many_units_at_once(self):
        """What is looked up does not grow with the units: one search for all."""
        units = self.env["property.unit"].union(
            *(self.make_unit(str(room), owner=None) for room in range(301, 331))
        )
        counts = []
        for some in (units[:2], units[2:]):
            rows = self.env["property.unit.tenure"].create(
                [{"unit_id": unit.id, "partner_id": self.owner.id} for unit in some]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows._ask_about_prepayments()
            some._ask_about_developer()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
