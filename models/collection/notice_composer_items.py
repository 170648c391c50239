from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL, date_utils, format_amount

PRODUCTS = """
    SELECT move_id, name, product_id, property_charge_id, quantity, price_unit,
           property_date_from, property_date_to
      FROM account_move_line
     WHERE move_id IN %s AND display_type = 'product'
  ORDER BY id
"""


@lru_cache(maxsize=128)
def _month_end(month):
    return date_utils.end_of(month, "month")


class Product(NamedTuple):
    """A line of an invoice: what was charged for, and how much of it."""

    name: str | None
    product_id: int | None
    charge_id: int | None
    quantity: float | None
    price_unit: float | None
    date_from: date | None
    date_to: date | None


class PropertyNoticeComposer(models.AbstractModel):
    """What the charges on demands were billed for."""

    _inherit = "property.notice.composer"

    def _products(self, moves):
        """{move id: its Products}, read at once: there are thousands of them."""
        moves.env["account.move.line"].flush_model()
        products = defaultdict(list)
        ids = tuple(moves.ids) or (0,)
        for move, *values in self.env.execute_query(SQL(PRODUCTS, ids)):
            products[move].append(Product._make(values))
        return products

    def _charges(self, products):
        """The charges behind the lines, in the language of the environment."""
        # sudo: collectors need not be accountants to say what is owed.
        charges = self.env["property.charge"].sudo()
        ids = {line.charge_id for of_move in products.values() for line in of_move}
        return {charge.id: charge for charge in charges.browse(ids - {None})}

    def _product_names(self, products):
        """{product id: its name in the language of the environment}"""
        # sudo: as for the charges.
        model = self.env["product.product"].sudo()
        ids = {line.product_id for of_move in products.values() for line in of_move}
        return {product.id: product.name for product in model.browse(ids - {None})}

    def _period_of(self, row, facts, currency):
        item = row.item
        move = facts["moves"][item.move_id]
        products = facts["products"][item.move_id]
        name = self._items_of(products, item, facts)
        if item.currency_id and item.currency_id != currency.id:
            amount = format_amount(
                self.env,
                item.residual_currency,
                self.env["res.currency"].browse(item.currency_id),
            )
            name = f"{name} ({amount})"
        month = move.property_period
        starts = [line.date_from for line in products if line.date_from]
        ends = [line.date_to for line in products if line.date_to]
        if month and not ends:
            ends = [_month_end(month)]
        return {
            **self._of_move(move),
            "item_name": name,
            "basis_note": self._basis_of(products, facts),
            "date_from": min(starts, default=month),
            "date_to": max(ends, default=month),
            "date_due": item.date_due,
            "amount_original": row.original,
            "amount_received": row.received,
        }

    def _basis_of(self, products, facts):
        """From what it was reckoned, such as 91.25 m² × 2.8."""
        notes = []
        for line in products:
            quantity, unit, price = line.quantity or 0.0, "", line.price_unit or 0.0
            charge = facts["charges"].get(line.charge_id)
            if charge:
                quantity = charge.quantity
                unit = charge.fee_item_id.quantity_unit or ""
                price = charge.price_unit or price
            amount = f"{quantity:.10g} {unit}".strip()
            notes.append(f"{amount} × {price:.10g}")
        return "; ".join(notes)

    def _items_of(self, products, item, facts):
        """What was charged for, each item once."""
        names = []
        for line in products:
            charge = facts["charges"].get(line.charge_id)
            names.append(
                (charge and charge.fee_item_id.name)
                or facts["product_names"].get(line.product_id)
                or line.name
            )
        names = list(dict.fromkeys(filter(None, names)))
        if names:
            return ", ".join(names)
        move = facts["moves"][item.move_id]
        line = move.env["account.move.line"].browse(item.line_id)
        return line.name or move.ref or move.name or ""
