from odoo import api, fields, models
from odoo.tools.misc import format_date


class PropertyMoment(models.Model):
    """What the seller owes to the day: his days that no bill covers yet come in
    addition, days after him that are billed already come off."""

    _inherit = "property.moment"

    amount_unbilled = fields.Monetary(
        "Not Billed Yet",
        compute="_compute_amount_unbilled",
        help="What the seller's days up to the transfer come to at today's rates. "
        "It is invoiced with its month only; it may be paid on account.",
    )
    amount_overbilled = fields.Monetary(
        "To Be Credited by Finance",
        compute="_compute_amount_unbilled",
        help="What is billed to the seller for days after the transfer.",
    )
    amount_to_day = fields.Monetary(
        "To the Day", compute="_compute_amount_unbilled",
        help="Due, billed for later and not billed yet, all together, less what is "
        "billed for days after the transfer.",
    )  # fmt: skip

    @api.depends("kind", "unit_id", "partner_id", "buyer_id", "date_transfer")
    def _compute_amount_unbilled(self):
        # sudo: the desk shows what is open without being allowed to keep rates
        engine = self.env["property.charge.engine"].sudo()
        for moment in self:
            moment.amount_unbilled = moment.amount_overbilled = 0.0
            moment.amount_to_day = 0.0
            if moment.kind == "transfer" and moment.date_transfer and moment.unit_id:
                terms = moment._terms_of_sale()
                moment.amount_unbilled = engine._not_billed_yet(*terms)
                moment.amount_overbilled = engine._billed_beyond(*terms)[0]
                moment.amount_to_day = (
                    moment.due_now
                    + moment.later_now
                    + moment.amount_unbilled
                    - moment.amount_overbilled
                )

    def _terms_of_sale(self):
        return (
            self.unit_id._origin.sudo(),
            self.partner_id._origin,
            self.buyer_id._origin,
            self.date_transfer,
        )

    def _ask_to_credit(self):
        """Bills that reach beyond the transfer are put before Finance."""
        # sudo: as in _compute_amount_unbilled
        engine = self.env["property.charge.engine"].sudo()
        amount, moves = engine._billed_beyond(*self._terms_of_sale())
        if not amount:
            return
        # sudo: whoever is at the desk asks Finance
        self.sudo().activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Credit the seller's days after the transfer"),
            note=self.env._(
                "%(unit)s is %(buyer)s's from %(day)s on. Credit %(amount)s to "
                "%(seller)s on %(bills)s, and invoice it to %(buyer)s: a further "
                "billing run leaves out days that are billed.",
                unit=self.unit_id.display_name,
                buyer=self.buyer_id.name,
                day=format_date(self.env, self.date_transfer),
                amount=self.currency_id.format(amount),
                seller=self.partner_id.name,
                bills=", ".join(moves.mapped("display_name")),
            ),
            user_id=self.sudo().community_id._finance_user().id,
        )
