import base64
from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError

from .ledger_cells import YEARS
from .ledger_messages import message
from .ledger_money import rounded
from .ledger_reader import CHUNK, LedgerReader, NotALedger
from .ledger_row import month_end
from .ledger_work import Entry, LedgerWork
from .workbook_stream import Damaged


class PropertyLedgerImport(models.Model):
    """Reading: one pass over the file, chunk by chunk, with or without importing.

    The preview and the import run the same code, so that what the user confirmed is
    what comes in.
    """

    _inherit = "property.ledger.import"

    def _read_ledger(self, apply=False):
        """Read the file, count, and store its errors and warnings.

        :param apply: also bring the good rows in
        """
        self.ensure_one()
        self.community_id.check_access("read")
        reader = self._open_reader()
        try:
            work = self._start(reader)
            self.line_ids.unlink()
            for rows in reader.chunks(work.as_of):
                self._take_chunk(rows, work, apply)
            if apply:
                self._finish(work)
        except Damaged:
            raise UserError(message(self.env, "not_xlsx")) from None
        finally:
            reader.close()
        self.write(
            {
                "row_count": work.rows,
                "valid_count": work.valid,
                "error_count": work.rows - work.valid,
                "warning_count": work.warnings,
                "developer_count": work.developer_rows,
                "invoice_count": work.invoices,
                "amount_arrears": float(work.arrears),
                "amount_ahead": float(work.ahead),
            }
        )
        return work

    def _open_reader(self):
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        try:
            return LedgerReader(content)
        except NotALedger as problem:
            raise UserError(message(self.env, problem.args[0])) from None

    def _start(self, reader):
        if self.as_of and self.as_of.year not in YEARS:
            raise UserError(
                self.env._(
                    "The ledger's month must be between %(first)s and %(last)s.",
                    first=YEARS[0],
                    last=YEARS[-1],
                )
            )
        as_of = self.as_of and month_end(self.as_of) or reader.as_of
        if not as_of:
            raise UserError(
                self.env._(
                    "The file does not say which month it covers: fill in “As of”."
                )
            )
        if as_of != self.as_of:
            self.as_of = as_of
        quantum = Decimal(str(self.currency_id.rounding))
        return LedgerWork(as_of, quantum, reader.headers)

    def _take_chunk(self, rows, work, apply):
        good = [row for row in rows if row.is_valid]
        entries = [self._weigh(row, work) for row in good]
        entries = [entry for entry in entries if entry.row.is_valid]
        for entry in entries:
            if entry.row.owner:
                entry.person, _new, other = work.persons.meet(entry.row)
                if other:
                    entry.row.warn("owner", "namesake", other=other)
        known_partners = self._look_up(entries, work)
        self._refuse_billed(entries)
        entries = [entry for entry in entries if entry.row.is_valid]
        self._count(entries, work)
        if apply:
            self._apply_chunk(entries, known_partners, work)
        self._store_issues(rows, work)
        work.rows += len(rows)
        work.valid += len(entries)
        # one long transaction: keep the cache as small as a chunk
        self.env.flush_all()
        self.env.invalidate_all()
        if apply:
            if len(rows) == CHUNK and work.rows >= 2 * work.analysed:
                self._let_planner_know()
                work.analysed = work.rows
            self._publish_progress(work.rows)

    def _weigh(self, row, work):
        """The row with its amounts, rounded, and whether somebody can owe them."""
        row.building = row.building or self.community_id.name
        entry = Entry(row)
        entry.arrears = rounded(row.arrears or Decimal(0), work.quantum)
        months = row.months_ahead(work.as_of)
        if months and row.price is None:
            row.warn("price", "ahead_unpriced", months=months)
        elif months:
            entry.ahead = rounded(row.area * row.price * months, work.quantum)
        owing = entry.arrears or entry.ahead
        if row.developer_pays:
            if owing and not self.community_id.developer_id:
                row.warn("arrears" if entry.arrears else "paid_to", "no_developer")
        elif not row.owner:
            if owing:
                row.error("owner", "nobody_pays")
            else:
                row.warn("owner", "missing_owner")
        return entry

    def _count(self, entries, work):
        """Add the rows that come in to what the preview shows."""
        for entry in entries:
            if entry.row.developer_pays and (entry.arrears or entry.ahead):
                work.developer_rows += 1
            work.invoices += entry.row.months if entry.arrears else 0
            work.arrears += entry.arrears
            work.ahead += entry.ahead

    def _store_issues(self, rows, work):
        lines = [
            {
                "import_id": self.id,
                "row": issue.row,
                "column": work.headers.get(issue.field, ""),
                "severity": issue.severity,
                "message": message(self.env, issue.code, issue.values),
            }
            for row in rows
            for issue in row.issues
        ]
        work.warnings += sum(line["severity"] == "warning" for line in lines)
        self.env["property.ledger.import.line"].create(lines)
