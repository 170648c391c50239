from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain

from .property_notice_composer import NO_LONGER_OWED
from .reminder_rules import spread


class Owed(NamedTuple):
    """What a customer is to pay by one due date, in one currency."""

    # Bills with something to ask for, in room order.
    moves: object
    amounts: list
    # (line values, how much of it counts, positive)
    credits: list
    amount: float
    currency: object
    unit: object
    # Why nothing is asked for, or an empty text.
    reason: str = ""


class PropertyNoticeComposer(models.AbstractModel):
    """Reminders before the due date: the bills of a customer in a community that are
    due on one day, undisputed and open, less credits that earlier debts have not used
    up; read for many customers at once."""

    _inherit = "property.notice.composer"

    def _contents_reminder(self, notices):
        """Reminders (procedure, clause 5.3.1)."""
        contents = {}
        for (community, due), of_one in notices.grouped(
            lambda notice: (notice.community_id, notice.reminder_due)
        ).items():
            owed = self._reminder_owed(community, due, of_one.partner_id)
            for lang, of_lang in of_one.grouped(self._lang).items():
                composer = self.with_context(lang=lang)
                for notice in of_lang:
                    found = owed.get(notice.partner_id.id)
                    if found and not found.reason:
                        contents[notice.id] = composer._content_of_reminder(
                            notice, found, lang
                        )
        return contents

    def _refusals_reminder(self, notices):
        reasons = {}
        for (community, due), of_one in notices.grouped(
            lambda notice: (notice.community_id, notice.reminder_due)
        ).items():
            refused = self._reminder_reasons(community, due, of_one.partner_id)
            for notice in of_one:
                if notice.partner_id.id in refused:
                    reasons[notice.id] = refused[notice.partner_id.id]
        return reasons

    def _content_of_reminder(self, notice, owed, lang):
        """(values, line values, invoices)"""
        lines = [
            self._reminder_line(move, amount)
            for move, amount in zip(owed.moves, owed.amounts, strict=True)
        ]
        lines += [{**vals, "amount": -taken} for vals, taken in owed.credits if taken]
        for sequence, line in enumerate(lines):
            line["sequence"] = sequence
        vals = {
            "partner_name": notice.partner_id.name,
            "lang": lang,
            "unit_id": owed.unit.id,
            "sort_key": owed.unit.sort_key,
            "currency_id": owed.currency.id,
            "period": owed.moves[:1].property_period,
            "deadline": notice.reminder_due,
        }
        return vals, lines, owed.moves

    def _reminder_line(self, move, amount):
        """One line for a bill: what it is for, and what of it is to be paid."""
        products = move.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        names = [self._reminder_item(line) for line in products]
        starts = list(filter(None, products.mapped("property_date_from")))
        ends = list(filter(None, products.mapped("property_date_to")))
        return {
            **self._of_move(move),
            "type": "current",
            "item_name": ", ".join(dict.fromkeys(filter(None, names))) or move.name,
            "date_from": min(starts, default=move.property_period),
            "date_to": max(ends, default=move.property_period),
            "amount": amount,
        }

    def _reminder_item(self, line):
        item = line.property_charge_id.fee_item_id or line.product_id
        return item.with_env(self.env).name or line.name

    # What is owed ---------------------------------------------------------------------

    @api.model
    def _reminder_owed(self, community, due, customers=None):
        """What customers are to pay by a due date.

        :param customers: only these; without them whoever has a bill of that day
        :return: {customer id: Owed}, in room order; also those who have paid
        """
        # sudo: customer service need not be an accountant to ask what is open.
        composer = self.sudo()
        bills = composer.env["account.move"].search(
            composer._reminder_bills(community, due, customers)
        )
        # What may be paid ahead lapses by itself.
        bills = composer._in_room_order(bills - bills._property_is_unpaid_advance())
        partners = bills.commercial_partner_id
        held = composer._reminder_held(bills)
        older = composer._reminder_older(community, due, partners)
        credits = composer._credits(community, partners)
        return {
            partner.id: composer._owed_of(
                moves, held, older.get(partner.id, 0.0), credits[partner.id]
            )
            for partner, moves in bills.grouped("commercial_partner_id").items()
        }

    @api.model
    def _reminder_bills(self, community, due, customers=None):
        domain = (
            Domain("company_id", "=", community.company_id.id)
            & Domain("state", "=", "posted")
            & Domain("move_type", "in", ("out_invoice", "out_receipt"))
            & Domain("property_community_id", "=", community.id)
            & Domain("invoice_date_due", "=", due)
        )
        if customers is not None:
            domain &= Domain("commercial_partner_id", "in", customers.ids)
        return domain

    @api.model
    def _reminder_held(self, moves):
        """What of bills is not asked for at present; hook of the rooms.

        :return: {invoice id: amount in its currency}
        """
        held = defaultdict(float)
        paused = self.env["account.move.line"].search(
            [
                ("move_id", "in", moves.ids),
                ("account_type", "=", "asset_receivable"),
                ("no_followup", "=", True),
            ]
        )
        for line in paused:
            held[line.move_id.id] += max(0.0, line.amount_residual_currency)
        return held

    @api.model
    def _reminder_older(self, community, due, customers):
        """{customer id: what is open of bills that fell due before}"""
        moves = self.env["account.move"]
        domain = (
            self._open_domain(community.company_id)
            & Domain("move_type", "in", ("out_invoice", "out_receipt"))
            & Domain("property_community_id", "=", community.id)
            & Domain("invoice_date_due", "<", due)
            & Domain("commercial_partner_id", "in", customers.ids)
        )
        groups = moves._read_group(
            domain, ["commercial_partner_id"], ["amount_residual_signed:sum"]
        )
        older = {partner.id: amount for partner, amount in groups}
        # What may be paid ahead is no debt that uses up credits.
        ahead = moves.search(domain & Domain("property_prepayment_id", "!=", False))
        for move in ahead._property_is_unpaid_advance():
            older[move.commercial_partner_id.id] -= move.amount_residual_signed
        return older

    @api.model
    def _owed_of(self, moves, held, older, credits):
        own = moves.company_id.currency_id
        open_moves = moves.filtered(
            lambda move: (
                move.amount_residual > 0 and move.payment_state not in NO_LONGER_OWED
            )
        )
        shared = open_moves.currency_id
        currency = shared if len(shared) == 1 and not credits else own
        amounts = {}
        for move in open_moves:
            rest = max(0.0, move.amount_residual - held.get(move.id, 0.0))
            if move.currency_id != currency:
                rest *= move.amount_residual_signed / move.amount_residual
            if not currency.is_zero(rest):
                amounts[move] = currency.round(rest)
        total = sum(amounts.values())
        taken = spread([-vals["amount"] for vals in credits], older, total)
        total = currency.round(total - sum(taken))
        asked = open_moves.filtered(lambda move: move in amounts)
        reason = ""
        if not open_moves:
            reason = self.env._("paid")
        elif not asked:
            reason = self.env._("in dispute or set aside")
        elif currency.compare_amounts(total, 0.0) <= 0:
            reason = self.env._("covered by credits")
        return Owed(
            moves=asked,
            amounts=list(amounts.values()),
            credits=list(zip(credits, taken, strict=True)),
            amount=0.0 if reason else total,
            currency=currency,
            unit=(asked or moves).property_unit_id[:1],
            reason=reason,
        )

    # Who is not reminded --------------------------------------------------------------

    @api.model
    def _reminder_reasons(self, community, due, customers):
        """:return: {customer id: reason}, in the user's language"""
        # sudo: whoever sends need not be allowed to see why not.
        return self.sudo()._reminder_refusals(community, due, customers)

    @api.model
    def _reminder_refusals(self, community, due, customers):
        """Why customers are not reminded although they owe something by ``due``; hook
        of the rooms.

        :return: {customer id: reason}
        """
        return {
            partner.id: self.env._("wants no reminders")
            for partner in customers
            if partner.property_no_reminders
        }
