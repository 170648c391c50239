from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

SEQUENCE = "property.prepayment"


class PropertyPrepayment(models.Model):
    """The invoice of an agreement: what the months cost, the discount as a line of its
    own, both against the liability."""

    _inherit = "property.prepayment"

    def _invoice(self):
        """Number the agreements and post an invoice for each."""
        for agreement in self:
            agreement.name = agreement._next_number()
        for company, of_company in self.grouped("company_id").items():
            writer = self.env["property.invoice.writer"].with_company(company)
            moves = writer._create_posted([row._invoice_vals() for row in of_company])
            for agreement, move in zip(of_company, moves, strict=True):
                agreement._take_amounts(move)
            # What is not due under any bill is not dunned: an agreement that is not
            # paid lapses.
            moves.line_ids.filtered(
                lambda line: line.display_type == "payment_term"
            ).no_followup = True

    def _take_amounts(self, move):
        """What was invoiced is what is agreed, to the cent: of each fee, too."""
        self.write(
            {
                "move_id": move.id,
                "amount": move.amount_untaxed,
                "amount_total": move.amount_total,
            }
        )
        lines = move.invoice_line_ids.grouped("property_prepayment_item_id")
        for item in self.item_ids:
            # Not the subtotals: taxes within the price are rounded over the invoice.
            listed = lines[item].filtered(lambda line: line.quantity > 0)
            item.amount_list = -sum(listed.mapped("amount_currency"))
            item.amount = -sum(lines[item].mapped("amount_currency"))
            item.amount_discount = item.amount_list - item.amount
        self.amount_list = sum(self.item_ids.mapped("amount_list"))
        self.amount_discount = self.amount_list - self.amount

    def _next_number(self):
        sequences = self.env["ir.sequence"].with_company(self.company_id)
        return sequences.next_by_code(SEQUENCE)

    def _invoice_vals(self):
        self.ensure_one()
        community = self.community_id
        journal = community._fee_journal
        if not journal:
            raise UserError(
                self.env._(
                    "%(company)s has no sales journal.", company=self.company_id.name
                )
            )
        lines = [Command.create(vals) for vals in self._invoice_lines()]
        vals = self._common_vals("out_invoice", lines)
        vals |= {
            "journal_id": journal.id,
            "partner_id": self.partner_id.id,
            "ref": self.unit_id.display_name,
        }
        if community.partner_bank_id:
            vals["partner_bank_id"] = community.partner_bank_id.id
        return vals

    def _common_vals(self, move_type, lines):
        """What any document of an agreement says; an invoice is due as the offer says,
        a credit note at once."""
        today = self.community_id._property_today()
        days = self.offer_id.payment_days if move_type == "out_invoice" else 0
        return {
            "move_type": move_type,
            "currency_id": self.currency_id.id,
            "invoice_date": today,
            "invoice_payment_term_id": False,
            "invoice_date_due": today + timedelta(days=days),
            "invoice_origin": self.name,
            "property_community_id": self.community_id.id,
            "property_unit_id": self.unit_id.id,
            "property_prepayment_id": self.id,
            "invoice_line_ids": lines,
        }

    def _invoice_lines(self):
        account = self.company_id._property_open_advance_account()
        here = self.with_context(lang=self.partner_id.lang or self.env.lang)
        lines = []
        for item in here.item_ids:
            common = {
                "product_id": item.fee_item_id.product_id.id,
                "account_id": account.id,
                "property_prepayment_id": self.id,
                "property_prepayment_item_id": item.id,
                "property_date_from": self.date_from,
                "property_date_to": self.date_to,
            }
            lines.append(
                {
                    **common,
                    "name": here._months_text(item),
                    "quantity": self.months,
                    "price_unit": item.monthly,
                }
            )
            if self.free_months:
                lines.append(
                    {
                        **common,
                        "name": here._free_text(item),
                        "quantity": -self.free_months,
                        "price_unit": item.monthly,
                    }
                )
        return lines

    def _months_text(self, item):
        return self.env._(
            "%(fee)s %(first)s – %(last)s, paid ahead",
            fee=item.fee_item_id.name,
            first=f"{self.date_from:%Y-%m}",
            last=f"{self.date_to:%Y-%m}",
        )

    def _free_text(self, item):
        return self.env._(
            "%(fee)s, free months: %(count)s (%(offer)s)",
            fee=item.fee_item_id.name,
            count=self.free_months,
            offer=self.offer_id.name,
        )
