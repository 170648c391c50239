from odoo import api, models
from odoo.fields import Command
from odoo.tools.misc import format_amount

BILLS = ("out_invoice", "out_receipt")


class PropertyCounter(models.TransientModel):
    """What the customer owes, and which of it is paid now."""

    _inherit = "property.counter"

    @api.model_create_multi
    def create(self, vals_list):
        counters = super().create(vals_list)
        for counter, vals in zip(counters, vals_list, strict=True):
            # The bills are there before anybody says what was received.
            counter.line_ids.mapped("amount")
            if "amount" in vals:
                counter.amount = vals["amount"]
        counters.flush_recordset()
        return counters

    @api.depends("partner_id", "community_id", "currency_id", "move_ids")
    def _compute_line_ids(self):
        for counter in self:
            counter.line_ids = [
                Command.clear(),
                *(Command.create(vals) for vals in counter._open_bills()),
            ]

    def _open_bills(self):
        """Open bills of the customer in the community, the oldest first.

        Chosen is what was asked for; without that, what is due and not in dispute.
        """
        if not self.partner_id or not self.community_id:
            return []
        moves = self._open_moves(self.community_id).filtered(
            lambda move: move.currency_id == self.currency_id
        )
        today = self.community_id._property_today()
        asked = moves & self.sudo().move_ids._origin
        held = self._held_in_dispute(moves)
        return [
            {
                "move_id": move.id,
                "amount_disputed": held.get(move, 0.0),
                "is_chosen": move in asked
                if asked
                else move.invoice_date_due <= today
                and held.get(move, 0.0) < move.amount_residual,
            }
            for move in moves
        ]

    def _open_moves(self, communities):
        # sudo: who takes money need not be an accountant; the communities are his.
        moves = self.env["account.move"].sudo()
        customer = self.partner_id.commercial_partner_id
        return moves.search(
            [
                ("commercial_partner_id", "=", customer.id),
                ("property_community_id", "in", communities.ids),
                ("move_type", "in", BILLS),
                ("state", "=", "posted"),
                ("amount_residual", ">", 0),
            ],
            order="invoice_date_due, id",
        )

    @api.model
    def _held_in_dispute(self, moves):
        """{bill: what is in dispute of it}"""
        held = {}
        for dispute in moves.property_dispute_ids.filtered("amount_held"):
            move = dispute.move_id
            amount = held.get(move, 0.0) + dispute.amount_held
            held[move] = min(move.amount_residual, amount)
        return held

    @api.depends_context("uid")
    @api.depends("partner_id", "community_id", "currency_id")
    def _compute_elsewhere(self):
        for counter in self:
            moves = counter._open_moves(counter.community_ids)
            sums = {}
            for move in moves:
                here = move.property_community_id == counter.community_id
                if here and move.currency_id == counter.currency_id:
                    continue
                key = (move.property_community_id, move.currency_id)
                sums[key] = sums.get(key, 0.0) + move.amount_residual
            counter.elsewhere = ", ".join(
                f"{community.name} {format_amount(self.env, amount, currency)}"
                for (community, currency), amount in sums.items()
            )

    def action_spread(self):
        """Choose the bills that what was received pays, the oldest first."""
        self.ensure_one()
        received = left = self.amount
        for line in self.line_ids.sorted(lambda row: (row.date_due, row.id)):
            line.is_chosen = self.currency_id.compare_amounts(left, 0.0) > 0
            left -= line._asked() if line.is_chosen else 0.0
        self.amount = received
        return self._again()
