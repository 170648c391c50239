from collections import defaultdict

from odoo import api, models


class PropertyPrepayment(models.Model):
    """In arrears is who is asked to pay: what is disputed or paused does not count, and
    credits cover what they cover."""

    _inherit = "property.prepayment"

    @api.model
    def _arrears_of(self, community, customers):
        # sudo: where a customer stands is asked by whoever sells to him
        ledger = self.env["property.collection.ledger"].sudo()
        day = community._property_today()
        standings, _units = ledger._standings(community, day, customers)
        return {customer: row.amount_overdue for customer, row in standings.items()}

    @api.model
    def _overdue_of(self, community, customers):
        # sudo: as in _arrears_of
        ledger = self.env["property.collection.ledger"].sudo()
        day = community._property_today()
        found = {}
        for customer, items in ledger._open_by_customer(community, customers).items():
            asked = defaultdict(float)
            for item in items:
                if item.is_asked(day):
                    asked[item.move_id] += item.demandable
            moves = ledger.env["account.move"].browse(asked)
            found[customer] = [(move, asked[move.id]) for move in moves]
        return found
