from collections import defaultdict

from odoo import models
from odoo.tools import format_date

from .demand import asked_of, to_notice_currency


class PropertyNoticeComposer(models.AbstractModel):
    """The lines of demands."""

    _inherit = "property.notice.composer"

    def _rows(self, notice, due, facts, currency):
        """The due charges split into asked and held, in room order."""
        foreign = currency != notice.company_id.currency_id
        rows = []
        for item in due:
            original = item.original_currency if foreign else item.original
            rows.append(asked_of(item, original, foreign, currency.decimal_places))
        units = facts["units"]
        places = {
            unit: units[unit].sort_key or ""
            for unit in {item.unit_id for item in due if item.unit_id}
        }
        return sorted(rows, key=lambda row: places.get(row.item.unit_id, ""))

    def _charge_lines_of(self, rows, fees, facts, currency):
        """One line for each charge (limitation runs for each); what a dispute holds
        stands in a line of its own."""
        lines, billed = [], facts["fee_moves"]
        for row in rows:
            vals = self._period_of(row, facts, currency)
            if row.asked:
                lines.append(
                    {
                        **vals,
                        "type": "late_fee" if row.item.move_id in billed else "charge",
                        "amount": row.asked,
                        "amount_held": row.held,
                        "amount_late_fee": fees.get(row.item.line_id, 0.0),
                    }
                )
            if row.held:
                kind = "paused" if row.item.is_paused else "disputed"
                lines.append({**vals, "type": kind, "amount": row.held})
        return lines

    def _credit_lines(self, credits, on_account, facts, currency):
        """Credit notes, and payments that are matched with nothing, as negative
        lines."""
        lines = []
        for item in credits:
            move = facts["moves"][item.move_id]
            in_currency = item.currency_id == currency.id
            lines.append(
                {
                    **self._of_move(move),
                    "type": "credit",
                    "item_name": self.env._("Credit %(number)s", number=move.name),
                    "date_from": item.date,
                    "date_to": item.date,
                    "amount": item.residual_currency if in_currency else item.residual,
                }
            )
        if on_account:
            lines.append(
                {
                    "type": "credit",
                    "item_name": self.env._("Payments on account"),
                    "date_from": facts["day"],
                    "date_to": facts["day"],
                    "amount": -currency.round(on_account),
                }
            )
        return lines

    # Late fee and agreements ----------------------------------------------------------

    def _fees(self, cases, day):
        """What customers owe as late fee that is not invoiced yet.

        :return: {partner id: {move id: amount}} in company currency
        """
        # sudo: collectors need not be accountants to ask what is owed.
        fees = cases.sudo()._late_fee(day)
        by_customer = defaultdict(dict)
        for move in self.env["account.move"].sudo().browse(fees):
            by_customer[move.commercial_partner_id.id][move.id] = fees[move.id]
        return by_customer

    def _fee_moves(self, moves):
        """Those of the invoices that bill a late fee."""
        fees = self.env["property.late.fee"].sudo()
        found = fees.search([("fee_move_id", "in", moves.ids)])
        return set(found.fee_move_id.ids)

    def _late_fees(self, rows, fees, case, currency):
        """{receivable line id: late fee} in the currency of the notice; an invoice with
        several due dates has its fee once. None: bills that were paid, but late."""
        foreign = currency != case.company_id.currency_id
        digits, left, found = currency.decimal_places, dict(fees), {}
        for row in rows:
            fee = left.pop(row.item.move_id, 0.0)
            if fee:
                item = row.item
                found[item.line_id] = to_notice_currency(item, fee, foreign, digits)
        if left and not foreign:
            found[None] = round(sum(left.values()), digits)
        return found

    def _late_fee_lines(self, fees, facts):
        """Late fee up to the day of issue, of open bills and of those paid late."""
        of_paid = fees.get(None, 0.0)
        of_open = sum(fees.values()) - of_paid
        names = (
            (of_open, self.env._("Late fee on the above")),
            (of_paid, self.env._("Late fee on bills that were paid late")),
        )
        return [
            {
                "type": "late_fee",
                "item_name": name,
                "date_from": facts["day"],
                "date_to": facts["day"],
                "amount": amount,
            }
            for amount, name in names
            if amount
        ]

    def _late_fee_note(self, case, day):
        """Rate and as-of date, as they are printed."""
        company = case.company_id
        return self.env._(
            "Simple, %(rate)s %% a day on what is unpaid of each bill, at most "
            "%(cap)s %% of the bill, up to %(day)s",
            rate=f"{company.property_late_fee_rate:.6g}",
            cap=f"{company.property_late_fee_cap:.6g}",
            day=format_date(self.env, day),
        )

    def _instalments(self, case, day):
        """Lines for late instalments of a running plan, or None."""
        lines = case._demand_lines(day)
        return lines and [
            {
                "amount_original": line["amount"],
                "date_due": line.get("date_from"),
                **line,
                "type": "instalment",
            }
            for line in lines
        ]

    def _covered(self, case):
        """Ids of invoices for which the running plan stands."""
        return tuple(case._moves_in_plan().ids)
