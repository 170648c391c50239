from odoo import api, models
from odoo.exceptions import UserError

from ..estate.dates import ONE_DAY
from .property_prepayment_document import OURS, OWN

REVERSAL = "property_prepayment_reversal"


class AccountMove(models.Model):
    """What accountants do with the documents of an agreement in Odoo's own screens."""

    _inherit = "account.move"

    @api.private
    def _property_is_unpaid_advance(self):
        """The invoices among these that nobody owes yet: an agreement that runs and is
        not paid lapses when the invoice falls due, and nothing is asked for before.

        Later documents of an agreement, what is past due and paid in part, and whatever
        an agreement left open that has ended are owed as any bill.
        """
        return self.filtered(
            lambda move: (
                # sudo: whoever keeps the books need not work with the community
                move == move.sudo().property_prepayment_id.move_id
                and move.sudo().property_prepayment_id._is_not_owed_yet()
            )
        )

    def _post(self, soft=True):
        self._name_prepayments()
        posted = super()._post(soft)
        if self.env.context.get(OWN) is not OURS:
            posted._prepayments_follow()
        return posted

    def copy(self, default=None):
        if self.env.context.get(REVERSAL) is not OURS:
            self._check_no_copy()
        return super().copy(default)

    def button_draft(self):
        self._check_prepayment_stays()
        result = super().button_draft()
        self._prepayments_follow()
        return result

    def _reverse_moves(self, default_values_list=None, cancel=False):
        self._check_not_released()
        # Odoo makes a credit note from a copy.
        moves = super(AccountMove, self.with_context(**{REVERSAL: OURS}))
        reversals = moves._reverse_moves(default_values_list, cancel)
        return reversals.with_env(self.env)

    def _name_prepayments(self):
        """A credit note on the invoice of an agreement belongs to it."""
        # sudo: whoever keeps the books need not work with the community
        for note in self.sudo().filtered(
            lambda move: (
                move.move_type == "out_refund"
                and move.reversed_entry_id.property_prepayment_id
                and not move.property_prepayment_id
            )
        ):
            agreement = note.reversed_entry_id.property_prepayment_id
            liability = note.reversed_entry_id.line_ids.filtered(
                "property_prepayment_id"
            ).account_id
            note.property_prepayment_id = agreement
            for line in note.invoice_line_ids:
                if line.account_id in liability:
                    line.property_prepayment_id = agreement
                    line.property_prepayment_item_id = agreement._item_of(
                        line.product_id
                    )

    def _prepayments_follow(self):
        """The schedule of agreements follows what was posted or taken back."""
        agreements = (
            self.sudo()
            .filtered(lambda move: move.is_sale_document())
            .property_prepayment_id
        )
        for agreement in agreements.filtered(lambda row: row.state != "draft"):
            agreement._follow_documents()

    def _check_no_copy(self):
        """:raises UserError: a copy would raise the liability for no agreement"""
        for move in self.sudo():
            agreement = (
                move.property_prepayment_id or move.line_ids.property_prepayment_id[:1]
            )
            if agreement:
                raise UserError(
                    self.env._(
                        "%(move)s belongs to %(name)s and is not copied. Conclude "
                        "another agreement instead.",
                        move=move.display_name,
                        name=agreement.display_name,
                    )
                )

    def _check_prepayment_stays(self):
        """:raises UserError: for what carries an agreement"""
        self._check_not_released()
        for move in self.sudo().filtered("property_prepayment_id"):
            agreement = move.property_prepayment_id
            if move == agreement.move_id and agreement.state != "draft":
                raise UserError(
                    self.env._(
                        "%(move)s is the invoice of %(name)s. Cancel the agreement, or "
                        "add a credit note.",
                        move=move.display_name,
                        name=agreement.display_name,
                    )
                )
            if agreement.state not in ("draft", "running"):
                raise UserError(
                    self.env._(
                        "%(name)s has ended; %(move)s is part of its settlement and "
                        "stays as it is.",
                        move=move.display_name,
                        name=agreement.display_name,
                    )
                )

    def _check_not_released(self):
        entries = self.sudo().filtered(lambda move: move.move_type == "entry")
        for line in entries.line_ids:
            if line.property_prepayment_id:
                raise UserError(
                    self.env._(
                        "%(move)s releases or carries prepayments. Cancel or change "
                        "the agreement instead.",
                        move=line.move_id.display_name,
                    )
                )


class PropertyPrepayment(models.Model):
    _inherit = "property.prepayment"

    def _is_not_owed_yet(self):
        """Whether the invoice of the agreement waits to be paid or to lapse."""
        self.ensure_one()
        today = self.community_id._property_today()
        return self.state == "running" and (
            self._is_unpaid() or (self.move_id.invoice_date_due or today) >= today
        )

    def _item_of(self, product):
        """The fee that a line with this product is about."""
        items = self.item_ids.filtered(
            lambda item: item.fee_item_id.product_id == product
        )
        return (items or self.item_ids)[:1]

    def _follow_documents(self):
        """After an accountant's document: an agreement of which nothing is invoiced
        any more is undone, the others spread what is left."""
        invoiced = sum(self._books()[self])
        if self.state in ("running", "done") and self.currency_id.is_zero(invoiced):
            first = self.date_from
            self._end_on(first - ONE_DAY)
            self._settle()
            self._tell_end(
                first - ONE_DAY,
                self.env._("Its invoice was credited."),
                self.env["account.move"],
            )
        else:
            self._settle()
