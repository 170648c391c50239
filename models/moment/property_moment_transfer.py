from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ..estate.dates import ONE_DAY
from ..prepayment.property_prepayment_owner import SETTLED

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
            moment._settle_what_was_paid()
            unit = moment.unit_id.with_context(
                property_effective_date=day, **{SETTLED: True}
            )
            unit.owner_id = buyer
            moment._end_sellers_stay(day)
            moment.message_post(
                body=self.env._(
                    "From %(day)s on the unit is %(buyer)s's.",
                    day=format_date(self.env, day),
                    buyer=buyer.name,
                )
            )
            moment._ask_to_credit()

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

    def _end_sellers_stay(self, day):
        """Who sold does not stay as occupant; a tenant does."""
        seller = self._owner_before(day)
        stays = self.unit_id.tenure_ids._valid_on(day).filtered(
            lambda row: row.role == "occupant" and row.partner_id == seller
        )
        stays.write({"date_to": day - ONE_DAY})
