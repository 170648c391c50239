from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..billing.ledger_workbook import Column, LedgerWorkbook
from .arrears_columns import COLUMNS, FORMULAS, FROZEN

CHUNK = 1000
SPREADSHEET_DAY_0 = fields.Date.to_date("1899-12-30")
# Months are written as texts such as 2026-01.
KINDS = {"month": "text"}


class PropertyArrearsStatement(models.Model):
    """The statement as XLSX (procedure, section 3)."""

    _inherit = "property.arrears.statement"

    def action_download(self):
        """Download the statement as XLSX."""
        self.ensure_one()
        if not self.computed_on:
            raise UserError(self.env._("Compute the statement first."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/property_fee_collection/arrears/{self.id}.xlsx",
            "target": "download",
        }

    def _write_workbook(self, stream):
        """Write the statement to a binary ``stream``, row by row.

        :raises UserError: when a sheet cannot hold the rows
        """
        self.ensure_one()
        workbook = LedgerWorkbook(
            stream,
            self._workbook_columns(),
            sheet_name=self.period.strftime("%Y-%m"),
            digits=self.currency_id.decimal_places,
            frozen=FROZEN,
        )
        try:
            workbook.write_head(self._document_title(), self._document_head())
            for lines in self._line_chunks():
                workbook.write_rows([self._workbook_row(line) for line in lines])
        except OverflowError as error:
            raise UserError(
                self.env._("This statement has more rows than a sheet can hold.")
            ) from error
        workbook.write_totals(self.env._("Total"))
        workbook.write_signatures(self._document_signatures())
        workbook.write_notes(self._document_notes())
        workbook.close()

    def _line_chunks(self):
        """The lines in their order, so many at a time that memory stays small."""
        lines = self.env["property.arrears.line"]
        ids = lines.search([("statement_id", "=", self.id)]).ids
        for start in range(0, len(ids), CHUNK):
            chunk = lines.browse(ids[start : start + CHUNK])
            yield chunk
            chunk.invalidate_recordset()

    def _workbook_columns(self):
        titles = self._column_titles()
        return [
            Column(name, titles[name], KINDS.get(kind, kind), *FORMULAS.get(name, ()))
            for name, kind in COLUMNS
        ]

    def _column_titles(self):
        names = [name for name, _kind in COLUMNS]
        found = self.env["property.arrears.line"].fields_get(names, ["string"])
        return {name: found[name]["string"] for name in names}

    def _workbook_row(self, line):
        labels = dict(line._fields["reason"]._description_selection(self.env))
        return tuple(self._cell(line[name], kind, labels) for name, kind in COLUMNS)

    def _cell(self, value, kind, labels):
        if kind in ("money", "count"):
            return value
        if not value:
            return None
        if kind == "date":
            return (value - SPREADSHEET_DAY_0).days
        if kind == "month":
            return value.strftime("%Y-%m")
        if isinstance(value, str):
            return labels.get(value, value)
        # Colleagues' names may be hidden from the reader; on the statement they stand.
        return value.sudo().display_name

    def _document_title(self):
        return self.env._("Arrears Statement")

    def _document_head(self):
        return [
            self.env._(
                "Community: %(community)s   Month: %(month)s   Currency: %(currency)s",
                community=self.community_id.name,
                month=self.period.strftime("%Y-%m"),
                currency=self.currency_id.name,
            ),
            self.env._(
                "As of: %(day)s    Printed on: %(now)s    By: %(user)s",
                day=self.as_of,
                now=format_datetime(self.env, fields.Datetime.now()),
                user=self.env.user.name,
            ),
            self.env._("Signed: %(hash)s", hash=self.content_hash)
            if self.state == "signed"
            else self.env._("Draft: not signed by the customer service head yet."),
        ]

    def _document_signatures(self):
        signed = ""
        if self.signed_by:
            # sudo: a signature is not hidden from the reader.
            signed_on = format_datetime(self.env, self.signed_on)
            signed = f"{self.sudo().signed_by.name}    {signed_on}"
        return [(self.env._("Customer Service Head"), signed)]

    def _document_notes(self):
        return [
            self.env._(
                "Closing = opening + billed − received + adjusted, at the end of the "
                "month. Adjusted: credit notes, write-offs and whatever else is not "
                "money; what was entered later with an earlier date is part of it and "
                "stands apart beside it."
            ),
            self.env._(
                "Ageing by due date; the buckets add up to the closing. Payments "
                "matched with nothing yet are not in the closing."
            ),
        ]
