from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .ledger_money import monthly_shares
from .ledger_work import Advance

FEW = 100  # invoices that tell the query planner what is to come


class PropertyLedgerImport(models.Model):
    """Opening arrears and opening prepayments, against the opening balance account."""

    _inherit = "property.ledger.import"

    def _post_openings(self, entries, work):
        """Post the arrears of units whose money has not come in yet, one invoice per
        unit and unpaid month, and note their prepayments for ``_post_advances``."""
        vals_list = []
        for entry in entries:
            if entry.is_opened:
                continue
            payer_id = self._payer_id(entry)
            if entry.arrears:
                vals_list += self._opening_vals(entry, payer_id, work)
            if entry.ahead:
                work.advances.append(self._advance(entry, payer_id))
        self._post_invoices(vals_list, work)

    def _advance(self, entry, payer_id):
        name = f"{entry.row.building} {entry.row.room}"
        return Advance(
            payer_id, entry.unit_id, name, entry.row.paid_through, entry.ahead
        )

    def _payer_id(self, entry):
        """Developer for unsold and undelivered units, else the owner (procedure,
        section 5)."""
        if not entry.row.developer_pays:
            return entry.owner_id
        if (entry.arrears or entry.ahead) and not self.community_id.developer_id:
            raise UserError(self.env._("Set the community's developer first."))
        return self.community_id.developer_id.id

    def _opening_vals(self, entry, payer_id, work):
        months = entry.row.unpaid_months(work.as_of)
        shares = monthly_shares(entry.arrears, len(months), work.quantum)
        return [
            self._invoice_vals(entry.unit_id, payer_id, month, float(share))
            for month, share in zip(months, shares, strict=True)
            if share
        ]

    def _invoice_vals(self, unit_id, payer_id, month, amount):
        """An ordinary customer invoice, untaxed: its tax fell due in its own month."""
        return {
            "move_type": "out_invoice",
            "partner_id": payer_id,
            "journal_id": self._opening_journal("sale").id,
            "currency_id": self.currency_id.id,
            "invoice_date": self.as_of,
            "date": self.as_of,
            "invoice_payment_term_id": False,
            "invoice_date_due": month.replace(day=self.community_id.due_day),
            "property_community_id": self.community_id.id,
            "property_unit_id": unit_id,
            "property_period": month,
            "property_ledger_import_id": self.id,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": self.env._(
                            "Opening arrears %(month)s", month=f"{month:%Y-%m}"
                        ),
                        "quantity": 1,
                        "price_unit": amount,
                        "account_id": self.opening_account_id.id,
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
        }

    def _post_invoices(self, vals_list, work):
        if not vals_list:
            return
        # sudo: those who import are customer service, not accountants. They may read
        # the community (checked), create its units, and wrote none of these values.
        writer = self._quietly("property.invoice.writer").sudo()
        writer = writer.with_company(self.company_id)
        if not work.made["invoices"] and len(vals_list) > FEW:
            writer._create_posted(vals_list[:FEW])
            self._let_planner_know()
            writer._create_posted(vals_list[FEW:])
        else:
            writer._create_posted(vals_list)
        work.made["invoices"] += len(vals_list)

    def _post_advances(self, work):
        """One entry for all months paid ahead: owed to the payers, one line a unit."""
        if not work.advances:
            return
        entry = {
            "move_type": "entry",
            "journal_id": self._opening_journal("general").id,
            "date": self.as_of,
            "ref": self.env._(
                "Paid ahead at %(day)s, %(community)s",
                day=fields.Date.to_string(self.as_of),
                community=self.community_id.name,
            ),
            "property_community_id": self.community_id.id,
            "property_ledger_import_id": self.id,
            "line_ids": [
                *(
                    Command.create(self._advance_line(advance))
                    for advance in work.advances
                ),
                Command.create(
                    {
                        "name": self.env._("Paid ahead"),
                        "account_id": self.opening_account_id.id,
                        "debit": float(sum(row.amount for row in work.advances)),
                    }
                ),
            ],
        }
        # sudo: as for the invoices
        self._quietly("account.move").sudo().with_company(self.company_id).create(
            entry
        ).action_post()

    def _advance_line(self, advance):
        return {
            "name": self.env._("Paid ahead, %(unit)s", unit=advance.unit_name),
            "partner_id": advance.payer_id,
            "account_id": self.advance_account_id.id,
            "credit": float(advance.amount),
            **advance.links,
        }

    def _opening_journal(self, kind):
        """:raises UserError: if the company has no journal of this kind"""
        if kind == "sale":
            journal = self.community_id.sudo()._fee_journal
        else:
            # sudo: journals are for accountants to read
            journal = (
                self.env["account.journal"]
                .sudo()
                .search(
                    [
                        *self.env["account.journal"]._check_company_domain(
                            self.company_id
                        ),
                        ("type", "=", kind),
                    ],
                    limit=1,
                )
            )
        if not journal:
            raise UserError(
                self.env._(
                    "%(company)s has no journal of the kind “%(kind)s”.",
                    company=self.company_id.name,
                    kind=dict(
                        self.env["account.journal"]
                        ._fields["type"]
                        ._description_selection(self.env)
                    )[kind],
                )
            )
        return journal
