import io
from datetime import date, datetime

from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .handover_common import HandoverCommon

# Monday 9 March 2026, 9:05 in Taipei.
MORNING = "2026-03-09 01:05"


@tagged("post_install", "-at_install")
class TestHandoverCounter(HandoverCommon):
    """Lin Mei owes 600.00 since January, the others nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debt = cls.make_invoice(cls.lin, 600.0, "2026-01-10", cls.rooms[0])
        cls.fill()
        cls.batch.action_start()

    def complete(self, moment, now=MORNING):
        with freeze_time(now):
            moment.with_user(self.user_cs).action_complete()

    def cron(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "property_fee_collection.cron_handover"
            ).method_direct_trigger()

    def test_arrived(self):
        moment = self.moment_of(self.lin).with_user(self.user_cs)
        with freeze_time(MORNING):
            moment.action_arrived()
        self.assertEqual(moment.attendance, "arrived")
        self.assertEqual(moment.arrived_on, datetime(2026, 3, 9, 1, 5))
        self.assertEqual(moment.arrived_by, self.user_cs)
        with freeze_time("2026-03-09 02:00"):
            moment.action_arrived()
        self.assertEqual(moment.arrived_on, datetime(2026, 3, 9, 1, 5))
        moment.action_not_arrived()
        self.assertEqual((moment.attendance, moment.arrived_on), ("expected", False))

    def test_handed_over_whatever_is_due(self):
        """The owner pays from the day on; nothing asks for the 600.00."""
        moment, unit = self.moment_of(self.lin), self.rooms[0]
        moment.with_user(self.user_cs).action_hand_out()
        self.assertTrue(all(moment.document_ids.mapped("released_on")))
        self.complete(moment)
        self.assertEqual(unit.handover_date, date(2026, 3, 9))
        self.assertEqual(unit.occupancy_status, "delivered_vacant")
        self.assertEqual(
            [
                (row.status, row.date_from, row.date_to)
                for row in unit.occupancy_ids.sorted(
                    lambda row: row.date_from or date.min
                )
            ],
            [
                ("undelivered", False, date(2026, 3, 8)),
                ("delivered_vacant", date(2026, 3, 9), False),
            ],
        )
        self.assertEqual(moment.completed_on, date(2026, 3, 9))
        self.assertEqual((moment.attendance, moment.state), ("arrived", "open"))
        self.assertEqual(moment.amount_due, 600.0)
        self.assertEqual(self.debt.amount_residual, 600.0)

    def test_nothing_due_is_clear(self):
        moment = self.moment_of(self.chen)
        self.complete(moment)
        self.assertEqual((moment.state, moment.outcome), ("done", "clear"))

    def test_again_changes_nothing(self):
        moment = self.moment_of(self.chen)
        self.complete(moment)
        self.complete(moment, "2026-03-10 01:05")
        self.assertEqual(moment.completed_on, date(2026, 3, 9))
        self.assertEqual(self.rooms[1].handover_date, date(2026, 3, 9))

    def test_owner_from_the_appointment(self):
        """A unit without owner; Ann comes to take it over."""
        unit = self.make_unit("1301", owner=None, occupancy_status="undelivered")
        ann = self.env["res.partner"].create({"name": "Ann"})
        with freeze_time("2026-03-02 02:00"):
            [moment] = self.batch._add({unit: (ann, False)})
            self.batch.action_plan()
        self.complete(moment, "2026-03-10 02:00")
        self.assertEqual(unit.owner_id, ann)
        self.assertEqual(
            [(row.partner_id, row.date_from) for row in unit.tenure_ids],
            [(ann, date(2026, 3, 10))],
        )

    def test_occupied_stays_occupied(self):
        self.rooms[1].occupancy_status = "decorating"
        self.complete(self.moment_of(self.chen))
        self.assertEqual(self.rooms[1].occupancy_status, "decorating")

    def test_certificates_change_no_unit(self):
        batch = self.make_batch(name="Certificates", kind="certificate_handover")
        self.fill(batch, self.units[0])
        self.assertEqual(
            batch.moment_ids.document_ids.mapped("name"), ["Property certificate"]
        )
        self.complete(batch.moment_ids)
        self.assertEqual(batch.moment_ids.completed_on, date(2026, 3, 9))
        self.assertEqual(self.rooms[0].occupancy_status, "undelivered")
        self.assertFalse(self.rooms[0].handover_date)

    def test_taken_place_is_not_cancelled(self):
        moment = self.moment_of(self.chen)
        self.complete(moment)
        with self.assertRaises(UserError):
            moment._cancel("A slip")
        self.batch.action_cancel()
        self.assertEqual(moment.state, "done")
        self.assertEqual(self.moment_of(self.lin).state, "cancelled")

    def test_progress(self):
        """One of five is finished; two came."""
        self.complete(self.moment_of(self.chen))
        with freeze_time(MORNING):
            self.moment_of(self.lin).action_arrived()
            self.batch.action_invite()
        batch = self.batch
        self.assertEqual(
            (batch.moment_count, batch.arrived_count, batch.done_count), (5, 2, 1)
        )
        self.assertEqual((batch.invited_count, batch.missed_count), (3, 0))
        self.assertEqual(batch.progress, 20.0)
        self.assertEqual(batch.amount_due, 600.0)

    def test_only_customer_service(self):
        with self.assertRaises(AccessError):
            self.moment_of(self.chen).with_user(self.user_finance).action_complete()

    # Invitations

    def test_invitation_is_on_record(self):
        with freeze_time("2026-03-02 02:00"):
            action = self.batch.with_user(self.user_cs).action_invite()
        self.assertIn(f"/property/handover/{self.batch.id}/", action["url"])
        moment = self.moment_of(self.lin)
        self.assertEqual(moment.invited_on, datetime(2026, 3, 2, 2, 0))
        self.assertEqual(
            [
                (row.channel, row.slot_start, row.user_id)
                for row in moment.invitation_ids
            ],
            [("letter", datetime(2026, 3, 9, 1, 0), self.user_cs)],
        )
        with self.assertRaisesRegex(UserError, "invited already"):
            self.batch.action_invite()
        moment.slot_start = datetime(2026, 3, 10, 2, 0)
        self.batch.action_invite()
        self.assertEqual(len(moment.invitation_ids), 2)
        self.assertEqual(len(self.moment_of(self.chen).invitation_ids), 1)
        with self.assertRaises(UserError):
            moment.invitation_ids.with_user(self.user_cs).write({"channel": "sms"})

    def test_letters(self):
        """In the order of the appointments; page 1 invites, page 2 says what is open.
        Nothing says that the one depends on the other."""
        self.community.service_phone = "02 1234 5678"
        batch = self.batch.with_user(self.user_cs)
        with freeze_time("2026-03-02 02:00"):
            content = batch.with_context(force_report_rendering=True)._invitations_pdf()
        pages = [
            " ".join(page.extract_text().split())
            for page in PdfReader(io.BytesIO(content)).pages
        ]
        self.assertEqual(len(pages), 10)
        owners = ("Lin Mei", "Chen Hao", "Wang Jun", "Zhao Li", "Sun Wei")
        for number, name in enumerate(owners):
            self.assertIn(f"Dear {name}", pages[2 * number])
            self.assertIn(name, pages[2 * number + 1])
        for words in ("Monday, 9 March 2026", "Time 09:00", "Lobby of building 1"):
            self.assertIn(words, pages[0])
        self.assertIn("Identity card", pages[0])
        self.assertIn("House manual", pages[0])
        self.assertNotIn("600", pages[0])
        self.assertIn(self.debt.name, pages[1])
        self.assertIn("600.00", pages[1])
        self.assertIn("Nothing is due", pages[3])
        for word in ("unless", "only if", "before you pay", "withh", "refuse"):
            self.assertNotIn(word, " ".join(pages).lower())

    # Who does not come

    def test_missed_are_called(self):
        """At the end of Monday Lin Mei has not come; Chen Hao has his keys, Sun Wei's
        day is tomorrow."""
        self.complete(self.moment_of(self.chen))
        with freeze_time("2026-03-09 16:05"):  # Tuesday 0:05 in Taipei
            self.cron()
            self.cron()
        self.assertEqual(self.moment_of(self.lin).attendance, "missed")
        self.assertEqual(self.moment_of(self.sun).attendance, "expected")
        self.assertEqual(self.batch.state, "running")
        calls = self.env["property.call"].search([("kind", "=", "handover")])
        self.assertEqual(calls.partner_id, self.lin | self.wang | self.zhao)
        self.assertEqual(len(calls), 3)
        call = calls.filtered(lambda row: row.partner_id == self.lin)
        self.assertIn("did not come on 2026-03-09", call.subject)
        self.assertEqual(call.moment_id, self.moment_of(self.lin))

    def test_closing_the_batch(self):
        self.complete(self.moment_of(self.chen))
        with freeze_time("2026-03-10 16:05"):
            self.cron()
        self.assertEqual(self.batch.state, "done")
        self.assertEqual(self.batch.missed_count, 4)
        self.assertEqual(
            self.env["property.call"].search_count([("kind", "=", "handover")]), 4
        )
        # He comes after all.
        self.complete(self.moment_of(self.lin), "2026-03-12 02:00")
        self.assertEqual(self.moment_of(self.lin).attendance, "arrived")
        self.assertEqual(self.moment_of(self.lin).call_ids.state, "cancelled")

    def test_new_appointment_from_the_call(self):
        """Lin Mei owns 1202 too: one call, two new seats: Tuesday 9:30 and 10:00,
        for Sun Wei has 9:00."""
        self.moment_of(self.chen).partner_id = self.lin
        with freeze_time("2026-03-09 16:05"):
            self.cron()
            call = self.env["property.call"].search(
                [("kind", "=", "handover"), ("partner_id", "=", self.lin.id)]
            )
            action = call.with_user(self.user_cs).action_new_appointment()
            wizard = (
                self.env["property.handover.appointment"]
                .with_user(self.user_cs)
                .with_context(**action["context"])
                .create({})
            )
            self.assertEqual(wizard.batch_id, self.batch)
            self.assertEqual(wizard.slot_start, datetime(2026, 3, 10, 1, 30))
            wizard.action_save()
        moments = self.moment_of(self.lin)
        self.assertEqual(
            moments.sorted("ticket").mapped("slot_start"),
            [datetime(2026, 3, 10, 1, 30), datetime(2026, 3, 10, 2, 0)],
        )
        self.assertEqual(set(moments.mapped("attendance")), {"expected"})
        self.assertEqual(call.state, "cancelled")
        self.assertEqual(moments.invitation_ids.mapped("channel"), ["phone", "phone"])

    def test_new_appointment_outside_the_batch(self):
        with freeze_time("2026-03-10 16:05"):
            self.cron()
            moment = self.moment_of(self.lin)
            wizard = self.env["property.handover.appointment"].create(
                {
                    "moment_ids": [(6, 0, moment.ids)],
                    "slot_start": datetime(2026, 3, 20, 6, 0),
                }
            )
            self.assertFalse(wizard.batch_id)
            wizard.action_save()
        self.assertFalse(moment.batch_id)
        self.assertEqual(moment.date, date(2026, 3, 20))
        self.assertEqual(moment.attendance, "expected")

    def test_counter_queries(self):
        """What the counter shows of fifty owners takes as many queries as of ten."""
        many = self.env["property.unit"].create(
            [
                {
                    "name": f"C{number:03}",
                    "building_id": self.building.id,
                    "owner_id": self.env["res.partner"]
                    .create({"name": f"C{number}"})
                    .id,
                    "occupancy_status": "undelivered",
                }
                for number in range(60)
            ]
        )
        batch = self.make_batch(name="Many", capacity=20)
        self.fill(batch, many)
        shown = ["due_now", "promise_id", "plan_id", "phone", "released_count"]

        def count(moments):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            moments.with_user(self.user_cs).read(shown)
            return self.cr.sql_log_count - before

        count(batch.moment_ids[:1])
        few, more = count(batch.moment_ids[:10]), count(batch.moment_ids[10:])
        self.assertLessEqual(more, few + 2)
