from odoo import models

from .ledger_row import month_end

BILLED = ("signed", "invoicing", "invoiced", "closed")


class PropertyLedgerImport(models.Model):
    """A month is billed once: by a billing run, or by the opening of the ledger."""

    _inherit = "property.ledger.import"

    def _refuse_billed(self, entries):
        """Leave out rows whose arrears are for months that are billed already."""
        asked = {
            entry.unit_id: entry
            for entry in entries
            if entry.unit and entry.arrears and not entry.is_opened
        }
        if not asked:
            return
        billed = self._billed_months(list(asked))
        for unit_id, entry in asked.items():
            months = [
                f"{month:%Y-%m}"
                for month in entry.row.unpaid_months(self.as_of)
                if (unit_id, month) in billed
            ]
            if months:
                column = "paid_to" if entry.row.paid_to else "months"
                entry.row.error(column, "billed_already", months=", ".join(months))

    def _billed_months(self, unit_ids):
        """{(unit id, first day of a month)} of prepayable charges and of ordinary
        invoices that belong to no billing run."""
        charges = self._prepayable_charges(
            [
                ("unit_id", "in", unit_ids),
                ("run_id.state", "in", BILLED),
                "|",
                ("move_id", "=", False),
                ("move_id.state", "!=", "cancel"),
            ]
        )
        # sudo: those who import need not be accountants; only months are compared
        moves = (
            self.env["account.move"]
            .sudo()
            .search_read(
                [
                    ("property_unit_id", "in", unit_ids),
                    ("property_period", "!=", False),
                    ("property_run_id", "=", False),
                    ("property_ledger_import_id", "=", False),
                    ("move_type", "=", "out_invoice"),
                    ("state", "=", "posted"),
                ],
                ["property_unit_id", "property_period"],
                load=None,
            )
        )
        billed = {(charge["unit_id"], charge["period"]) for charge in charges}
        return billed | {
            (move["property_unit_id"], move["property_period"].replace(day=1))
            for move in moves
        }

    def _prepayable_charges(self, domain):
        # sudo: those who import need not see charges; only months are compared
        return (
            self.env["property.charge"]
            .sudo()
            .search_read(
                [("fee_item_id.is_prepayable", "=", True), *domain],
                ["unit_id", "period", "run_id"],
                order="id",
                load=None,
            )
        )

    def _note_stale_runs(self, entries, work):
        """Remember the runs that would still bill what the ledger now covers."""
        covered = {
            entry.unit_id: max(work.as_of, entry.row.paid_through or work.as_of)
            for entry in entries
            if entry.unit and not entry.is_opened
        }
        if not covered:
            return
        charges = self._prepayable_charges(
            [
                ("unit_id", "in", list(covered)),
                ("run_id.state", "in", ("computed", "signed")),
            ]
        )
        work.stale_runs.update(
            charge["run_id"]
            for charge in charges
            if month_end(charge["period"]) <= covered[charge["unit_id"]]
        )

    def _void_stale_runs(self, work):
        # sudo: whoever brings a ledger in thereby voids signatures he could not write
        runs = self.env["property.billing.run"].sudo().browse(sorted(work.stale_runs))
        for run in runs:
            run._void_signatures(
                self.env._("An owner ledger was imported: compute the run again.")
            )
