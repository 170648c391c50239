from odoo import api, models
from odoo.tools import date_utils

from ..billing.payers import payer_spans
from ..estate.dates import days_in, overlap
from .property_charge_engine import SOMEBODY, sold


class PropertyChargeEngine(models.AbstractModel):
    """What a seller was billed for days that are the buyer's."""

    _inherit = "property.charge.engine"

    @api.private
    @api.model
    def _billed_beyond(self, unit, seller, buyer, day):
        """What is to be credited to the seller, by days, as the company divides the
        month of a transfer.

        :param day: first day of the buyer
        :return: (an amount without taxes in company currency, less what has been
            credited on these bills; the bills)
        """
        charges = self.env["property.charge"].search(
            [
                ("unit_id", "=", unit.id),
                ("partner_id", "=", seller.id),
                ("period", ">=", date_utils.start_of(day, "month")),
                ("move_id.state", "=", "posted"),
            ]
        )
        spans = {
            key: self._spans_once_sold(unit, *key, buyer.id or SOMEBODY, day)
            for key in charges.grouped(lambda row: (row.community_id, row.period))
        }
        amounts = {
            charge: self._beyond(charge, spans[charge.community_id, charge.period])
            for charge in charges
        }
        beyond = {charge: amount for charge, amount in amounts.items() if amount > 0}
        moves = charges.browse(charge.id for charge in beyond).move_id
        notes = moves.reversal_move_ids.filtered(lambda note: note.state == "posted")
        total = sum(beyond.values()) - sum(notes.mapped("amount_untaxed"))
        return unit.company_id.currency_id.round(max(total, 0.0)), moves

    def _spans_once_sold(self, unit, community, first, buyer_id, day):
        """Who pays for which days of a month once the unit is the buyer's."""
        last = date_utils.end_of(first, "month")
        [row] = self._units(community, unit, first, last)
        life = row.life._replace(tenures=sold(row.life.tenures, buyer_id, day))
        return payer_spans(life, first, last, community._payer_rules[1])

    def _beyond(self, charge, spans):
        days = [
            overlap(span.date_from, span.date_to, charge.date_from, charge.date_to)
            for span in spans
            if span.partner_id == charge.partner_id.id
        ]
        kept = sum(days_in(*found) for found in days if found)
        share = kept / days_in(charge.date_from, charge.date_to)
        return charge.amount - charge.currency_id.round(charge.amount * share)
