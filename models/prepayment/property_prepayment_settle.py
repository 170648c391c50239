from odoo import api, models

from . import terms


class PropertyPrepayment(models.Model):
    """The schedule follows the books: its months add up to what is invoiced less what
    is credited."""

    _inherit = "property.prepayment"

    @api.private
    def _settle(self):
        """Bring the schedule in line after invoices or credit notes have changed what
        is invoiced.

        What is owed is spread evenly over the months that are not released. Where none
        is left, or where more was released than is owed, one settlement enters the
        difference at once; it may be negative. Access is for the caller to check.
        """
        for agreement in self.sudo():
            pots = agreement._pots()[agreement.id]
            owed = agreement.currency_id.round(sum(pot.amount for pot in pots))
            coming = agreement.line_ids.filtered(lambda line: not line.move_id)
            if agreement.state == "running" and coming:
                agreement._spread(max(owed, 0.0), coming)
            agreement._settle_rest(pots, owed, coming)
            agreement._finish()

    def _spread(self, amount, lines):
        shares = terms.even_shares(amount, len(lines), self.currency_id.rounding)
        for line, share in zip(lines.sorted("month"), shares, strict=True):
            line.amount = share

    def _settle_rest(self, pots, owed, coming):
        rest = self.currency_id.round(owed - sum(coming.mapped("amount")))
        balance = self.company_id.currency_id.round(sum(pot.balance for pot in pots))
        # A note at another rate than the invoice's may leave company currency only.
        is_stale = balance and not owed and not coming
        if not self.currency_id.is_zero(rest) or is_stale:
            self._settlement(rest)._release()

    def _settlement(self, amount):
        """What was left when an agreement ended early, entered at once."""
        return self.env["property.prepayment.line"].create(
            {
                "prepayment_id": self.id,
                "month": self.community_id._release_month(),
                "kind": "settlement",
                "amount": amount,
            }
        )
