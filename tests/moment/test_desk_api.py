"""Odoo's own external API, called as another system calls it."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .api_common import ApiCommon


@tagged("post_install", "-at_install")
class TestDeskApi(ApiCommon):
    def test_create(self):
        answer = self.call(self.row(date="2026-03-01"))
        self.assertEqual(answer.status_code, 200, answer.text)
        moment = self.env["property.moment"].browse(answer.json())
        self.assertRecordValues(
            moment,
            [
                {
                    "kind": "transfer",
                    "partner_id": self.owner.id,
                    "origin": "Land office",
                    "external_ref": "LO-1",
                    "state": "open",
                    "amount_due": 275.8,
                    "create_uid": self.user_cs.id,
                }
            ],
        )

    def test_sent_again(self):
        """The same id, nothing new; also within one call."""
        first = self.call(self.row()).json()
        again = self.call(self.row(origin="Somebody else"))
        self.assertEqual((again.status_code, again.json()), (200, first))
        moment = self.env["property.moment"].browse(first)
        self.assertEqual(moment.origin, "Land office")
        both = self.call(
            self.row(external_ref="LO-2"), self.row(), self.row(external_ref="LO-2")
        ).json()
        self.assertEqual(both[1:2], first)
        self.assertEqual(both[0], both[2])
        found = self.env["property.moment"].search([("unit_id", "=", self.unit.id)])
        self.assertEqual(len(found), 2)

    def test_without_reference_each_call_is_another(self):
        first, second = (
            self.call(self.row(external_ref=False)).json() for _number in range(2)
        )
        self.assertNotEqual(first, second)

    @mute_logger("odoo.http")
    def test_reference_of_something_else(self):
        self.call(self.row())
        for values in ({"kind": "lease"}, {"unit_id": self.second.id}):
            answer = self.call(self.row(**values))
            self.assertEqual(answer.status_code, 422)
            self.assertIn("LO-1 belongs to another moment", answer.json()["message"])

    @mute_logger("odoo.http")
    def test_bad_input(self):
        for values, text in (
            ({"kind": "party"}, "kind is one of unit_handover, certificate_handover"),
            ({"kindd": "lease"}, "unknown fields: kindd"),
            ({"unit_id": False}, "unit_id is missing"),
            ({"unit_id": "1-101"}, "unit_id is the id of a record"),
            ({"unit_id": 999999999}, "unit_id: there is no record 999999999"),
            ({"partner_id": 999999999}, "partner_id: there is no record"),
            ({"date": "01/02/2026"}, "date is written YYYY-MM-DD"),
            ({"unit_id": self.make_unit("900", owner=None).id}, "has no owner"),
        ):
            answer = self.call(self.row(**values))
            self.assertEqual(answer.status_code, 422, answer.text)
            self.assertIn(text, answer.json()["message"])
        self.assertFalse(self.env["property.moment"].search_count([]))

    @mute_logger("odoo.http")
    def test_forbidden(self):
        for user in (self.stranger, self.user_finance, self.portal):
            answer = self.call(self.row(), user=user)
            self.assertEqual(answer.status_code, 403, answer.text)
            self.assertNotIn(self.owner.name, answer.text)
        self.assertEqual(self.call(self.row(), key="nonsense").status_code, 401)
        self.assertFalse(self.env["property.moment"].search_count([]))

    @mute_logger("odoo.http")
    def test_reference_of_a_foreign_community(self):
        """A known reference does not open the way to its moment."""
        self.call(self.row())
        building = self.env["property.building"].create(
            {"name": "7", "community_id": self.elsewhere.id}
        )
        unit = self.env["property.unit"].create(
            {"name": "701", "building_id": building.id, "owner_id": self.owner.id}
        )
        answer = self.call(self.row(unit_id=unit.id), user=self.stranger)
        self.assertEqual(answer.status_code, 403)
        self.assertNotIn("Sunrise", answer.text)

    @mute_logger("odoo.http")
    def test_guarded(self):
        answer = self.call(self.row(state="done", outcome="paid"))
        self.assertEqual(answer.status_code, 403)

    @mute_logger("odoo.http")
    def test_private_methods(self):
        moment = self.make_moment()
        for method in ("_settle", "_take", "_cancel"):
            answer = self.call(method=method, ids=moment.ids)
            self.assertEqual(answer.status_code, 403)
        self.assertEqual(moment.state, "open")

    def test_find_the_unit(self):
        """As the documentation shows: by community, building and room."""
        key = self.key_of(self.user_cs)
        answer = self.url_open(
            "/json/2/property.unit/search_read",
            json={
                "domain": [
                    ["community_id.code", "=", "SRG"],
                    ["building_id.name", "=", "1"],
                    ["name", "=", "101"],
                ],
                "fields": ["id", "display_name"],
            },
            headers={"Authorization": f"Bearer {key}"},
        )
        self.assertEqual([row["id"] for row in answer.json()], self.unit.ids)

    def test_reference_stays(self):
        moment = self.env["property.moment"].browse(self.call(self.row()).json())
        with self.assertRaisesRegex(Exception, "stays"):
            moment.with_user(self.user_cs).external_ref = "LO-9"

    def test_read_the_result(self):
        moment = self.env["property.moment"].browse(self.call(self.row()).json())
        moment.with_user(self.user_cs).action_decline()
        answer = self.call(
            method="read", ids=moment.ids, fields=["state", "outcome", "amount_due"]
        )
        self.assertEqual(
            answer.json(),
            [
                {
                    "id": moment.id,
                    "state": "done",
                    "outcome": "declined",
                    "amount_due": 275.8,
                }
            ],
        )
