from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..estate.texts import said

FACTS = {"case_id", "amount", "date", "made_on", "user_id"}


class PropertyPromise(models.Model):
    """A customer promises to pay a sum by a day. Whether it was kept follows from the
    payments received after it was made up to its date, never from a hand."""

    _name = "property.promise"
    _description = "Promise to Pay"
    _inherit = ["property.guarded", "property.case.bound"]
    _guarded_fields = frozenset(
        (
            "state",
            "amount_paid",
            "made_on",
            "user_id",
            "cancelled_by",
            "earlier_move_ids",
        )
    )
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    amount = fields.Monetary(
        required=True,
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
    )
    date = fields.Date("Promised by", required=True, help="This day included.")
    made_on = fields.Date(
        compute="_compute_made_on",
        store=True,
        # Guarded: only the system names another day.
        readonly=False,
        precompute=True,
        required=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Taken by",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    note = fields.Char("Remarks")
    cancelled_by = fields.Many2one("res.users", readonly=True, copy=False)
    cancel_reason = fields.Char("Cancelled Because", copy=False)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("kept", "Kept"),
            ("broken", "Broken"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    amount_paid = fields.Monetary(
        "Received",
        compute="_compute_state",
        store=True,
        help="What came in from the day it was made up to its date; no more than was "
        "promised.",
    )
    earlier_move_ids = fields.Many2many(
        "account.move",
        "property_promise_earlier_rel",
        string="Received Before",
        readonly=True,
        copy=False,
        groups="account.group_account_readonly,account.group_account_invoice",
        help="Payments that were recorded already when it was made; they do not count.",
    )

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A promise is about an amount greater than zero."
    )
    _open_once = models.UniqueIndex(
        "(case_id) WHERE state = 'open'", "The customer has an open promise already."
    )

    @api.depends("case_id")
    def _compute_amount(self):
        for promise in self:
            promise.amount = promise.amount or promise.case_id.amount_overdue

    @api.depends("case_id")
    def _compute_made_on(self):
        for promise in self:
            today = promise.case_id.community_id._property_today
            promise.made_on = promise.made_on or today()

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")
        self._check_none_open(vals_list)
        promises = super().create(vals_list)
        promises._check_days()
        promises._keep_earlier()
        promises.case_id._promised()
        return promises

    def write(self, vals):
        if FACTS & set(vals):
            raise UserError(
                self.env._(
                    "A promise is not rewritten. Cancel it and note another one."
                )
            )
        if "cancel_reason" in vals and not self.env.su:
            self._check_head()
        return super().write(vals)

    def action_cancel(self):
        """Strike promises that were noted by mistake, with a reason.

        :raises AccessError: for who is neither head nor manager
        :raises UserError: without a reason
        """
        self.check_access("write")
        self._check_head()
        for promise in self:
            if not said(promise.cancel_reason):
                raise UserError(self.env._("Say why the promise is cancelled."))
        # sudo: nobody else may write who cancelled it.
        self.sudo().cancelled_by = self.env.user
        self.case_id._promised()

    def _check_head(self):
        if not self.env.user._is_property_head():
            raise AccessError(self.env._("Heads and managers cancel promises."))

    @api.model
    def _check_none_open(self, vals_list):
        """:raises UserError: names the promise that is open already"""
        ids = [vals["case_id"] for vals in vals_list if vals.get("case_id")]
        self.env["property.collection.case"].browse(ids).check_access("read")
        known = self.search([("case_id", "in", ids), ("state", "=", "open")], limit=1)
        if known:
            raise UserError(
                self.env._(
                    "%(customer)s has promised to pay by %(day)s already. A promise is "
                    "open until that day; the head can cancel it.",
                    customer=known.partner_id.display_name,
                    day=format_date(self.env, known.date),
                )
            )

    def _check_days(self):
        """:raises UserError: for a day that is over, or too far ahead"""
        for promise in self:
            last = promise.made_on + timedelta(
                days=promise.company_id.property_promise_days
            )
            if not promise.made_on <= promise.date <= last:
                raise UserError(
                    self.env._(
                        "A promise is for today or later, up to %(last)s.",
                        last=format_date(self.env, last),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Promises stay on record; cancel the wrong one."))
