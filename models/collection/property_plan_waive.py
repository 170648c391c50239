from odoo import models
from odoo.exceptions import UserError


class PropertyPlan(models.Model):
    """A waiver that the company has approved: credit notes through Odoo."""

    _inherit = "property.plan"

    def _waive(self):
        """Post a credit note for what is waived of each bill and match the two. Odoo's
        own errors, of locked periods for one, come through.

        :raises UserError: where more is waived than is open by now, or than is owed
            net of credits
        """
        self._check_net()
        for plan in self:
            # sudo: the company has decided; that it did so posts the notes, whether or
            # not the one who presses the button keeps books.
            plan.sudo()._credit_items()
            plan.sudo().write(
                {
                    "state": "done",
                    "ended_on": plan.community_id._property_today(),
                }
            )

    def _check_net(self):
        items = self._open_items()
        # sudo: as above.
        for plan, credits in self.sudo()._credits(items).items():
            left = sum(bill.open for bill in plan._bills(items[plan])) - credits
            covered, currency = plan.amount_covered, plan.currency_id
            if credits and currency.compare_amounts(covered, left) > 0:
                raise UserError(
                    self.env._(
                        "Net of the customer's credits only %(left)s is owed by now. "
                        "Read the bills again.",
                        left=currency.format(max(0.0, left)),
                    )
                )

    def _credit_items(self):
        day = self.community_id._property_today()
        for item in self.item_ids:
            note = item._credit_note(day)
            item.credit_move_id = note
        notes = self.item_ids.credit_move_id
        notes.action_post()
        self.message_post(
            body=self.env._(
                "Waived by credit notes: %(notes)s",
                notes=", ".join(notes.mapped("name")),
            )
        )


class PropertyPlanItem(models.Model):
    _inherit = "property.plan.item"

    def _credit_note(self, day):
        """A draft credit note over what is waived, with products, accounts, taxes,
        community, unit and month of the bill. Odoo matches it when it is posted."""
        move = self.move_id
        amount = self._amount_in_currency()
        note = move._reverse_moves(
            [
                {
                    "ref": self.env._("Waiver on %(invoice)s", invoice=move.name),
                    "invoice_date": day,
                    "date": day,
                    "invoice_date_due": day,
                    "invoice_payment_term_id": False,
                }
            ]
        )
        note._property_scale_to(amount)
        return note

    def _amount_in_currency(self):
        """The waived amount in the currency of the invoice.

        :raises UserError: when no more so much is open
        """
        move = self.move_id
        left = abs(move.amount_residual_signed)
        if self.currency_id.compare_amounts(self.amount, left) > 0:
            raise UserError(
                self.env._(
                    "Of %(invoice)s only %(left)s is open by now. "
                    "Read the bills again.",
                    invoice=move.name,
                    left=self.currency_id.format(left),
                )
            )
        share = self.amount / left
        return move.currency_id.round(move.amount_residual * share)
