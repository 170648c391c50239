from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .ledger_common import LedgerCommon, unit_row, workbook

FULL = "The disk is full"
QUEUE = "odoo.addons.property_fee_collection.wizards.estate"
QUEUE += ".property_ledger_import_queue"


@tagged("post_install", "-at_install")
class TestLedgerQueue(LedgerCommon):
    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].set_param(
            "property_fee_collection.ledger_import_at_once", "2"
        )
        self.cron = self.env.ref("property_fee_collection.cron_ledger_imports")

    def queue(self, *rows, **values):
        rows = rows or [unit_row(str(room)) for room in range(3)]
        record = self.make_import(workbook(*rows), user=self.user_cs, **values)
        record.action_import()
        return record

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def notices(self, record):
        # sudo: only the one who is told sees the message
        messages = self.env["mail.message"].sudo()
        return messages.search(
            [
                ("model", "=", "property.ledger.import"),
                ("res_id", "=", record.id),
                ("message_type", "=", "user_notification"),
            ]
        )

    def test_small_files_at_once_large_ones_in_the_background(self):
        small = self.make_import(workbook(unit_row("1"), unit_row("2")))
        small.action_import()
        self.assertEqual(small.state, "done")
        record = self.queue()
        self.assertEqual(record.state, "queued")
        self.assertFalse(self.unit("0"))
        self.run_cron()
        self.assertEqual(record.state, "done")
        self.assertTrue(self.unit("0"))
        self.assertEqual(record.sudo().user_id, self.user_cs)
        self.assertEqual(self.unit("0").create_uid, self.user_cs)
        self.assertEqual(self.notices(record).partner_ids, self.user_cs.partner_id)

    def test_invoices_count_for_the_size(self):
        record = self.make_import(
            workbook(unit_row("1", paidthrough="2026-07", arrears=400))
        )
        record.action_import()  # one unit and two invoices are more than two
        self.assertEqual(record.state, "queued")

    def test_run_twice_changes_nothing(self):
        record = self.queue()
        self.run_cron()
        before = self.counts()
        self.run_cron()
        self.assertEqual(self.counts(), before)
        self.assertEqual(len(self.notices(record)), 1)

    def test_a_locked_file_is_left_to_the_other_worker(self):
        record = self.queue()
        with patch.object(
            type(record),
            "try_lock_for_update",
            lambda self, **kwargs: self.browse(),
        ):
            self.run_cron()
        self.assertEqual(record.state, "queued")

    def test_failure_is_told_and_can_be_tried_again(self):
        """The second file fails midway and leaves nothing; the others come in."""
        first = self.queue(*(unit_row(f"A{room}") for room in range(3)))
        second = self.queue(*(unit_row(f"B{room}") for room in range(3)))
        make = type(first)._make_units

        def fail(record, entries, work):
            make(record, entries, work)
            if record.id == second.id:
                raise UserError(FULL)

        with patch.object(type(first), "_make_units", fail):
            self.run_cron()
        self.assertEqual(first.state, "done")
        self.assertEqual(second.state, "failed")
        self.assertEqual(second.failure, FULL)
        self.assertFalse(self.unit("B0"))
        self.assertIn(FULL, self.notices(second).body)

        second.action_import()
        self.assertEqual(second.state, "queued")
        self.run_cron()
        self.assertEqual(second.state, "done")
        self.assertFalse(second.failure)
        self.assertTrue(self.unit("B0"))

    @mute_logger(QUEUE)
    def test_unexpected_failure_is_told_too(self):
        record = self.queue()
        with patch.object(type(record), "_finish", side_effect=ZeroDivisionError):
            self.run_cron()
        self.assertEqual(record.state, "failed")
        self.assertIn("ZeroDivisionError", record.failure)

    def test_progress_is_published_chunk_by_chunk(self):
        record = self.queue()
        seen = []
        progress = self.env["property.ledger.import.progress"]
        publish = type(progress)._publish

        def watch(row, done):
            publish(row, done)
            self.env.invalidate_all()
            seen.append(self.env[record._name].browse(record.id).progress)

        reader = "odoo.addons.property_fee_collection.wizards.estate.ledger_reader"
        with (
            patch.object(type(progress), "_publish", watch),
            patch(f"{reader}.LedgerReader.chunks.__defaults__", (1,)),
        ):
            self.run_cron()
        self.assertEqual(len(seen), 3)
        self.assertEqual(record.progress, 100.0)

    def test_a_queued_file_cannot_change(self):
        record = self.queue()
        with self.assertRaises(UserError):
            record.file = False
        with self.assertRaises(UserError):
            record.action_import()
        with self.assertRaises(UserError):
            record.unlink()
