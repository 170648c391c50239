from odoo import api, models
from odoo.tools.misc import format_amount, format_date, format_datetime

TEMPLATE = "property_fee_collection.report_cash_handover"
# Rows of the slip on a page; the first one carries the facts, too.
ROWS_A_PAGE = 28


class PropertyCashHandover(models.Model):
    """The slip 交款單: what goes from hand to hand, signed by both."""

    _inherit = "property.cash.handover"

    def action_print(self):
        """Open the slip."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/property/handover/{self.id}.pdf",
            "target": "new",
        }

    @api.private
    def _slip(self):
        """The slip as a PDF, in the language of whoever prints it."""
        self.ensure_one()
        self.check_access("read")
        # sudo: the slip may be read without the rights on all that it is made of.
        handover = self.sudo()
        notices = self.env["property.notice"]
        html = self.env["ir.qweb"]._render(
            TEMPLATE,
            {
                "handover": handover,
                "doc": handover._document(),
                "pages": handover._slip_pages(),
                **notices._layout_values(handover.company_id),
            },
        )
        return notices._html_to_pdf(html)

    def _document(self):
        def money(amount):
            return format_amount(self.env, amount, self.currency_id)

        def day(moment):
            zone = self.company_id._property_tz(self.community_id)
            return moment and format_datetime(
                self.env, moment, tz=zone, dt_format="short"
            )

        state = dict(self._fields["state"]._description_selection(self.env))[self.state]
        return {
            "name": self.name or self.env._("Not handed over yet"),
            "state": state,
            "handed_on": day(self.handed_on),
            "confirmed_on": day(self.confirmed_on),
            "total": money(self.amount_total),
            "declared": money(self.amount_declared),
            "received": money(self.amount_received),
            "difference": money(self.amount_difference),
        }

    def _slip_pages(self):
        """The receipts, oldest first, page by page."""
        rows = [
            {
                "number": number,
                "name": receipt.name,
                "date": format_date(self.env, receipt.date),
                "payer": receipt.payer_name,
                "amount": format_amount(self.env, receipt.amount, self.currency_id),
            }
            for number, receipt in enumerate(self.receipt_ids.sorted("id"), 1)
        ]
        return [
            rows[start : start + ROWS_A_PAGE]
            for start in range(0, len(rows), ROWS_A_PAGE)
        ] or [[]]
