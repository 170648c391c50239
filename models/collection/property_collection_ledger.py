from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from .calendar import OpenItem, standing

# One line of the receivable accounts each; every posted entry takes part, whoever made
# it. Customer: the commercial partner.
LINES = """
    SELECT l.id, l.move_id, c.commercial_partner_id, m.property_community_id,
           m.property_unit_id, l.date, coalesce(l.date_maturity, l.date),
           %(residual)s AS residual, coalesce(d.amount, 0),
           m.move_type != 'entry' AND l.no_followup IS TRUE,
           l.currency_id, %(residual_currency)s, l.balance, l.amount_currency
      FROM account_move_line l
      JOIN account_move m ON m.id = l.move_id
      JOIN res_partner c ON c.id = coalesce(m.commercial_partner_id, l.partner_id)
 LEFT JOIN (
            SELECT move_id, sum(amount_held) AS amount FROM property_dispute
             WHERE amount_held > 0 GROUP BY move_id
           ) d ON d.move_id = m.id
      %(join)s
     WHERE l.account_id IN (
            SELECT id FROM account_account WHERE account_type = 'asset_receivable')
       AND l.parent_state = 'posted'
       AND %(which)s
       AND %(where)s
  ORDER BY c.commercial_partner_id, coalesce(l.date_maturity, l.date), l.id
"""
# As of a day: the balance less what was matched up to that day.
MATCHED = """
CROSS JOIN LATERAL (
            SELECT coalesce(sum(CASE WHEN r.debit_move_id = l.id THEN r.amount
                                     ELSE -r.amount END), 0) AS amount,
                   coalesce(sum(CASE WHEN r.debit_move_id = l.id
                                     THEN r.debit_amount_currency
                                     ELSE -r.credit_amount_currency END), 0)
                       AS amount_currency
              FROM account_partial_reconcile r
             WHERE (r.debit_move_id = l.id OR r.credit_move_id = l.id)
               AND r.max_date <= %(as_of)s
           ) t
"""
OPEN_THEN = """
    l.date <= %(as_of)s AND (l.reconciled IS NOT TRUE OR l.id IN (
        SELECT debit_move_id FROM account_partial_reconcile WHERE max_date > %(as_of)s
         UNION
        SELECT credit_move_id FROM account_partial_reconcile WHERE max_date > %(as_of)s
    ))
"""


class PropertyCollectionLedger(models.AbstractModel):
    """What is open of property receivables, read in sets. A payment belongs to a
    community through what it is matched with; an unmatched one is nobody's debt yet."""

    _name = "property.collection.ledger"
    _description = "Property Receivables"

    @api.model
    def _open_items(self, communities, partners=None, as_of=None):
        """The open receivable lines of communities, charges and credits.

        :param partners: only those commercial partners
        :param as_of: as it stood at the end of this day, by today's knowledge; without
            it as it stands now
        :return: OpenItems, by customer and due date; amounts in company currency
        """
        where = SQL("m.property_community_id IN %s", tuple(communities.ids) or (0,))
        return self._items(self._of(where, partners), as_of)

    @api.model
    def _open_by_customer(self, communities, partners=None, as_of=None):
        """``_open_items`` as {partner id: his items}, empty for any other."""
        found = defaultdict(list)
        for item in self._open_items(communities, partners, as_of):
            found[item.partner_id].append(item)
        return found

    @api.model
    def _open_of(self, records):
        """{record: open items of its customer in its community}

        :param records: cases, plans, whatever has both
        """
        found = defaultdict(list)
        for item in self._open_items(records.community_id, records.partner_id):
            found[item.partner_id, item.community_id].append(item)
        return {
            record: found[record.partner_id.id, record.community_id.id]
            for record in records
        }

    @api.model
    def _unallocated(self, community, partners=None, as_of=None):
        """Credits that name no community: payments not matched with anything, less
        what was paid back and is not matched either.

        Where the customer owes in several communities of the company his credit goes
        to what fell due first.

        :return: {partner id: positive amount that counts in this community}
        """
        where = SQL(
            "m.property_community_id IS NULL AND m.company_id = %s "
            "AND (l.balance < 0 OR m.origin_payment_id IS NOT NULL)",
            community.company_id.id,
        )
        credits = defaultdict(float)
        for item in self._items(self._of(where, partners), as_of):
            credits[item.partner_id] -= item.residual
        credits = {partner: sum_ for partner, sum_ in credits.items() if sum_ > 0}
        if not credits:
            return {}
        owing = self.env["res.partner"].browse(credits)
        communities = self.env["property.community"].sudo()
        siblings = communities.with_context(active_test=False).search(
            [("company_id", "=", community.company_id.id)]
        )
        items = self._open_items(siblings, owing, as_of)
        return self._shares(items, credits, community.id)

    @api.model
    def _standings(self, community, day, partners=None, as_of=None):
        """Where customers stand on ``day``.

        :return: ({partner id: Standing}, {partner id: units with something due})
        """
        company = community.company_id
        unallocated = self._unallocated(community, partners, as_of)
        by_customer = self._open_by_customer(community, partners, as_of)
        standings, units = {}, {}
        for partner, items in by_customer.items():
            standings[partner] = standing(
                items,
                day,
                unallocated.get(partner, 0.0),
                company.property_tolerance,
                company.currency_id.decimal_places,
            )
            units[partner] = {
                item.unit_id
                for item in items
                if item.unit_id and item.residual > 0 and item.date_due < day
            }
        # Read all of them at once: one by one they are asked for customer by customer.
        model = self.env["property.unit"]
        model.browse(set().union(*units.values())).fetch(["sort_key", "building_id"])
        return standings, {partner: model.browse(own) for partner, own in units.items()}

    @api.model
    def _of(self, where, partners):
        if partners is None:
            return where
        mine = SQL(
            "l.partner_id IN (SELECT id FROM res_partner "
            "WHERE commercial_partner_id IN %s)",
            tuple(partners.ids) or (0,),
        )
        return SQL("%s AND %s", where, mine)

    @api.model
    def _items(self, where, as_of):
        self._flush_facts()
        if as_of:
            parts = {
                "residual": SQL("l.balance - t.amount"),
                "residual_currency": SQL("l.amount_currency - t.amount_currency"),
                "join": SQL(MATCHED, as_of=as_of),
                "which": SQL(OPEN_THEN, as_of=as_of),
            }
        else:
            parts = {
                "residual": SQL("l.amount_residual"),
                "residual_currency": SQL("l.amount_residual_currency"),
                "join": SQL(),
                "which": SQL("l.reconciled IS NOT TRUE"),
            }
        rows = self.env.execute_query(SQL(LINES, where=where, **parts))
        return list(self._spread_disputes(map(OpenItem._make, self._open_only(rows))))

    @api.model
    def _flush_facts(self):
        for model in (
            "account.move",
            "account.move.line",
            "account.partial.reconcile",
            "property.dispute",
            "res.partner",
        ):
            self.env[model].flush_model()

    @api.model
    def _open_only(self, rows):
        return (row for row in rows if round(row[7], 6))

    @api.model
    def _spread_disputes(self, items):
        """A dispute is about an invoice, in its currency; it holds the invoice's lines
        in the order of their due dates, in company currency."""
        left = {}
        for item in items:
            if not item.disputed:
                yield item
                continue
            held = left.setdefault(item.move_id, item.disputed)
            taken = min(held, max(0.0, item.residual_currency))
            left[item.move_id] = held - taken
            rate = item.residual / item.residual_currency if taken else 0.0
            yield item._replace(disputed=taken * rate)

    @api.model
    def _shares(self, items, credits, community_id):
        """Credits spread over debts in the order in which these fell due, what may be
        demanded before what is disputed."""
        shares, left = defaultdict(float), dict(credits)
        in_order = sorted(items, key=lambda item: (item.date_due, item.line_id))
        parts = [(item, item.demandable) for item in in_order]
        parts += [(item, item.residual - item.demandable) for item in in_order]
        for item, amount in parts:
            taken = min(max(0.0, amount), left[item.partner_id])
            left[item.partner_id] -= taken
            if item.community_id == community_id:
                shares[item.partner_id] += taken
        here = {item.partner_id for item in items if item.community_id == community_id}
        elsewhere = {
            item.partner_id
            for item in items
            if item.community_id != community_id and item.residual > 0
        }
        # What is left over is shown where he owes, or owed, here only.
        for partner in here - elsewhere:
            shares[partner] += left[partner]
        return {partner: share for partner, share in shares.items() if share}
