from odoo import api, fields, models
from odoo.tools import date_utils
from odoo.tools.misc import format_date

from ...models.estate.dates import ONE_DAY


class PropertyPrepaymentCancel(models.TransientModel):
    """End an agreement before its term; shows beforehand what it comes to."""

    _name = "property.prepayment.cancel"
    _description = "End a Prepayment"
    _inherit = ["property.prepayment.way"]

    date_from = fields.Date(related="prepayment_id.date_from")
    last_day = fields.Date(
        "Covered through",
        compute="_compute_last_day",
        store=True,
        readonly=False,
        precompute=True,
        help="The last day that stays covered; empty: the whole term is undone.",
    )
    rule = fields.Selection(
        [
            ("list", "Months used count at their full price"),
            ("share", "What is not used is paid back"),
        ],
        compute="_compute_rule",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    reason = fields.Char(help="Printed on the credit note.")
    amount_invoiced = fields.Monetary("Net Invoiced", compute="_compute_ending")
    amount_used = fields.Monetary("Used", compute="_compute_ending")
    amount_vouchers = fields.Monetary("Services Taken", compute="_compute_ending")
    amount_refund = fields.Monetary(
        "Credit Note", compute="_compute_ending", help="Taxes excluded."
    )
    amount_released = fields.Monetary("Income so far", compute="_compute_ending")
    amount_income = fields.Monetary(
        "Income Now",
        compute="_compute_ending",
        help="What is entered at once; below zero where too much was released.",
    )
    remark = fields.Char(compute="_compute_remark")

    @api.depends("prepayment_id")
    def _compute_last_day(self):
        """The end of the month that runs."""
        for wizard in self:
            agreement = wizard.prepayment_id
            if agreement and not wizard.last_day:
                today = agreement.community_id._property_today()
                end = date_utils.end_of(today, "month")
                ends = filter(None, (end, agreement.date_to))
                wizard.last_day = min(ends)

    @api.depends("prepayment_id")
    def _compute_rule(self):
        for wizard in self:
            wizard.rule = wizard.prepayment_id.offer_id.refund_rule or "share"

    @api.depends("prepayment_id", "last_day", "rule")
    def _compute_ending(self):
        for wizard in self:
            agreement = wizard.prepayment_id
            ending = agreement and agreement._ending(wizard._last_day(), wizard.rule)
            wizard.amount_invoiced = ending and ending.invoiced
            wizard.amount_used = ending and ending.used
            wizard.amount_vouchers = ending and ending.vouchers
            wizard.amount_refund = ending and ending.refund
            wizard.amount_released = ending and ending.released
            wizard.amount_income = ending and ending.income

    @api.depends("prepayment_id", "last_day")
    def _compute_remark(self):
        for wizard in self:
            agreement = wizard.prepayment_id
            wizard.remark = agreement and self.env._(
                "Billed as usual from %(day)s on; months that are billed already need "
                "a further billing run.",
                day=format_date(
                    self.env, max(wizard._last_day() + ONE_DAY, agreement.date_from)
                ),
            )

    def _last_day(self):
        before = self.prepayment_id.date_from - ONE_DAY
        return max(self.last_day or before, before)

    def action_end(self):
        """End the agreement and open its credit note, where there is one.

        :raises AccessError: for other roles than Finance, the head of customer service
            and the manager
        :raises UserError: for an agreement that does not run
        """
        self.ensure_one()
        self._check_reason(self.env._("Say why it ends."))
        self.prepayment_id._check_may_end()
        self.prepayment_id._cancel(self._last_day(), self.rule, self.reason)
        return {"type": "ir.actions.act_window_close"}
