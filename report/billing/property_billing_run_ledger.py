from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from .ledger_rows import COLUMNS, FROZEN, ledger_rows
from .ledger_workbook import Column, LedgerWorkbook

CLOSING_PLUS = ("opening", "receivable", "prepaid")
CLOSING_MINUS = (
    "waived",
    "received",
    "received_arrears",
    "received_prepaid",
    "consumed",
)


class PropertyBillingRun(models.Model):
    """The owner payment ledger of the run's month as XLSX (procedure, 4.1.1)."""

    _inherit = "property.billing.run"

    def _write_ledger(self, stream):
        """Write the ledger of the run's community and month to a binary ``stream``.

        What the user may not read is not in it.

        :raises UserError: when a sheet cannot hold the rows
        """
        self.ensure_one()
        workbook = LedgerWorkbook(
            stream,
            self._ledger_columns(),
            sheet_name=self.period.strftime("%Y-%m"),
            digits=self.currency_id.decimal_places,
            frozen=FROZEN,
        )
        try:
            workbook.write_head(self._ledger_title(), self._ledger_head())
            for rows in ledger_rows(self.env, self._ledger_domain()):
                workbook.write_rows(rows)
        except OverflowError as error:
            raise UserError(
                self.env._("This ledger has more rows than a sheet can hold.")
            ) from error
        workbook.write_totals(self.env._("Total"))
        workbook.write_signatures(self._ledger_signatures())
        workbook.write_notes(self._ledger_notes())
        workbook.close()

    def _ledger_domain(self):
        return [
            ("community_id", "=", self.community_id.id),
            ("period", "=", self.period),
        ]

    def _ledger_columns(self):
        ledger = self.env["property.ledger.line"]
        titles = ledger.fields_get([name for name, _kind in COLUMNS], ["string"])
        return [
            Column(name, titles[name]["string"], kind, CLOSING_PLUS, CLOSING_MINUS)
            if name == "closing"
            else Column(name, titles[name]["string"], kind)
            for name, kind in COLUMNS
        ]

    def _ledger_title(self):
        return self.env._("Owner Payment Ledger")

    def _ledger_head(self):
        now = format_datetime(self.env, fields.Datetime.now())
        currency = self.currency_id.name
        return [
            self.env._(
                "Community: %(community)s   Month: %(month)s   Currency: %(currency)s",
                community=self.community_id.name,
                month=self.period.strftime("%Y-%m"),
                currency=currency,
            ),
            self.env._(
                "As of: %(day)s    Printed on: %(now)s    By: %(user)s",
                day=min(self._last_day, self.community_id._property_today()),
                now=now,
                user=self.env.user.name,
            ),
            self._ledger_signature_state(),
        ]

    def _ledger_signature_state(self):
        missing = [
            run
            for run in self._ledger_runs()
            if not (run.cs_signed_by and run.finance_signed_by)
        ]
        if missing:
            return self.env._("Not signed by both customer service and Finance yet.")
        return self.env._("Signed by customer service and Finance.")

    def _ledger_runs(self):
        """All runs of the month: a second one bills what came too late."""
        return self.search(self._ledger_domain(), order="id")

    def _ledger_signatures(self):
        return [
            (label, run._ledger_signature(role))
            for run in self._ledger_runs()
            for role, label in (
                ("cs", self.env._("Customer Service Head")),
                ("finance", self.env._("Finance")),
            )
        ]

    def _ledger_signature(self, role):
        signer = self[f"{role}_signed_by"]
        if not signer:
            return ""
        signed_on = format_datetime(self.env, self[f"{role}_signed_on"])
        # Colleagues' names may be hidden from the reader, a signature is not.
        return f"{signer.sudo().name}    {signed_on}"

    def _ledger_notes(self):
        return [
            self.env._(
                "Closing = opening arrears + receivable + billed ahead − waived − "
                "received − received on arrears − received on prepayments − prepayment "
                "consumed, at the end of the month. Opening arrears, what was received "
                "on them and the prepayment balance stand in the first row of unit and "
                "payer."
            ),
            self.env._(
                "A month that was paid ahead is receivable and consumed. The "
                "prepayment balance is without taxes, as on the liability account."
            ),
            self.env._(
                "A receivable is what the invoice says, taxes included; until it is "
                "invoiced, the charge. Waived: credit notes and other entries without "
                "money. Paid through: as it is known when printed."
            ),
        ]
