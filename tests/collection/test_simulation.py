from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import CollectionCommon


@tagged("post_install", "-at_install")
class TestSimulation(CollectionCommon):
    """With this policy, who would get which notice on that day."""

    def simulate(self, day, **values):
        simulation = self.env["property.collection.simulation"].create(
            {"date": day, "community_ids": [Command.set(self.community.ids)], **values}
        )
        simulation.action_simulate()
        return {
            line.partner_id: (
                line.months_unpaid,
                line.amount,
                line.step_id.months,
                line.skip_reason,
            )
            for line in simulation.line_ids
        }

    @freeze_time("2026-02-15")
    def test_what_a_day_would_bring(self):
        """January's charge: demanded in February, again from April, finally from July;
        a promise, hold or dispute holds back; nothing is written."""
        held = self.make_unit("102")
        paid = self.make_unit("103")
        self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        self.make_invoice(self.owner, 100.0, "2026-03-10", self.unit)
        self.make_invoice(held.owner_id, 50.0, "2026-01-10", held)
        self.pay(self.make_invoice(paid.owner_id, 50.0, "2026-01-10", paid))
        self.open_cases()
        self.case_of(held.owner_id).write(
            {"hold_until": "2026-04-30", "hold_reason": "Abroad"}
        )
        self.env.flush_all()
        notices = self.env["property.notice"].search_count([])
        for day, own, of_held in (
            ("2026-02-15", (1, 100.0, 1, False), (1, 50.0, 1, "held")),
            ("2026-04-01", (3, 200.0, 3, False), (3, 50.0, 3, "held")),
            ("2026-07-01", (6, 200.0, 6, False), (6, 50.0, 6, False)),
            ("2027-03-01", (14, 200.0, 6, False), (14, 50.0, 6, False)),
        ):
            found = self.simulate(day)
            self.assertEqual(found.get(self.owner), own, day)
            self.assertEqual(found.get(held.owner_id), of_held, day)
            self.assertNotIn(paid.owner_id, found)
        self.assertEqual(self.env["property.notice"].search_count([]), notices)
        self.assertEqual(self.case_of(self.owner).months_unpaid, 1)

    @freeze_time("2026-04-15")
    def test_another_policy(self):
        policy = self.env["property.collection.policy"].create(
            {
                "name": "Patient",
                "step_ids": [Command.create({"name": "Only one", "months": 4})],
            }
        )
        self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        self.assertEqual(
            self.simulate("2026-04-15", policy_id=policy.id)[self.owner],
            (3, 100.0, 0, "not_reached"),
        )

    def test_only_own_communities(self):
        other = self.make_community("Moon Garden", "MOG", cs_user_ids=False)
        simulation = (
            self.env["property.collection.simulation"]
            .with_user(self.user_cs)
            .create({"date": "2026-04-15"})
        )
        self.assertEqual(simulation.community_ids, self.community)
        with self.assertRaises(AccessError):
            simulation.community_ids = other
            simulation.action_simulate()

    @freeze_time("2026-04-15")
    def test_an_invoice_knows_its_case(self):
        invoice = self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        moves = self.env["account.move"]
        mine = [("id", "=", invoice.id)]
        self.assertFalse(invoice.property_case_id)
        self.assertTrue(moves.search([*mine, ("property_case_id", "=", False)]))
        case = self.open_cases()
        invoice.invalidate_recordset()
        self.assertEqual(invoice.property_case_id, case)
        self.assertTrue(moves.search([*mine, ("property_case_id", "=", case.id)]))
        self.assertTrue(moves.search([*mine, ("property_case_id", "!=", False)]))
        self.assertFalse(moves.search([*mine, ("property_case_id", "=", False)]))
