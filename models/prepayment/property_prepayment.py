from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from . import terms

# Written by the named methods only, never by hand.
BY_METHOD = frozenset(
    (
        "name",
        "state",
        "move_id",
        "item_ids",
        "line_ids",
        "cover_ids",
        "is_opening",
        "date_cancelled",
        "carry_to_id",
        "carry_on",
        "date_to",
        "months",
        "free_months",
        "amount_list",
        "amount_discount",
        "amount",
        "amount_total",
        "renewal_of_id",
        "renewal_declined",
    )
)
# What is agreed; it stays as it is once the agreement runs.
TERMS = frozenset(("unit_id", "partner_id", "offer_id", "date_from", "currency_id"))


class PropertyPrepayment(models.Model):
    """An owner pays the fees of a unit months ahead (procedure, clause 5.3.2).

    Confirmed it is invoiced against a liability; each month of the term releases its
    share into income. Amounts are in ``currency_id``, without taxes where the name
    does not say otherwise. invoiced − released = still owed, at any date.
    """

    _name = "property.prepayment"
    _description = "Prepayment Agreement"
    _inherit = [
        "property.guarded",
        "property.unit.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = BY_METHOD
    _order = "date_from desc, id desc"
    _rec_names_search = ["name", "partner_id.name", "unit_id.name"]

    name = fields.Char("Number", readonly=True, copy=False, index="trigram")
    partner_id = fields.Many2one(string="Payer")
    offer_id = fields.Many2one(
        "property.prepayment.offer", index="btree_not_null", ondelete="restrict"
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    user_id = fields.Many2one(
        "res.users", "Concluded by", default=lambda self: self.env.user
    )
    date_from = fields.Date(
        "First Day", required=True, index=True, help="The first day of a month."
    )
    months = fields.Integer(compute="_compute_term", store=True, precompute=True)
    free_months = fields.Integer(compute="_compute_term", store=True, precompute=True)
    date_to = fields.Date(
        "Last Day", compute="_compute_term", store=True, precompute=True, index=True
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("running", "Running"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    date_cancelled = fields.Date("Ended on", readonly=True, copy=False)
    is_opening = fields.Boolean("From the Opening Ledger", readonly=True, copy=False)
    renewal_of_id = fields.Many2one(
        "property.prepayment", index="btree_not_null", copy=False
    )

    amount_list = fields.Monetary(
        "List Price", compute="_compute_amounts", store=True, copy=False
    )
    amount_discount = fields.Monetary(
        "Discount", compute="_compute_amounts", store=True, copy=False
    )
    amount = fields.Monetary(
        "Net Price",
        compute="_compute_amounts",
        store=True,
        copy=False,
        help="List price less discount, taxes excluded.",
    )
    amount_total = fields.Monetary(
        "To Pay", compute="_compute_amounts", store=True, copy=False
    )

    move_id = fields.Many2one(
        "account.move",
        "Invoice",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    payment_state = fields.Selection(related="move_id.payment_state")
    item_ids = fields.One2many(
        "property.prepayment.item", "prepayment_id", "Fees", readonly=True
    )
    line_ids = fields.One2many(
        "property.prepayment.line", "prepayment_id", "Schedule", readonly=True
    )
    cover_ids = fields.One2many(
        "property.prepayment.cover", "prepayment_id", readonly=True
    )
    voucher_ids = fields.One2many("property.voucher", "prepayment_id")

    @api.depends("unit_id")
    def _compute_currency_id(self):
        for agreement in self:
            agreement.currency_id = (
                agreement.currency_id
                or agreement.unit_id.company_id.currency_id
                or self.env.company.currency_id
            )

    @api.depends("offer_id.months", "offer_id.free_months", "date_from")
    def _compute_term(self):
        for agreement in self:
            if agreement.state in ("running", "done", "cancelled"):
                # What was agreed does not follow the offer any more.
                continue
            offer, day = agreement.offer_id, agreement.date_from
            agreement.months = offer.months
            agreement.free_months = offer.free_months
            agreement.date_to = (
                terms.last_day(day, offer.months)
                if offer and terms.is_in_range(day)
                else False
            )

    @api.depends("name", "unit_id")
    def _compute_display_name(self):
        for agreement in self:
            unit = agreement.unit_id.display_name or ""
            agreement.display_name = agreement.name or unit

    @api.constrains("date_from")
    def _check_first_day(self):
        for agreement in self:
            if not terms.is_in_range(agreement.date_from):
                raise ValidationError(
                    self.env._("A term begins in one of the years 2000 to 2100.")
                )
            if not agreement.is_opening and not terms.is_first(agreement.date_from):
                raise ValidationError(
                    self.env._("A term begins on the first day of a month.")
                )

    @api.constrains("currency_id", "state")
    def _check_currency(self):
        for agreement in self:
            currency = agreement.currency_id
            if agreement.state == "draft" and not currency.active:
                raise ValidationError(
                    self.env._(
                        "The currency %(currency)s is not in use.",
                        currency=currency.name,
                    )
                )

    @api.constrains("offer_id", "is_opening")
    def _check_offer(self):
        for agreement in self:
            if not agreement.offer_id and not agreement.is_opening:
                raise ValidationError(self.env._("Choose an offer."))

    def write(self, vals):
        fixed = self.filtered(lambda agreement: agreement.state != "draft")
        if TERMS & set(vals) and fixed and not self.env.su:
            raise UserError(
                self.env._(
                    "%(name)s is concluded. Its terms change through its buttons only.",
                    name=fixed[0].display_name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(agreement.state != "draft" for agreement in self):
            raise UserError(
                self.env._("A concluded agreement stays on record. Cancel it instead.")
            )
