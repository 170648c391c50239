from datetime import date

from odoo import fields
from odoo.fields import Command

from .common import PropertyCommon


class LedgerCommon(PropertyCommon):
    """Invoices of a run and money on them, without the screens in between."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.company_data["default_journal_bank"]
        cls.receivable = cls.company_data["default_account_receivable"]
        cls.garbage = cls.make_item("Garbage", "GB", "fixed")

    @classmethod
    def invoice_run(cls, run):
        """Post one invoice per unit and payer, as invoicing a signed run does."""
        groups = run.charge_ids.grouped(lambda row: (row.unit_id, row.partner_id))
        moves = cls.env["account.move"].create(run.sudo()._invoice_vals(groups))
        moves.action_post()
        for charges, move in zip(groups.values(), moves, strict=True):
            charges.sudo().move_id = move
        return moves

    @classmethod
    def make_invoice(cls, partner, amount, day, unit=None, **values):
        """A posted invoice (or credit note) that no run made."""
        community = values.pop("community", cls.community)
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "company_id": community.company_id.id,
                "partner_id": partner.id,
                "invoice_date": day,
                "date": day,
                "property_community_id": community.id,
                "property_unit_id": unit and unit.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Fee",
                            "quantity": 1,
                            "price_unit": amount,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **values,
            }
        )
        move.action_post()
        return move

    @classmethod
    def pay(cls, moves, amount, day, journal=None):
        """Money received on ``day`` and applied to ``moves``, the oldest first."""
        moves = moves.sorted("date")
        receivable = moves.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        journal = journal or cls.bank
        entry = cls.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": day,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": journal.default_account_id.id
                            or cls.company_data["default_account_expense"].id,
                            "debit": amount,
                        }
                    ),
                    Command.create(
                        {
                            "account_id": receivable.account_id.id,
                            "partner_id": moves.commercial_partner_id.id,
                            "credit": amount,
                        }
                    ),
                ],
            }
        )
        entry.action_post()
        (receivable + entry.line_ids.filtered("credit")).reconcile()
        return entry

    @classmethod
    def credit(cls, move, amount, day):
        """A credit note over ``amount`` applied to ``move``."""
        refund = cls.make_invoice(
            move.partner_id,
            amount,
            day,
            move.property_unit_id,
            move_type="out_refund",
        )
        (move + refund).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        return refund

    def ledger(self, period, community=None):
        return self.env["property.ledger.line"].search(
            [
                ("community_id", "=", (community or self.community).id),
                ("period", "=", period),
            ]
        )

    def figures(self, rows):
        """[(room, payer, fee, opening, receivable, waived, received, on arrears,
        closing)] in the order of the ledger."""
        return [
            (
                row.unit_id.name or "",
                row.partner_id.name,
                row.fee_item_id.code or "",
                row.opening,
                row.receivable,
                row.waived,
                row.received,
                row.received_arrears,
                row.closing,
            )
            for row in rows
        ]

    def residual(self, day, community=None):
        """Open receivables of the community's posted invoices on ``day``, read from the
        journal items one by one."""
        day = fields.Date.to_date(day)
        total = 0.0
        for line in self.env["account.move.line"].search(
            [
                (
                    "move_id.property_community_id",
                    "=",
                    (community or self.community).id,
                ),
                ("parent_state", "=", "posted"),
                ("account_type", "=", "asset_receivable"),
                ("date", "<=", day),
            ]
        ):
            total += line.balance
            for partial in line.matched_credit_ids:
                total -= partial.amount if partial.max_date <= day else 0.0
            for partial in line.matched_debit_ids:
                total += partial.amount if partial.max_date <= day else 0.0
        return round(total, 2)

    def assertTies(self, day, rows, expected):
        """The closing column, hand-worked and as the journal items have it."""
        closing = round(sum(rows.mapped("closing")), 2)
        self.assertEqual(closing, expected)
        self.assertEqual(self.residual(day), expected)


JAN = date(2026, 1, 1)
FEB = date(2026, 2, 1)
MAR = date(2026, 3, 1)
