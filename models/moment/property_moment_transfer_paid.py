from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..estate.dates import ONE_DAY
from ..prepayment.property_prepayment_ask import ACTIVITY, _ask
from ..prepayment.property_prepayment_cancel import ENDERS


class PropertyMoment(models.Model):
    """What the seller has paid for days after the transfer, and his deposits. Money is
    decided on by Finance, the heads and the manager; the transfer waits for nobody."""

    _inherit = "property.moment"

    deposit_ids = fields.Many2many(
        "property.deposit", string="Deposits Held", compute="_compute_paid_by_seller"
    )
    transfer_stays = fields.Char(
        "Stays as It Is",
        compute="_compute_paid_by_seller",
        help="What somebody else than the seller has paid ahead or left as a deposit.",
    )
    is_to_settle = fields.Boolean(
        "To Be Settled by Finance", readonly=True, copy=False, tracking=True
    )

    @api.depends("unit_id", "kind", "date_transfer")
    def _compute_paid_by_seller(self):
        of_units = self._held().grouped("unit_id")
        for moment in self:
            held = of_units.get(moment.unit_id._origin, self.env["property.deposit"])
            moment.deposit_ids = held.filtered(moment._is_sellers)
            moment.transfer_stays = ", ".join(
                f"{row.display_name} ({row.partner_id.name})"
                for row in (*moment._running(), *held)
                if not moment._is_sellers(row)
            )

    def action_settle_prepayment(self):
        """Do what was chosen at the transfer with what the seller has paid, as of the
        day of the transfer.

        :raises AccessError: for other roles than Finance, the head of customer service
            and the manager
        :raises UserError: where an agreement cannot end or go over
        """
        self.check_access("read")
        if not self._may_settle():
            raise AccessError(
                self.env._(
                    "Only Finance, the head of customer service and the manager end "
                    "or change a prepayment."
                )
            )
        # sudo: Finance does not work at the desk; the role is checked
        for moment in self.sudo().filtered("is_to_settle").sorted("date_transfer"):
            moment._transfer_paid(moment.date_transfer)
            moment._settled_by_finance()
        return True

    def _may_settle(self):
        return self.env.su or self.env.user._has_property_role(*ENDERS)

    def _settle_what_was_paid(self):
        """At once where the user may decide on money; otherwise Finance is asked."""
        day = self.date_transfer
        if not self._may_settle():
            self._transfer_paid(day, is_asking=True)
            if self._is_left():
                self._ask_to_settle(self._why_left())
        else:
            try:
                with self.env.cr.savepoint():
                    self._transfer_paid(day)
                    self.env.flush_all()
            except UserError as error:
                self.env.invalidate_all()
                self._ask_to_settle(str(error))
        if self.transfer_stays:
            self.message_post(
                body=self.env._("Stays: %(rows)s.", rows=self.transfer_stays)
            )

    def _transfer_paid(self, day, is_asking=False):
        """:param is_asking: only put before Finance what is to be paid back"""
        if not is_asking:
            self._transfer_prepayments(day)
        held = self._held().filtered(self._is_sellers)
        if self.transfer_deposit != "carry":
            held._ask_refund(self.display_name)
        elif not is_asking:
            held._carry(self.buyer_id, day)

    def _transfer_prepayments(self, day):
        """What was paid for months after the transfer follows the choice."""
        for agreement in self._running().filtered(self._is_sellers):
            if self.transfer_prepayment == "carry":
                agreement._carry(self.buyer_id, day)
            else:
                agreement._cancel(day - ONE_DAY, reason=self.display_name)

    def _is_left(self):
        """Whether something is still to be decided on."""
        held = self._held() if self.transfer_deposit == "carry" else ()
        return any(self._is_sellers(row) for row in (*self._running(), *held))

    def _running(self):
        # sudo: what is paid ahead for the unit, whoever sells at the desk
        agreements = self.unit_id.sudo().prepayment_ids
        day = self.date_transfer
        return agreements.filtered(
            lambda row: row.state == "running" and (not day or row.date_to >= day)
        )

    def _held(self):
        return self.env["property.deposit"].search(
            [("unit_id", "in", self.unit_id.ids), ("state", "=", "held")]
        )

    def _is_sellers(self, row):
        seller = self._seller().commercial_partner_id
        return row.sudo().partner_id.commercial_partner_id == seller

    def _seller(self):
        """Who owns the unit up to the transfer; of a unit that nobody owns yet the
        developer."""
        if not self.date_transfer:
            owner = self.unit_id.owner_id
        else:
            owner = self._owner_before(self.date_transfer)
        return owner or self.unit_id.sudo().community_id.developer_id

    def _why_left(self):
        """What customer service alone does not decide on."""
        released = (
            self._running().filtered(self._is_sellers).line_ids.filtered("move_id")
        )
        if not any(line.month >= self.date_transfer for line in released):
            return ""
        return self.env._(
            "The transfer goes back to %(day)s, and months after it are released "
            "already.",
            day=format_date(self.env, self.date_transfer),
        )

    def _ask_to_settle(self, reason):
        # sudo: set by the transfer only
        moment = self.sudo()
        moment.is_to_settle = True
        text = self.env._(
            "%(unit)s is %(buyer)s's from %(day)s on. Settle what %(seller)s has paid "
            "(prepayment: %(prepayment)s, deposits: %(deposit)s). %(reason)s",
            unit=self.unit_id.display_name,
            buyer=self.buyer_id.name,
            day=format_date(self.env, self.date_transfer),
            seller=self._seller().name,
            prepayment=self._choice("transfer_prepayment"),
            deposit=self._choice("transfer_deposit"),
            reason=reason,
        ).strip()
        _ask(moment, moment.community_id, text)

    def _choice(self, name):
        choices = dict(self._fields[name]._description_selection(self.env))
        return choices.get(self[name], "")

    def _settled_by_finance(self):
        self.activity_unlink([ACTIVITY])
        self.is_to_settle = False
        self.message_post(body=self.env._("What the seller had paid is settled."))
