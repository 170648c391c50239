import io
import tracemalloc

import xlsxwriter

from odoo.tests import BaseCase, tagged

from odoo.addons.property_fee_collection.wizards.estate.ledger_reader import (
    LedgerReader,
)

from .ledger_common import HEADER, SEPTEMBER, LedgerCommon, unit_row, workbook


def large(rows):
    """A ledger of ``rows`` units, written without openpyxl's memory."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER.split())
        for number in range(rows):
            row = unit_row(f"R{number}", f"Owner {number}", f"138{number:08d}")
            sheet.write_row(number + 1, 0, row)
    return output.getvalue()


@tagged("post_install", "-at_install")
class TestLedgerStream(BaseCase):
    def test_memory_does_not_hold_the_rows(self):
        """20,000 rows of 11 cells: as a list of rows they take more than 20 MB. Read as
        a stream the peak stays below 12 MB, of which the rooms met so far are most."""
        content = large(20_000)
        tracemalloc.start()
        try:
            reader = LedgerReader(content)
            count = sum(len(chunk) for chunk in reader.chunks(SEPTEMBER))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        self.assertEqual(count, 20_000)
        self.assertLess(peak, 12_000_000)


@tagged("post_install", "-at_install")
class TestLedgerQueries(LedgerCommon):
    def queries(self, action):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def rows(self, count, prefix):
        return workbook(
            *(
                unit_row(f"{prefix}{n}", f"{prefix} {n}", f"138{prefix}{n:07d}")
                for n in range(count)
            )
        )

    def test_preview_costs_no_query_per_row(self):
        few, many = (
            self.make_import(self.rows(10, "1")),
            self.make_import(self.rows(200, "1")),
        )
        few_queries = self.queries(few.action_preview)
        many_queries = self.queries(many.action_preview)
        self.assertLessEqual(many_queries, few_queries + 3)

    def test_import_again_costs_no_query_per_row(self):
        """Nothing differs, so nothing is written: ten rows cost what 200 rows cost."""
        self.make_import(self.rows(200, "1")).action_import()
        few, many = (
            self.make_import(self.rows(10, "1")),
            self.make_import(self.rows(200, "1")),
        )
        few_queries = self.queries(few.action_import)
        many_queries = self.queries(many.action_import)
        self.assertLessEqual(many_queries, few_queries + 5)
