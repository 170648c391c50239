from odoo import fields, models
from odoo.tools import date_utils


class PropertyNoticeLine(models.Model):
    """Lines of demands: one for each period, since limitation runs for each."""

    _inherit = "property.notice.line"

    type = fields.Selection(
        selection_add=[
            ("charge", "Overdue charge"),
            ("instalment", "Overdue instalment"),
            ("late_fee", "Late fee"),
            ("disputed", "Disputed"),
            ("paused", "Not pursued at present"),
        ],
        ondelete={
            "charge": "set default",
            "instalment": "set default",
            "late_fee": "set default",
            "disputed": "set default",
            "paused": "set default",
        },
    )
    date_due = fields.Date("Due Date")
    amount_original = fields.Monetary("Billed", help="As it fell due, taxes included.")
    amount_received = fields.Monetary("Received", help="Up to the day of issue.")
    amount_held = fields.Monetary(
        "Of Which Disputed", help="Open, but listed apart and not in the amount."
    )
    basis_note = fields.Char(
        "Area and Rate", help="From what the charge was reckoned: quantity and price."
    )
    amount_late_fee = fields.Monetary(
        "Late Fee", help="On this charge; all of it makes up the line of late fees."
    )

    def _printed(self):
        row = super()._printed()
        notice = self.notice_id
        money = self._money_of
        is_charge = bool(self.date_due)
        held = money(self.amount_held) if self.amount_held else ""
        notes = [
            held and self.env._("of which disputed: %(amount)s", amount=held),
            notice.kind == "lawyer" and self.basis_note,
        ]
        notes = list(filter(None, notes))
        return {
            **row,
            "notes": notes,
            "item_and_notes": "\n".join([row["item"], *notes]),
            "date_due": notice._day(self.date_due),
            "original": money(self.amount_original) if is_charge else "",
            "received": money(self.amount_received) if is_charge else "",
            "late_fee": money(self.amount_late_fee) if self.amount_late_fee else "",
            "apart": self.type in ("disputed", "paused"),
        }

    def _span(self, notice):
        if self.type == "late_fee" and not self.date_due:
            return self.env._("up to %(day)s", day=notice._day(self.date_to))
        if self.type not in ("charge", "disputed", "paused"):
            return super()._span(notice)
        first, last = self.date_from, self.date_to
        if not first or not last:
            return notice._month(self.period)
        # Whole months are written as months.
        after = date_utils.add(last, days=1)
        if first.day == after.day == 1:
            months = notice._month(first), notice._month(last)
            return " – ".join(dict.fromkeys(months))
        return f"{notice._day(first)} – {notice._day(last)}"
