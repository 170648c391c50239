from odoo import api, models
from odoo.exceptions import UserError


class PropertyPrepaymentSell(models.TransientModel):
    """Arrears first, then the sale, then the money for it."""

    _inherit = "property.prepayment.sell"

    def action_settle(self):
        """Take a payment of everything that is overdue, of all payers in the list.

        :raises UserError: without a journal; when less is open by now
        :raises AccessError: for other roles than customer service and Finance
        """
        self.ensure_one()
        self._settle(self.line_ids)
        return self._action_again()

    def action_confirm(self):
        """Conclude the agreements, post their invoices and, if the money is there,
        its payments.

        :raises UserError: names the units that cannot be sold, unless they are to be
            left out; without a journal for what is paid now
        """
        self.ensure_one()
        agreements = self._lines_to_sell()._agreements()
        agreements.action_confirm()
        if self.paid_now:
            self._take_price(agreements)
        self._sold(agreements)
        return self._action_sold(agreements)

    def _sold(self, agreements):
        """What follows from a sale; each room adds its own."""

    def _settle(self, lines):
        agreements = self.env["property.prepayment"]
        agreements._check_seller()
        journal = self._journal()
        for community, here in lines.grouped("community_id").items():
            customers = here.partner_id.commercial_partner_id
            parts = agreements._parts_to_settle(community, customers)
            for customer, due in parts.items():
                self._take(customers.browse(customer), community, journal, due)
        # Whoever looks again sees that nothing is overdue any more.
        self.line_ids.invalidate_recordset()

    def _take_price(self, agreements):
        journal = self._journal()
        for (customer, community), theirs in agreements.grouped(
            lambda row: (row.partner_id.commercial_partner_id, row.community_id)
        ).items():
            # sudo: what is open of the invoices that were posted just now
            moves = theirs.sudo().move_id
            due = [(move, move.amount_residual) for move in moves]
            self._take(customer, community, journal, due)

    @api.model
    def _take(self, customer, community, journal, due):
        amount = sum(part for _move, part in due)
        if amount:
            # The communities are the user's own: he could read their units.
            self.env["property.cashier"]._take(
                customer, community, journal, amount, due
            )

    def _journal(self):
        """:raises UserError: without one to receive money in"""
        journal = self.journal_id
        if journal.type not in ("cash", "bank") or (
            journal.company_id != self.company_id
        ):
            raise UserError(self.env._("Say in which journal the money is received."))
        return journal

    def _lines_to_sell(self):
        refused = self.line_ids.filtered(lambda line: not line.is_possible)
        if refused and not self.leave_out:
            raise UserError(
                "\n".join(
                    f"{line.unit_id.display_name}: {reason}"
                    for line in refused
                    for reason in line.refusal.splitlines()
                )
            )
        lines = self.line_ids - refused
        if not lines:
            raise UserError(self.env._("There is nothing to sell."))
        return lines

    def _action_again(self):
        action = self._action_open()
        return {**action, "res_id": self.id}

    def _action_sold(self, agreements):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_prepayment"
        )
        if len(agreements) == 1:
            action["views"] = [(False, "form")]
            action["res_id"] = agreements.id
        else:
            action["domain"] = [("id", "in", agreements.ids)]
        # The dialog closes; back leads to where it was opened.
        action["target"] = "current"
        return action
