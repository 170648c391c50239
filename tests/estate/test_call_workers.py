from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from ..workers import WorkersCase


@tagged("post_install", "-at_install")
class TestCallWorkers(WorkersCase):
    """Invariant 7: whoever is to be called stands on the list once."""

    def make_owners(self, env, count):
        community = self.make_community(env)
        env = community.env
        building = env["property.building"].create(
            {"name": "1", "community_id": community.id}
        )
        owners = env["res.partner"].create(
            [{"name": f"Owner {number}"} for number in range(count)]
        )
        env["property.unit"].create(
            [
                {
                    "name": str(number),
                    "building_id": building.id,
                    "owner_id": owner.id,
                }
                for number, owner in enumerate(owners)
            ]
        )
        return community.id, owners.ids

    def called(self, community):
        return self.do(
            lambda env: [
                call.partner_id.id
                for call in env["property.call"].search(
                    [("community_id", "=", community)]
                )
            ]
        )

    def test_the_same_calls_at_the_same_moment(self):
        community, owners = self.do(lambda env: self.make_owners(env, 20))

        def open_all(env):
            env["property.call"]._open(
                [{"partner_id": one, "community_id": community} for one in owners]
            )

        self.race(open_all, workers=3)
        self.assertEqual(sorted(self.called(community)), sorted(owners))

    def test_who_came_before_without_our_seeing_it(self):
        community, owners = self.do(lambda env: self.make_owners(env, 5))
        rows = [{"partner_id": one, "community_id": community} for one in owners]
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            # Reads, and with it sees what others did up to now, not what comes.
            self.assertFalse(
                env["property.call"].search([("community_id", "=", community)])
            )
            self.do(lambda other: len(other["property.call"]._open(rows[:2])))
            self.assertEqual(
                env["property.call"]._open(rows).partner_id.ids, owners[2:]
            )
        self.assertEqual(sorted(self.called(community)), sorted(owners))

    def test_two_crons(self):
        community, owners = self.do(lambda env: self.make_owners(env, 30))

        def job(env):
            # As the scheduled action does with each community.
            place = env["property.community"].browse(community)
            if place.try_lock_for_update():
                place._open_verify_calls()

        self.race(job)
        self.assertEqual(sorted(self.called(community)), sorted(owners))
