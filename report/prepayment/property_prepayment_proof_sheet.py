from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_datetime

from ..billing.ledger_rows import fetched
from ..billing.ledger_workbook import Column, LedgerWorkbook

ROWS = """
    SELECT k.name, c.name, x.code, a.name, u.name, t.name, y.name,
           p.date_from - DATE '1899-12-30', p.date_to - DATE '1899-12-30',
           p.invoiced, p.released, p.owed, p.other, p.balance, p.difference,
           CASE WHEN y.id != p.currency_id THEN p.owed_currency END,
           CASE WHEN y.id != p.currency_id THEN p.difference_currency END
      FROM (%(proof)s) p
      JOIN res_company k ON k.id = p.company_id
LEFT JOIN (%(codes)s) x ON x.id = p.account_id AND x.company_id = p.company_id
 LEFT JOIN property_community c ON c.id = p.community_id
 LEFT JOIN property_prepayment a ON a.id = p.prepayment_id
 LEFT JOIN property_unit u ON u.id = p.unit_id
 LEFT JOIN res_partner t ON t.id = p.partner_id
 LEFT JOIN res_currency y ON y.id = p.prepayment_currency_id
  ORDER BY k.name, x.code, c.name NULLS FIRST, a.id NULLS FIRST
"""
# An account has a code in each company.
CODES = """
    SELECT a.id, k.id AS company_id,
           a.code_store->>(split_part(k.parent_path, '/', 1)) AS code
      FROM account_account a CROSS JOIN res_company k
"""
COLUMNS = (
    ("company_id", "text"),
    ("community_id", "text"),
    ("account_id", "text"),
    ("prepayment_id", "text"),
    ("unit_id", "text"),
    ("partner_id", "text"),
    ("prepayment_currency_id", "text"),
    ("date_from", "date"),
    ("date_to", "date"),
    ("invoiced", "money"),
    ("released", "money"),
    ("owed", "money"),
    ("other", "money"),
    ("balance", "money"),
    ("difference", "money"),
    ("owed_currency", "number"),
    ("difference_currency", "number"),
)
FORMULAS = {
    "owed": (("invoiced",), ("released",)),
    "difference": (("owed", "other"), ("balance",)),
}


class PropertyPrepaymentProof(models.Model):
    """The proof as a workbook."""

    _inherit = "property.prepayment.proof"

    def _write_proof(self, stream):
        """Write what the user may read of the proof to a binary ``stream``.

        :raises UserError: when a sheet cannot hold the rows
        """
        titles = self.fields_get([name for name, _kind in COLUMNS], ["string"])
        workbook = LedgerWorkbook(
            stream,
            [
                Column(name, titles[name]["string"], kind, *FORMULAS.get(name, ()))
                for name, kind in COLUMNS
            ],
            sheet_name=str(self._as_of()),
            digits=self.env.company.currency_id.decimal_places,
            frozen=4,
        )
        try:
            workbook.write_head(self._proof_title(), self._proof_head())
            for rows in self._proof_rows():
                workbook.write_rows(rows)
        except OverflowError as error:
            raise UserError(
                self.env._("This proof has more rows than a sheet can hold.")
            ) from error
        workbook.write_totals(self.env._("Total"))
        workbook.write_notes(self._proof_notes())
        workbook.close()

    def _proof_title(self):
        return self.env._("Prepayment Proof")

    def _proof_head(self):
        return [
            self.env._(
                "At the end of %(day)s    Printed on: %(now)s    By: %(user)s",
                day=self._as_of(),
                now=format_datetime(self.env, fields.Datetime.now()),
                user=self.env.user.name,
            )
        ]

    def _proof_notes(self):
        return [
            self.env._(
                "Still owed = net invoiced − released. Difference = still owed + of no "
                "agreement − account balance, and must be nothing. Without taxes."
            )
        ]

    def _proof_rows(self):
        """Chunks of rows, in the order of ``COLUMNS``."""
        query = SQL(
            ROWS,
            proof=self._search([]).select(SQL("%s.*", SQL.identifier(self._table))),
            codes=SQL(CODES),
        )
        return fetched(self.env, query)
