from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ..estate.dates import ONE_DAY

TERMS = frozenset(
    ("buyer_id", "date_transfer", "transfer_prepayment", "transfer_deposit")
)
CHOICES = [
    ("refund", "Paid back to the seller"),
    ("carry", "Carried over to the buyer"),
]


class PropertyMoment(models.Model):
    """A unit changes hands: the seller is shown what he owes to the day, the buyer
    begins. Old debt stays with the seller (procedure, section 5)."""

    _inherit = "property.moment"

    buyer_id = fields.Many2one("res.partner", ondelete="restrict", copy=False)
    date_transfer = fields.Date(
        "Day of the Transfer", copy=False, help="The first day of the buyer."
    )
    transfer_prepayment = fields.Selection(
        CHOICES,
        "What Was Paid Ahead",
        compute="_compute_transfer_prepayment",
        store=True,
        readonly=False,
        help="What has been paid for months after the transfer.",
    )
    transfer_deposit = fields.Selection(
        CHOICES, "Deposits", default="refund", help="What Finance holds for the unit."
    )
    transfer_rule = fields.Char(
        "Month of the Transfer", compute="_compute_transfer_rule"
    )
    amount_unbilled = fields.Monetary(
        "Not Billed Yet",
        compute="_compute_amount_unbilled",
        help="What the seller's days up to the transfer come to at today's rates. "
        "It is invoiced with its month only; it may be paid on account.",
    )
    amount_to_day = fields.Monetary(
        "To the Day", compute="_compute_amount_unbilled",
        help="Due, billed for later and not billed yet, all together.",
    )  # fmt: skip
    deposit_ids = fields.Many2many(
        "property.deposit", string="Deposits Held", compute="_compute_deposit_ids"
    )

    @api.depends("unit_id")
    def _compute_transfer_prepayment(self):
        for moment in self:
            moment.transfer_prepayment = (
                moment.transfer_prepayment
                or moment.company_id.property_transfer_prepayment
            )

    @api.depends("company_id")
    def _compute_transfer_rule(self):
        for moment in self:
            company = moment.company_id
            rules = company._fields["property_transfer_rule"]
            names = dict(rules._description_selection(self.env))
            moment.transfer_rule = names.get(company.property_transfer_rule)

    @api.depends("kind", "unit_id", "partner_id", "buyer_id", "date_transfer")
    def _compute_amount_unbilled(self):
        # sudo: the desk shows what is open without being allowed to keep rates
        engine = self.env["property.charge.engine"].sudo()
        for moment in self:
            moment.amount_unbilled = moment.amount_to_day = 0.0
            if moment.kind == "transfer" and moment.date_transfer and moment.unit_id:
                moment.amount_unbilled = engine._not_billed_yet(
                    moment.unit_id._origin.sudo(),
                    moment.partner_id._origin,
                    moment.buyer_id._origin,
                    moment.date_transfer,
                )
                moment.amount_to_day = (
                    moment.due_now + moment.later_now + moment.amount_unbilled
                )

    @api.depends("unit_id", "kind")
    def _compute_deposit_ids(self):
        held = self.env["property.deposit"].search(
            [("unit_id", "in", self.unit_id.ids), ("state", "=", "held")]
        )
        of_units = held.grouped("unit_id")
        for moment in self:
            moment.deposit_ids = of_units.get(moment.unit_id._origin, False)

    def write(self, vals):
        if TERMS & set(vals) and any(row.completed_on for row in self):
            raise UserError(
                self.env._(
                    "The transfer has taken place. Another change of owner is another "
                    "transfer."
                )
            )
        return super().write(vals)

    def _complete_transfer(self):
        """:raises UserError: without buyer or day, or when the seller buys"""
        for moment in self:
            moment._check_transfer()
            day, buyer = moment.date_transfer, moment.buyer_id
            moment._transfer_prepayments(day)
            moment._transfer_deposits(day)
            unit = moment.unit_id.with_context(property_effective_date=day)
            unit.owner_id = buyer
            moment._end_sellers_stay(day)
            moment.message_post(
                body=self.env._(
                    "From %(day)s on the unit is %(buyer)s's.",
                    day=format_date(self.env, day),
                    buyer=buyer.name,
                )
            )

    def _check_transfer(self):
        if not self.buyer_id or not self.date_transfer:
            raise UserError(self.env._("Say who buys, and from which day on."))
        if self.buyer_id == self._owner_before(self.date_transfer):
            raise UserError(
                self.env._("%(buyer)s owns the unit already.", buyer=self.buyer_id.name)
            )
        later = self.unit_id.tenure_ids.filtered(
            lambda row: (
                row.role == "owner"
                and row.date_from
                and row.date_from >= self.date_transfer
            )
        )
        if later:
            raise UserError(
                self.env._(
                    "%(owner)s owns the unit from %(day)s on. A transfer comes after "
                    "the one before it.",
                    owner=later[-1:].partner_id.name,
                    day=format_date(self.env, later[-1:].date_from),
                )
            )

    def _owner_before(self, day):
        rows = self.unit_id.tenure_ids._valid_on(day - ONE_DAY)
        return rows.filtered(lambda row: row.role == "owner")[:1].partner_id

    def _transfer_prepayments(self, day):
        """What was paid for months after the transfer follows the choice."""
        agreements = self.unit_id.prepayment_ids.filtered(
            lambda row: row.state == "running" and row.date_to >= day
        )
        for agreement in agreements:
            if self.transfer_prepayment == "carry":
                agreement._carry(self.buyer_id, day)
            else:
                agreement._cancel(day - ONE_DAY, reason=self.display_name)

    def _transfer_deposits(self, day):
        if self.transfer_deposit == "carry":
            self.deposit_ids._carry(self.buyer_id, day)
        else:
            self.deposit_ids._ask_refund(self.display_name)

    def _end_sellers_stay(self, day):
        """Who sold does not stay as occupant; a tenant does."""
        seller = self._owner_before(day)
        stays = self.unit_id.tenure_ids._valid_on(day).filtered(
            lambda row: row.role == "occupant" and row.partner_id == seller
        )
        stays.write({"date_to": day - ONE_DAY})
