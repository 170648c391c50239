from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .desk_common import DeskCommon

WIZARDS = ("pay", "promise", "plan", "cancel")


@tagged("post_install", "-at_install")
class TestDeskAccess(DeskCommon):
    """Who sees and does what at the desk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_invoice(cls.owner, 100, "2026-01-10", cls.unit)
        cls.moment = cls.make_moment("certificate_handover")
        cls.portal = new_test_user(
            cls.env, login="desk_portal", groups="base.group_portal"
        )

    def test_another_community(self):
        with self.assertRaises(AccessError):
            self.make_moment(user=self.stranger)
        own = self.moment.with_user(self.stranger)
        for method in ("action_pay", "action_decline", "action_clear"):
            with self.assertRaises(AccessError):
                getattr(own, method)()
        with self.assertRaises(AccessError):
            own.read(["amount_due"])
        with self.assertRaises(AccessError):
            self.moment.document_ids.with_user(self.stranger).action_hand_out()
        self.assertFalse(
            self.env["property.moment"].with_user(self.stranger).search_count([])
        )

    def test_moved_to_another_community(self):
        """Nobody takes a moment to where he does not work, nor to himself."""
        building = self.env["property.building"].create(
            {"name": "7", "community_id": self.elsewhere.id}
        )
        unit = self.env["property.unit"].create(
            {"name": "701", "building_id": building.id, "owner_id": self.owner.id}
        )
        with self.assertRaises(AccessError):
            self.moment.unit_id = unit
        theirs = self.make_moment(unit=unit, user=self.stranger)
        with self.assertRaises(AccessError):
            theirs.unit_id = self.unit

    def test_portal(self):
        for model in (
            "property.moment",
            "property.moment.document",
            "property.certificate",
        ):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.portal).search_read([])

    def test_finance_looks_on(self):
        seen = self.moment.with_user(self.user_finance)
        self.assertEqual(seen.amount_due, 100)
        self.assertEqual(seen.due_now, 100)
        with self.assertRaises(AccessError):
            seen.action_decline()

    def test_forged(self):
        for name, value in (
            ("state", "done"),
            ("outcome", "paid"),
            ("amount_due", 0),
            ("amount_settled", 100),
            ("closed_by", self.user_cs_head.id),
            ("cancel_reason", "x"),
        ):
            with self.assertRaises(AccessError, msg=name):
                self.moment.write({name: value})
            with self.assertRaises(AccessError, msg=name):
                self.make_moment(**{name: value})
        forged = (
            self.env["property.moment"]
            .with_user(self.user_cs)
            .with_context(default_state="done", default_amount_due=1)
            .create({"kind": "lease", "unit_id": self.unit.id})
        )
        self.assertEqual((forged.state, forged.amount_due), ("open", 100))

    def test_forms_of_others(self):
        """A form is its user's own; and nobody opens one for a foreign moment."""
        for name in WIZARDS:
            model = self.env[f"property.moment.{name}"]
            values = {"moment_id": self.moment.id}
            if name == "cancel":
                values["reason"] = "x"
            with self.assertRaises(AccessError, msg=name):
                model.with_user(self.stranger).create(values)
            with self.assertRaises(AccessError, msg=name):
                model.with_user(self.user_finance).create(values)
            mine = model.with_user(self.user_cs).create(values)
            with self.assertRaises(AccessError, msg=name):
                mine.with_user(self.user_cs_head).read(["moment_id"])

    def test_customer_service_keeps_no_books(self):
        """It takes money through the form, nowhere else."""
        with self.assertRaises(AccessError):
            self.env["account.payment"].with_user(self.user_cs).create(
                {"amount": 1, "partner_id": self.owner.id}
            )
        self.wizard(self.moment, "action_pay").action_apply()
        self.assertEqual(self.moment.amount_settled, 100)

    def test_smart_buttons(self):
        self.open_cases()
        case = self.case_of(self.owner)
        for record, name, action in (
            (self.unit, "moment_count", "action_open_moments"),
            (self.owner, "property_moment_count", "action_open_property_moments"),
            (case, "moment_count", "action_open_moments"),
        ):
            own = record.with_user(self.user_cs)
            self.assertEqual(own[name], 1)
            opened = getattr(own, action)()
            self.assertEqual(
                self.env["property.moment"].search(opened["domain"]), self.moment
            )
        # Nobody counts what he may not see.
        self.assertEqual(self.owner.with_user(self.stranger).property_moment_count, 0)
