from odoo import api, models
from odoo.tools import SQL

from .ledger_query import BALANCES, CONSUMED


class PropertyLedgerLine(models.Model):
    """Months that were paid ahead, in the owner payment ledger."""

    _inherit = "property.ledger.line"
    _depends = {
        "account.move.line": ["property_prepayment_id"],
        "property.prepayment": [
            "amount",
            "amount_total",
            "community_id",
            "partner_id",
            "state",
            "unit_id",
        ],
        "property.prepayment.item": [
            "amount",
            "factor",
            "fee_item_id",
            "prepayment_id",
            "price_unit",
            "quantity",
        ],
        "property.prepayment.line": ["move_id", "prepayment_id"],
    }

    @api.model
    def _consumed(self):
        return SQL(CONSUMED)

    @api.model
    def _balances(self):
        return SQL(BALANCES)
