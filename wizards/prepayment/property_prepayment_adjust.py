from odoo import api, fields, models
from odoo.fields import Command

from ...models.prepayment import terms


class PropertyPrepaymentAdjust(models.TransientModel):
    """A new price for the rest of a term; shows beforehand what it comes to."""

    _name = "property.prepayment.adjust"
    _description = "Change the Price of a Prepayment"
    _inherit = ["property.prepayment.way"]

    month = fields.Date(
        "From Month",
        compute="_compute_month",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    reason = fields.Char(help="Printed on the invoice or credit note.")
    line_ids = fields.One2many(
        "property.prepayment.adjust.line",
        "wizard_id",
        "Fees",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )
    months = fields.Integer(
        "Months to Pay",
        compute="_compute_difference",
        help="From this month on, the free months left out.",
    )
    amount = fields.Monetary(
        "Difference",
        compute="_compute_difference",
        help="Taxes excluded. Above zero it is billed, below zero credited.",
    )

    @api.depends("prepayment_id")
    def _compute_month(self):
        """The month that runs, within the term."""
        for wizard in self:
            agreement = wizard.prepayment_id
            if agreement and not wizard.month:
                month = agreement.community_id._release_month()
                wizard.month = max(month, agreement.date_from)

    @api.depends("prepayment_id", "month")
    def _compute_line_ids(self):
        for wizard in self:
            agreement = wizard.prepayment_id.sudo()
            fees = agreement._fees_on(wizard.month) if agreement else ()
            prices = {fee.fee_item_id: fee for fee in fees}
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "item_id": item.id,
                            "monthly": prices[item.fee_item_id.id].monthly
                            if item.fee_item_id.id in prices
                            else item.monthly,
                        }
                    )
                    for item in agreement.item_ids
                ),
            ]

    @api.depends("prepayment_id", "month", "line_ids.monthly")
    def _compute_difference(self):
        for wizard in self:
            agreement = wizard.prepayment_id.sudo()
            wizard.months = wizard.month and agreement._months_to_pay(wizard.month)
            differences = (
                agreement._differences(wizard.month, wizard._fees())
                if wizard.month and agreement
                else {}
            )
            wizard.amount = sum(differences.values())

    def _fees(self):
        """The prices of the wizard: those of the rates, or what was written over."""
        agreement = self.prepayment_id.sudo()
        rates = {fee.fee_item_id: fee for fee in agreement._fees_on(self.month)}
        return [line._fee(rates) for line in self.line_ids if line.item_id]

    def action_adjust(self):
        """Bill or credit the difference and keep the new price.

        :raises AccessError: for other roles than Finance, the head of customer service
            and the manager
        :raises UserError: where the offer holds the price
        """
        self.ensure_one()
        self._check_reason(self.env._("Say why the price changes."))
        self.prepayment_id._check_may_end()
        self.prepayment_id._adjust(self.month, self._fees(), self.reason)
        return {"type": "ir.actions.act_window_close"}


class PropertyPrepaymentAdjustLine(models.TransientModel):
    _name = "property.prepayment.adjust.line"
    _description = "New Price of a Fee"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("wizard_id", "item_id"))

    wizard_id = fields.Many2one(
        "property.prepayment.adjust", required=True, ondelete="cascade"
    )
    community_id = fields.Many2one(related="wizard_id.community_id", store=True)
    company_id = fields.Many2one(related="wizard_id.company_id", store=True)
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    item_id = fields.Many2one(
        "property.prepayment.item", "Fee", required=True, ondelete="cascade"
    )
    monthly_now = fields.Monetary("Price so far", related="item_id.monthly")
    monthly = fields.Monetary("New Price", help="A month.")

    def _fee(self, rates):
        item = self.item_id
        fee = rates.get(item.fee_item_id.id)
        if fee and not self.currency_id.compare_amounts(fee.monthly, self.monthly):
            return fee
        # Written over: the price that gives this month.
        quantity = item.quantity or 1.0
        factor = item.factor or 1.0
        return terms.Fee(
            item.fee_item_id.id,
            self.monthly,
            quantity,
            self.monthly / quantity / factor,
            factor,
        )
