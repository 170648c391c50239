from odoo import api, models
from odoo.exceptions import UserError

# No money came, or not any more.
STRUCK = ("draft", "canceled", "rejected")
SAID_ON_RECEIPT = frozenset(("amount", "currency_id", "date", "journal_id"))
PLACED_BY_RECEIPT = frozenset(
    ("property_receipt_id", "property_collector_id", "property_community_id")
)


class AccountPayment(models.Model):
    """A payment stands as long as its receipt does: cash taken = handed over + still
    held (design, invariant 6)."""

    _inherit = "account.payment"

    def write(self, vals):
        struck = vals.get("state") in STRUCK
        if struck or self._fixed_fields() & set(vals):
            changed = self.filtered(lambda payment: payment._says_otherwise(vals))
            changed._check_no_receipt()
        if "property_handover_id" not in vals or self.env.su:
            return super().write(vals)
        # sudo: slips of other communities are locked, too.
        slips = self.sudo().property_handover_id
        result = super().write(vals)
        self.sudo()._move_receipts(slips)
        return result

    def _fixed_fields(self):
        return SAID_ON_RECEIPT if self.env.su else SAID_ON_RECEIPT | PLACED_BY_RECEIPT

    def _move_receipts(self, slips):
        """Receipts go with their payments from slip to slip, as long as these are
        drafts.

        :raises UserError: for a slip that was handed over
        """
        now = self.property_handover_id
        if any(slip.state != "draft" for slip in slips | now):
            raise UserError(
                self.env._("It was handed over. Finance can give it back first.")
            )
        for payment in self.filtered(lambda row: row.property_receipt_id):
            receipt = payment.property_receipt_id
            if receipt.handover_id != payment.property_handover_id:
                receipt.handover_id = payment.property_handover_id
        now._check_payments()

    def _says_otherwise(self, vals):
        if vals.get("state") in STRUCK:
            return True
        return any(
            self[name]
            != self._fields[name].convert_to_record(
                self._fields[name].convert_to_cache(vals[name], self), self
            )
            for name in self._fixed_fields() & set(vals)
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_without_receipt(self):
        self._check_no_receipt()

    def _check_no_receipt(self):
        """:raises UserError: names the receipt that was given for the payment"""
        # sudo: accountants of other communities strike no payment of this one either.
        receipts = self.sudo().property_receipt_id
        given = receipts.filtered(lambda receipt: receipt.state == "issued")
        if given:
            raise UserError(
                self.env._(
                    "Receipt %(name)s was given for this payment. Void the receipt "
                    "with a reason: that reverses the payment.",
                    name=given[0].name,
                )
            )

    def _property_community(self):
        """The community of the receipt, of the bills that it pays, or of the payer."""
        if self.property_community_id:
            return self.property_community_id
        moves = self.reconciled_invoice_ids | self.invoice_ids
        units = self.partner_id.commercial_partner_id.property_unit_ids
        return (moves.property_community_id or units.community_id)[:1]

    def _property_adopt(self, handover):
        """A payment that an accountant entered gets its receipt, and stands in the cash
        account at once: no statement will tell of it."""
        self.ensure_one()
        if not self.move_id:
            self._property_enter()
        parts = self._property_parts()
        self.env["property.receipt"].with_user(handover.user_id).sudo()._issue(
            self, handover.community_id, parts, self.memo or ""
        )

    def _property_enter(self):
        invoices = self.invoice_ids
        self.outstanding_account_id = self.journal_id.default_account_id
        self._generate_journal_entry()
        self.move_id.action_post()
        self.env["property.cashier"]._match(self, invoices)

    def _property_parts(self):
        """[(invoice, what this payment paid of it)]"""
        lines = self.move_id.line_ids
        parts = {}
        for partial in lines.matched_debit_ids:
            move = partial.debit_move_id.move_id
            paid = partial.credit_amount_currency
            parts[move] = parts.get(move, 0.0) + paid
        return list(parts.items())
