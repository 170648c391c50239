from collections import defaultdict

from odoo import api, fields, models

from .bank_judge import Bill, Number, Transfer, judge
from .bank_text import number_key, number_keys
from .bank_units import Unit, UnitBook

# Bills and notices by the letters and digits of their numbers.
NUMBERS = """
    SELECT regexp_replace(upper(m.name), '[^A-Z0-9]', '', 'g'), m.name, m.id
      FROM account_move m
     WHERE m.company_id = %(company)s
       AND m.property_community_id IS NOT NULL
       AND m.move_type IN ('out_invoice', 'out_receipt')
       AND m.state = 'posted'
       AND regexp_replace(upper(m.name), '[^A-Z0-9]', '', 'g') = ANY(%(keys)s)
     UNION ALL
    SELECT regexp_replace(upper(n.name), '[^A-Z0-9]', '', 'g'), n.name,
           r.account_move_id
      FROM property_notice n
 LEFT JOIN property_notice_move_rel r ON r.property_notice_id = n.id
     WHERE n.company_id = %(company)s
       AND n.state NOT IN ('draft', 'cancelled')
       AND regexp_replace(upper(n.name), '[^A-Z0-9]', '', 'g') = ANY(%(keys)s)
"""
UNITS = """
    SELECT u.id, b.name, u.name, u.community_id, c.name, c.code, u.owner_id, o.name,
           u.occupant_id, t.name
      FROM property_unit u
      JOIN property_building b ON b.id = u.building_id
      JOIN property_community c ON c.id = u.community_id
 LEFT JOIN res_partner o ON o.id = u.owner_id
 LEFT JOIN res_partner t ON t.id = u.occupant_id
     WHERE c.company_id = %s AND u.active IS NOT FALSE
"""


class PropertyBankMatcher(models.AbstractModel):
    """Reads what is needed to judge transfers, for all of them at once, and notes the
    answers."""

    _name = "property.bank.matcher"
    _description = "Bank Transfer Matching"

    @api.private
    @api.model
    def _suggest(self, lines):
        """Work out anew what open incoming transfers pay.

        A fixed number of queries for any number of lines of a company.
        """
        # sudo: what is found is shown to each user as far as his communities go.
        lines = lines.sudo().filtered(
            lambda line: line.amount > 0 and not line.is_reconciled
        )
        matches = self.env["property.bank.match"].sudo()
        matches.search([("line_id", "in", lines.ids)]).unlink()
        vals_list, reasons, levels = [], {}, {}
        for company, own in lines.grouped("company_id").items():
            for line, found, why in self._judged(company, own):
                reasons[line.id] = why
                best = found[0].level if found else "unknown"
                levels[line.id] = best
                vals_list += self._match_vals(line, found)
        matches.create(vals_list)
        self._note(lines, levels, reasons)

    @api.model
    def _note(self, lines, levels, reasons):
        now = fields.Datetime.now()
        keyed = lines.grouped(lambda line: (levels[line.id], repr(reasons[line.id])))
        for (level, _why), alike in keyed.items():
            alike.write(
                {
                    "property_match_level": level,
                    "property_match_reasons": reasons[alike[0].id],
                    "property_looked_on": now,
                }
            )

    @api.model
    def _match_vals(self, line, found):
        return [
            {
                "line_id": line.id,
                "community_id": match.community_id,
                "partner_id": match.partner_id,
                "unit_ids": [fields.Command.set(match.unit_ids)],
                "item_ids": [
                    fields.Command.set([bill.item_id for bill in match.bills])
                ],
                "sequence": place,
                "level": match.level,
                "amount_open": match.open,
                "reasons": match.reasons,
            }
            for place, match in enumerate(found)
        ]

    @api.model
    def _judged(self, company, lines):
        """(line, answers, reasons) of each line of a company"""
        texts = {line: line._property_text() for line in lines}
        book = UnitBook(self._units(company))
        numbers = self._numbers(company, texts.values())
        mentions = {
            line: book.mentioned(text, line.partner_name)
            for line, text in texts.items()
        }
        namesakes = {line: book.paid_by(line.partner_name) for line in lines}
        units = {u.id for several in mentions.values() for us in several for u in us}
        people = {person[0] for found in namesakes.values() for person in found}
        moves = {
            move for found in numbers.values() for _name, ids in found for move in ids
        }
        bills = self._bills(company, units, people, moves)
        bills_of = {currency: _by_payer(own) for currency, own in bills.items()}
        payments = self._payments(lines)
        for line, text in texts.items():
            currency = line.currency_id.id
            named = [
                pair
                for key in sorted(number_keys(text))
                for pair in numbers.get(key, ())
            ]
            transfer = Transfer(
                line.amount,
                text,
                line.partner_name or "",
                line.partner_id.commercial_partner_id.id or None,
                line.property_is_undone,
                frozenset().union(*(ids for _name, ids in named)),
            )
            yield (
                line,
                *self._answer(
                    line,
                    transfer,
                    _asked(named, bills.get(currency, ())),
                    mentions[line],
                    namesakes[line],
                    bills_of.get(currency, {}),
                    payments,
                ),
            )

    @api.model
    def _answer(self, line, transfer, numbers, mentions, namesakes, bills_of, payments):
        if line.foreign_currency_id:
            return [], [("currency", {})]
        found, reasons = judge(transfer, numbers, mentions, namesakes, bills_of)
        taken = self._taken(line, transfer, found, payments)
        if taken:
            for match in found:
                match.level = "possible"
            found.insert(0, taken)
        return found, reasons

    @api.model
    def _numbers(self, company, texts):
        """{key: [(number, ids of its bills)]} of the numbers that the texts carry"""
        keys = {key for text in texts for key in number_keys(text)}
        self.env.flush_all()
        found = defaultdict(lambda: defaultdict(set))
        self.env.cr.execute(NUMBERS, {"company": company.id, "keys": list(keys)})
        for key, name, move_id in self.env.cr.fetchall():
            found[number_key(key)][name].add(move_id)
        return {key: list(names.items()) for key, names in found.items()}

    @api.model
    def _units(self, company):
        self.env.cr.execute(UNITS, [company.id])
        for row in self.env.cr.fetchall():
            unit_id, building, room, community_id, community, code = row[:6]
            owner_id, owner, occupant_id, occupant = row[6:]
            people = {owner_id: owner, occupant_id: occupant}
            people = {one: name for one, name in people.items() if one and name}
            yield Unit(
                unit_id,
                f"{building} {room}",
                building,
                room,
                community_id,
                community,
                code or "",
                people,
                owner_id or occupant_id,
            )

    @api.model
    def _bills(self, company, units, people, moves):
        """{currency id: open bills} of these units, customers and invoices"""
        items = self.env["account.move.line"].sudo()
        found = items.search(
            [
                ("company_id", "=", company.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("amount_residual_currency", ">", 0),
                ("move_id.property_community_id", "!=", False),
                ("move_id.move_type", "in", ("out_invoice", "out_receipt")),
                "|",
                "|",
                ("move_id", "in", list(moves)),
                ("move_id.property_unit_id", "in", list(units)),
                ("move_id.commercial_partner_id", "in", list(people)),
            ]
        )
        bills = defaultdict(list)
        for item in found:
            move = item.move_id
            bills[item.currency_id.id].append(
                Bill(
                    item.id,
                    move.id,
                    move.property_unit_id.id,
                    move.commercial_partner_id.id,
                    move.property_community_id.id,
                    item.date_maturity or item.date,
                    item.amount_residual_currency,
                )
            )
        return bills


def _asked(named, bills):
    """The numbers that a text names, with their open bills."""
    return [
        Number(name, tuple(bill for bill in bills if bill.move_id in ids))
        for name, ids in named
    ]


def _by_payer(bills):
    """{unit id, or (partner id, community id): open bills}"""
    found = defaultdict(list)
    for bill in bills:
        found[bill.unit_id].append(bill)
        found[bill.partner_id, bill.community_id].append(bill)
    return found
