from odoo import fields, models

from .instalments import allocate


class PropertyPlan(models.Model):
    """The bills that a plan or waiver is about, as they stood when it was proposed."""

    _inherit = "property.plan"

    def _snapshot(self):
        """The bills that are open, due and undisputed today, less the credits of the
        customer, which go to the oldest bills: together what the case owes."""
        items, rows = self._open_items(), []
        # sudo: the snapshot is written by the system alone.
        plans = self.sudo()
        plans.filtered("credit_elsewhere").credit_elsewhere = 0.0
        for plan, credits in plans._credits(items).items():
            found = plan._net_rows(items[plan], credits)
            rows += found
            digits = plan.currency_id.decimal_places
            taken = sum(row["credit"] for row in found)
            plan.credit_elsewhere = round(max(0.0, credits - taken), digits)
        self.env["property.plan.item"].sudo().create(rows)

    def _net_rows(self, items, credits):
        """:return: values of the bills of which something is owed net of credits"""
        day, digits = self.community_id._property_today(), self.currency_id
        due = [item for item in items if item.is_asked(day)]
        shares = allocate(
            credits, [item.demandable for item in due], digits.decimal_places
        )
        rows = {}
        for item, share in zip(due, shares, strict=True):
            row = rows.setdefault(
                item.move_id,
                {
                    "plan_id": self.id,
                    "move_id": item.move_id,
                    "date_due": fields.Date.to_string(item.date_due),
                    "residual": 0.0,
                    "credit": 0.0,
                    "amount": 0.0,
                },
            )
            row["credit"] += share
            row["amount"] += digits.round(item.demandable - share)
        for item in items:
            if item.move_id in rows:
                rows[item.move_id]["residual"] += item.residual
        return [
            row
            for move, row in rows.items()
            if not digits.is_zero(row["amount"]) and self._can_cover(move)
        ]

    def _can_cover(self, move_id):
        """An entry without an invoice can be paid, but not credited by a note."""
        move = self.env["account.move"].sudo().browse(move_id)
        return self.kind != "waiver" or move.is_sale_document(include_receipts=True)
