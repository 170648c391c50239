from collections import defaultdict

from odoo import api, models
from odoo.tools import date_utils

from .demand import beyond_plan, due_items, one_currency
from .property_notice import APART

# A demand whose step was taken out of the policy keeps a reasonable deadline.
DEADLINE_DAYS = {"demand": 7, "final": 15, "lawyer": 15}
# All that demands read of invoices.
OF_MOVE = ("name", "ref", "property_unit_id", "property_period")


class PropertyNoticeComposer(models.AbstractModel):
    """Demands: what is due and undisputed of a customer in a community on the day of
    issue, less credits; read from the ledger for many customers at once."""

    _inherit = "property.notice.composer"

    def _contents_demand(self, notices):
        """Demand notices 催繳通知書 (procedure, section 3)."""
        return self._contents_of_cases(notices)

    def _contents_final(self, notices):
        """Final notices 最後催繳通知書 (procedure, section 3)."""
        return self._contents_of_cases(notices)

    def _contents_lawyer(self, notices):
        """Lawyer's letters 律師函 (procedure, section 3)."""
        return self._contents_of_cases(notices)

    def _contents_of_cases(self, notices):
        contents = {}
        notices = notices.filtered("case_id")
        for community, of_community in notices.grouped("community_id").items():
            facts = self._facts(community, of_community)
            for lang, of_lang in of_community.grouped(self._lang).items():
                composer = self.with_context(lang=lang)
                in_lang = {**facts, **composer._worded(community, facts)}
                for notice in of_lang.with_context(lang=lang):
                    found = composer._content_of_case(notice, in_lang)
                    if found:
                        contents[notice.id] = found
        return contents

    @api.model
    def _facts(self, community, notices):
        """What is read once for all customers of a community."""
        # sudo: collectors need not be accountants to ask what is open.
        ledger = self.env["property.collection.ledger"].sudo()
        partners = notices.case_id.partner_id
        items = ledger._open_by_customer(community, partners)
        every = [item for of_partner in items.values() for item in of_partner]
        moves = ledger.env["account.move"].browse({item.move_id for item in every})
        moves.fetch(OF_MOVE)
        day = community._property_today()
        return {
            "day": day,
            "items": items,
            "unallocated": ledger._unallocated(community, partners),
            "moves": moves,
            "products": self._products(moves),
            "earlier": self._earlier(notices.case_id),
            "fees": self._fees(notices.case_id, day),
            "fee_moves": self._fee_moves(moves),
        }

    def _worded(self, community, facts):
        """Facts that read otherwise in each language, in that of the environment."""
        moves = facts["moves"].with_context(lang=self.env.lang)
        return {
            # Whatever is read of one of them is read of all of them.
            "moves": {move.id: move for move in moves},
            "units": {unit.id: unit for unit in moves.property_unit_id},
            "charges": self._charges(facts["products"]),
            "product_names": self._product_names(facts["products"]),
            "basis": community.with_context(lang=self.env.lang)._contract_basis(),
        }

    @api.model
    def _earlier(self, cases):
        """{case: notices that were issued to it, oldest first}"""
        notices = self.env["property.notice"].search(
            [
                ("case_id", "in", cases.ids),
                ("kind", "in", list(DEADLINE_DAYS)),
                ("state", "not in", ("draft", "cancelled")),
            ],
            order="date_issued, id",
        )
        return notices.grouped("case_id")

    def _content_of_case(self, notice, facts):
        """(values, line values, invoices), or None where nothing is asked for."""
        case, day = notice.case_id, facts["day"]
        partner = case.partner_id.id
        items = facts["items"][partner]
        instalments = self._instalments(case, day)
        covered = self._covered(case) if instalments is not None else ()
        due = due_items(items, day, covered)
        credits = [item for item in items if item.residual < 0]
        on_account = facts["unallocated"].get(partner, 0.0)
        if instalments is not None:
            counted = case._running_plan().amount_on_account
            credits, on_account = beyond_plan(credits, on_account, counted)
        currency = notice.company_id.currency_id
        if not on_account and not instalments:
            found = one_currency([*due, *credits], currency.id)
            currency = currency.browse(found)
        rows = self._rows(notice, due, facts, currency)
        fees = self._late_fees(rows, facts["fees"][partner], case, currency)
        lines = [
            *self._charge_lines_of(rows, fees, facts, currency),
            *(instalments or []),
            *self._credit_lines(credits, on_account, facts, currency),
        ]
        # Credits cover all that is asked for: a net creditor is never dunned.
        if currency.compare_amounts(self._sum_of(lines, APART), 0.0) <= 0:
            return None
        if fees:
            lines += self._late_fee_lines(fees, facts)
        lines = self._in_order(lines)
        asked = [row.item.move_id for row in rows if row.asked]
        moves = self.env["account.move"].browse(dict.fromkeys([*asked, *covered]))
        vals = {
            **self._head(notice, lines, currency, facts),
            "late_fee_note": self._late_fee_note(case, day) if fees else "",
            "earlier_note": self._earlier_note(notice, moves, facts),
        }
        return vals, lines, moves

    def _head(self, notice, lines, currency, facts):
        """What stands above and below the lines."""
        units = [line["unit_id"] for line in lines if line.get("unit_id")]
        unit = facts["units"][units[0]] if units else notice.case_id.unit_id
        days = notice.step_id.deadline_days or DEADLINE_DAYS[notice.kind]
        by_type = self._sums_by_type(lines)
        return {
            "partner_name": notice.partner_id.name,
            "lang": self.env.lang,
            "unit_id": unit.id,
            "sort_key": unit.sort_key,
            "currency_id": currency.id,
            # A new one for each notice, counted from its day of issue.
            "deadline": date_utils.add(facts["day"], days=days),
            "amount_principal": self._sum_of(lines, (*APART, "late_fee")),
            "amount_late_fee": by_type["late_fee"],
            "amount_disputed": by_type["disputed"],
            "contract_basis": facts["basis"],
        }

    @api.model
    def _sum_of(self, lines, but=()):
        return sum(line["amount"] for line in lines if line["type"] not in but)

    @api.model
    def _sums_by_type(self, lines):
        sums = defaultdict(float)
        for line in lines:
            sums[line["type"]] += line["amount"]
        return sums

    @api.model
    def _in_order(self, lines):
        """Charges in room order and by due date, then the rest; what is not asked for
        comes last."""
        order = ("charge", "instalment", "arrears", "credit", "late_fee")
        lines.sort(
            key=lambda line: (
                order.index(line["type"]) if line["type"] in order else len(order)
            )
        )
        for sequence, line in enumerate(lines):
            line["sequence"] = sequence
        return lines
