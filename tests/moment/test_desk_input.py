from odoo import SUPERUSER_ID, api
from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..workers import WorkersCase
from .api_common import ApiCommon


@tagged("post_install", "-at_install")
class TestDeskInput(ApiCommon):
    """Whatever another system sends, it is told what is wrong: never a status 500."""

    def assertRefused(self, answer, text):
        self.assertEqual(answer.status_code, 422, answer.text)
        self.assertIn(text, answer.json()["message"])

    @mute_logger("odoo.http")
    def test_values_of_a_wrong_type(self):
        for values, text in (
            ({"external_ref": 17}, "external_ref is a text"),
            ({"external_ref": ["LO"]}, "external_ref is a text"),
            ({"external_ref": "LO\x00"}, "external_ref is a text"),
            ({"origin": {"name": "LO"}}, "origin is a text"),
            ({"note": 5}, "note is a text"),
            ({"unit_id": True}, "unit_id is the id of a record"),
            ({"unit_id": [1]}, "unit_id is the id of a record"),
            ({"unit_id": 2**40}, "unit_id is the id of a record"),
            ({"unit_id": -1}, "unit_id is the id of a record"),
            ({"user_id": "admin"}, "user_id is the id of a record"),
            ({"user_id": 999999999}, "user_id: there is no record"),
            ({"buyer_id": {}}, "buyer_id is the id of a record"),
            ({"kind": ["lease"]}, "kind is one of unit_handover"),
            ({"kind": None}, "kind is one of unit_handover"),
            ({"date": 20260320}, "date is written YYYY-MM-DD"),
            ({"date": True}, "date is written YYYY-MM-DD"),
            ({"date": "2026-02-30"}, "date is written YYYY-MM-DD"),
            ({"date": "0026-02-03"}, "is not between"),
            ({"date_transfer": "soon"}, "date_transfer is written YYYY-MM-DD"),
            ({"slot_start": "noon"}, "slot_start is written YYYY-MM-DD HH:MM:SS"),
            ({"slot_start": 12}, "slot_start is written YYYY-MM-DD HH:MM:SS"),
            ({"document_ids": "keys"}, "document_ids is a list of commands"),
            ({"document_ids": [5]}, "document_ids is a list of commands"),
        ):
            with self.subTest(values=values):
                self.assertRefused(self.call(self.row(**values)), text)
        self.assertFalse(self.env["property.moment"].search_count([]))

    @mute_logger("odoo.http")
    def test_no_list_of_rows(self):
        for sent, text in (
            (None, "vals_list is a list"),
            ("LO-1", "vals_list is a list"),
            (5, "vals_list is a list"),
            ([5], "Row 1: a row has fields and values"),
            ([self.row(), None], "Row 2: a row has fields and values"),
        ):
            with self.subTest(sent=sent):
                self.assertRefused(self.call(vals_list=sent), text)
        self.assertEqual(self.call(nothing=1).status_code, 422)
        self.assertEqual(self.call(vals_list=[]).json(), [])

    @mute_logger("odoo.http")
    def test_defaults_in_the_context(self):
        row = self.row()
        del row["unit_id"]
        answer = self.call(row, context={"default_unit_id": self.unit.id})
        self.assertEqual(answer.status_code, 200, answer.text)
        again = self.call(self.row())
        self.assertEqual(again.json(), answer.json())
        for context, text in (
            ({"default_unit_id": "101"}, "unit_id is the id of a record"),
            ({"default_unit_id": 999999999}, "unit_id: there is no record"),
            ({"default_unit_id": self.unit.id, "default_date": "x"}, "date is written"),
        ):
            with self.subTest(context=context):
                answer = self.call({**row, "external_ref": "LO-2"}, context=context)
                self.assertRefused(answer, text)

    def test_blank_reference_is_none(self):
        first, second = (
            self.call(self.row(external_ref=blank)).json() for blank in ("", "  ")
        )
        self.assertNotEqual(first, second)
        moments = self.env["property.moment"].browse(first + second)
        self.assertEqual(moments.mapped("external_ref"), [False, False])
        # Blanks around it say nothing.
        self.assertEqual(
            self.call(self.row(external_ref=" LO-1 ")).json(),
            self.call(self.row()).json(),
        )


@tagged("post_install", "-at_install")
class TestReferenceWorkers(WorkersCase):
    """The same new reference sent twice at the very same time."""

    def make_unit(self, env):
        community = self.make_community(env)
        building = community.env["property.building"].create(
            {"name": "1", "community_id": community.id}
        )
        owner = env["res.partner"].create({"name": "Owner"})
        return (
            community.env["property.unit"]
            .create({"name": "1", "building_id": building.id, "owner_id": owner.id})
            .id
        )

    def send(self, env, unit_id):
        return (
            env["property.moment"]
            .create([{"kind": "lease", "unit_id": unit_id, "external_ref": "LO-77"}])
            .id
        )

    @mute_logger("odoo.sql_db")
    def test_same_reference_at_once(self):
        """The second one has looked before the first is there. Odoo repeats its
        request, which then returns the id that is known."""
        unit_id = self.do(self.make_unit)
        with self.registry.cursor() as late:
            # Its view of the database is from before the other one's commit.
            late.execute("SELECT count(*) FROM property_moment")
            first = self.do(lambda env: self.send(env, unit_id))
            with self.assertRaises(ConcurrencyError):
                self.send(api.Environment(late, SUPERUSER_ID, {}), unit_id)
            late.rollback()
        again = self.do(lambda env: self.send(env, unit_id))
        self.assertEqual(again, first)
