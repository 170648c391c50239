import base64

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .bank_messages import message
from .bank_sheet import NoList, read_list

SHOWN = 100
BATCH = 200


class PropertyBankImport(models.Model):
    """Reading and bringing in. A row that was imported before is known by its key, so
    that a killed import goes on where it was and overlapping files double nothing."""

    _inherit = "property.bank.import"

    def _read(self):
        """:return: (headers, all rows)"""
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        try:
            headers, rows = read_list(content)
        except NoList as error:
            raise UserError(message(self.env, error.args[0])) from None
        lock = self.company_id._get_user_fiscal_lock_date(self.journal_id)
        today = self._today()
        names = {self.currency_id.name, self.currency_id.symbol, *self._own_names()}
        for row in rows:
            if row.currency and row.currency.upper() not in names:
                row.error("currency", "other_currency", value=row.currency)
            if row.date and row.date > today:
                row.error("date", "future", day=row.date)
            elif row.date and row.date <= lock:
                row.error("date", "locked", day=row.date)
        return headers, rows

    def _today(self):
        communities = self.env["property.community"].sudo()
        community = communities.search(
            [("company_id", "=", self.company_id.id)], limit=1
        )
        return community._property_today() if community else fields.Date.today()

    def _own_names(self):
        """How banks call the account's currency."""
        return {
            "CNY": {"RMB", "人民币", "人民幣", "人民币元"},
            "TWD": {"NTD", "新台幣", "新臺幣", "台幣", "臺幣"},
        }.get(self.currency_id.name, set())

    def _wanted(self, rows):
        """Valid rows of the kind that the user wants"""
        return [
            row
            for row in rows
            if row.is_valid and (self.with_outgoing or row.amount > 0)
        ]

    def _known_keys(self, rows):
        lines = self.env["account.bank.statement.line"].sudo()
        found = lines.search_fetch(
            [
                ("journal_id", "=", self.journal_id.id),
                ("property_import_key", "in", [row.key for row in rows]),
            ],
            ["property_import_key"],
        )
        return set(found.mapped("property_import_key"))

    def _preview(self):
        headers, rows = self._read()
        wanted = self._wanted(rows)
        known = self._known_keys(wanted)
        new = [row for row in wanted if row.key not in known]
        messages = self.env["property.bank.import.line"]
        self.sudo().write(
            {
                "row_count": len(rows),
                "new_count": len(new),
                "known_count": len(wanted) - len(new),
                "error_count": sum(not row.is_valid for row in rows),
                "skipped_count": sum(row.is_valid for row in rows) - len(wanted),
                "amount_in": sum(float(row.amount) for row in new if row.amount > 0),
                "done_count": 0,
                "message_line_ids": [
                    Command.clear(),
                    *(
                        Command.create(messages._vals(row, headers, issue, message))
                        for row in rows
                        for issue in row.issues
                    ),
                ],
                "row_ids": [
                    Command.clear(),
                    *(
                        Command.create(self._row_vals(row, row.key in known))
                        for row in wanted[:SHOWN]
                    ),
                ],
            }
        )

    def _row_vals(self, row, is_known):
        return {
            "row": row.number,
            "date": row.date,
            "amount": float(row.amount),
            "payer": row.payer,
            "text": row.text,
            "reference": row.reference,
            "is_known": is_known,
        }

    def _import_all(self):
        rows = self._wanted(self._read()[1])
        for start in range(0, len(rows), BATCH):
            self._import_rows(rows[start : start + BATCH])
        self._put("done", failure=False)

    def _import_rows(self, rows):
        """:return: the new statement lines, looked up and matched where certain"""
        known = self._known_keys(rows)
        # sudo: Finance brings in transfers without Odoo's rights of an accountant.
        lines = self.env["account.bank.statement.line"].sudo()
        lines = lines.with_company(self.company_id).create(
            [self._line_vals(row) for row in rows if row.key not in known]
        )
        self.env["property.bank.matcher"]._suggest(lines)
        lines._property_match_certain()
        self.sudo().done_count += len(lines)
        return lines

    def _line_vals(self, row):
        return {
            "journal_id": self.journal_id.id,
            "date": row.date,
            "amount": float(row.amount),
            "payment_ref": row.text or row.payer or row.reference or self.filename,
            "partner_name": row.payer,
            "account_number": row.account,
            "ref": row.reference,
            "property_import_key": row.key,
        }
