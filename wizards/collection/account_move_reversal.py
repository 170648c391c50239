from odoo import api, fields, models


class AccountMoveReversal(models.TransientModel):
    """Odoo's credit note wizard, for what was upheld of a dispute."""

    _inherit = "account.move.reversal"

    property_dispute_id = fields.Many2one(
        "property.dispute",
        "Dispute",
        readonly=True,
        groups="property_fee_collection.group_user,account.group_account_invoice",
    )
    property_amount = fields.Monetary(
        "Amount to Credit",
        compute="_compute_property_amount",
        store=True,
        readonly=False,
        help="Taxes included, in the currency of the invoice.",
    )

    @api.depends("property_dispute_id")
    def _compute_property_amount(self):
        for wizard in self:
            # sudo: an accountant outside the community's team may credit, too.
            wizard.property_amount = wizard.property_dispute_id.sudo().amount_held

    def reverse_moves(self, is_modify=False):
        action = super().reverse_moves(is_modify)
        if not is_modify:
            self._property_credit_disputes()
        return action

    def _property_credit_disputes(self):
        """Scale the note to the upheld amount. A note that an accountant made without
        coming from the dispute counts for it all the same."""
        # sudo: see above; the dispute learns its credit note from here only.
        dispute = self.property_dispute_id.sudo()
        if dispute and self.property_amount:
            for note in self.new_move_ids:
                note._property_scale_to(self.property_amount)
        waiting = self.move_ids.sudo().property_dispute_ids.filtered(
            lambda row: row.state == "upheld" and row.amount_held
        )
        for row in dispute | waiting:
            row.credit_move_ids |= self.new_move_ids.filtered(
                lambda note, row=row: note.reversed_entry_id == row.move_id
            )
            row.activity_feedback(["mail.mail_activity_data_todo"])
