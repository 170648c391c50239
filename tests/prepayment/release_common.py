from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Date

from .common import PrepaymentCommon


class ReleaseCommon(PrepaymentCommon):
    """Agreements are concluded on 20 December 2025; the community lives in Taipei."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.liability = cls.company._property_open_advance_account()
        cls.income = cls.company_data["default_account_revenue"]

    @classmethod
    def conclude(cls, day="2026-01-01", on="2025-12-20 04:00", paid=True, **values):
        with freeze_time(on):
            agreement = cls.make_agreement(day, **values)
            if paid:
                cls.pay(agreement)
        return agreement

    @classmethod
    def pay(cls, agreement, amount=None):
        wizard = (
            cls.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=agreement.move_id.ids)
            .create({"amount": amount} if amount else {})
        )
        wizard._create_payments()

    def release(self, on):
        """The scheduled action on this day, at noon in Taipei unless it says when."""
        moment = on if ":" in on else f"{on} 04:00"
        crons = type(self.env["ir.cron"])
        with (
            freeze_time(moment),
            patch.object(crons, "_commit_progress", lambda *_args, **_kw: 60),
        ):
            self.env["property.prepayment"]._cron_release_prepayments()

    def cancel(self, agreement, last_day, on, rule=None):
        with freeze_time(f"{on} 04:00"):
            agreement._cancel(Date.to_date(last_day), rule, "Moved away")

    def credit(self, move, on, amounts=None):
        """An accountant's credit note through Odoo's wizard; ``amounts`` are written
        over the prices of its lines, in their order."""
        with freeze_time(f"{on} 04:00"):
            wizard = (
                self.env["account.move.reversal"]
                .with_context(active_model="account.move", active_ids=move.ids)
                .create({"journal_id": move.journal_id.id, "date": on})
            )
            note = self.env["account.move"].browse(wizard.refund_moves()["res_id"])
            if amounts:
                note.invoice_line_ids[len(amounts) :].unlink()
                note.invoice_line_ids.write({"quantity": 1.0})
                for line, amount in zip(note.invoice_line_ids, amounts, strict=True):
                    line.price_unit = amount
            note.action_post()
        return note

    def entries(self, agreement):
        return agreement.line_ids.move_id

    def balance(self, agreement, day=None, currency=False, account=None):
        """What the liability account owes for the agreement at the end of a day."""
        domain = [
            ("property_prepayment_id", "=", agreement.id),
            ("account_id", "=", (account or self.liability).id),
            ("parent_state", "=", "posted"),
        ]
        if day:
            domain.append(("date", "<=", Date.to_date(day)))
        field = "amount_currency" if currency else "balance"
        [[total]] = self.env["account.move.line"]._read_group(
            domain, [], [f"{field}:sum"]
        )
        return round(-total, 2)

    def earned(self, account=None, until=None):
        domain = [
            ("account_id", "=", (account or self.income).id),
            ("parent_state", "=", "posted"),
            ("company_id", "=", self.company.id),
        ]
        if until:
            domain.append(("date", "<=", Date.to_date(until)))
        [[total]] = self.env["account.move.line"]._read_group(
            domain, [], ["balance:sum"]
        )
        return round(-total, 2)

    def assertTies(self, agreement, *days):
        """Invoiced less released is what the liability account says, at each date."""
        for day in (*days, None):
            until = Date.to_date(day) if day else date.max
            released = sum(
                line.amount
                for line in agreement.line_ids
                if line.move_id and line.move_id.date <= until
            )
            documents = self.env["account.move"].search(
                [
                    ("property_prepayment_id", "=", agreement.id),
                    ("state", "=", "posted"),
                    ("move_type", "in", ("out_invoice", "out_refund")),
                    ("date", "<=", until),
                ]
            )
            invoiced = sum(
                move.amount_untaxed * (1 if move.move_type == "out_invoice" else -1)
                for move in documents
            )
            self.assertAlmostEqual(
                self.balance(agreement, day, currency=True),
                invoiced - released,
                2,
                f"{agreement.name} {day}",
            )
        if all(line.move_id for line in agreement.line_ids):
            self.assertEqual(self.balance(agreement), 0.0)
        self.assertAlmostEqual(
            sum(agreement.line_ids.mapped("amount")), agreement.amount_net, 2
        )

    def cover_of(self, agreement):
        return [
            (str(row.date_from), str(row.date_to))
            for row in agreement.cover_ids.sorted("date_from")
        ]
