from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..estate.dates import ONE_DAY
from . import shares
from .property_prepayment_confirm import QUIET

ENDERS = ("group_finance", "group_cs_head", "group_manager")


class Ending(NamedTuple):
    """What the end of an agreement comes to, without taxes, in its currency."""

    invoiced: float  # invoices less credit notes, before the end
    used: float  # months used, at the price that the rule says
    vouchers: float  # services that were taken, at their list price
    refund: float  # credited: never below zero
    released: float  # income of its months so far
    income: float  # entered at once; negative where too much was released


class PropertyPrepayment(models.Model):
    """An agreement that ends before its term (procedure, clause 5.3.2)."""

    _inherit = "property.prepayment"

    def _check_may_end(self):
        """:raises AccessError: for other roles than Finance, the head of customer
        service and the manager"""
        self.check_access("write")
        if not self.env.su and not self.env.user._has_property_role(*ENDERS):
            raise AccessError(
                self.env._(
                    "Only Finance, the head of customer service and the manager end "
                    "or change a prepayment."
                )
            )

    def _check_runs(self):
        for agreement in self:
            if agreement.state != "running":
                raise UserError(
                    self.env._("%(name)s is not running.", name=agreement.display_name)
                )

    @api.private
    def _cancel(self, last_day, rule=None, reason=""):
        """End running agreements: what is not used is credited to the payer, the rest
        is income at once, and billing takes the days after ``last_day`` up again.

        :param last_day: the last day that stays covered; before the first day of the
            term: nothing of it
        :param rule: ``list`` or ``share``, default the offer's
        :raises UserError: for one that does not run, or a day after its term

        Access is for the caller to check: ``_check_may_end``.
        """
        for agreement in self.sudo():
            agreement._lock_what_bills()
            agreement._check_runs()
            agreement._check_last_day(last_day)
            agreement._release_through(last_day)
            ending = agreement._ending(last_day, rule)
            agreement._end_on(last_day)
            note = agreement._credit(
                ending.refund, agreement._end_text(last_day, reason)
            )
            agreement._settle()
            agreement._ask_for_what_is_open()
            agreement._tell_end(last_day, reason, note)

    def _check_last_day(self, last_day):
        if last_day > self.date_to:
            raise UserError(
                self.env._(
                    "The term ends on %(day)s already.",
                    day=format_date(self.env, self.date_to),
                )
            )

    def _release_through(self, last_day):
        """Months used that have begun are released as any other."""
        self.line_ids.filtered(
            lambda line: (
                not line.move_id
                and line.month <= min(last_day, line.community_id._property_today())
            )
        )._release()

    def _ending(self, last_day, rule=None):
        """What an end on ``last_day`` comes to.

        Under the rule ``list`` months used count at their full price, and vouchers
        redeemed at theirs; under ``share`` what is not released is paid back. The last
        month counts by days.
        """
        self.ensure_one()
        rule = rule or self.offer_id.refund_rule or "share"
        months = self.line_ids.filtered(lambda line: line.kind == "month")
        currency = self.currency_id
        used = sum(line._used(last_day, rule) for line in months)
        vouchers = self._vouchers_used() if rule == "list" else 0.0
        owed, released = self._books()[self]
        invoiced = currency.round(owed + released)
        refund = currency.round(max(invoiced - used - vouchers, 0.0))
        kept = sum(line._used(last_day, "share") for line in months if not line.move_id)
        return Ending(
            invoiced,
            currency.round(used),
            vouchers,
            refund,
            released,
            currency.round(invoiced - refund - released - kept),
        )

    def _vouchers_used(self):
        redeemed = self.voucher_ids.filtered(lambda row: row.state == "redeemed")
        company = self.company_id
        return sum(
            company.currency_id._convert(
                voucher.product_id.lst_price, self.currency_id, company, self.date_from
            )
            for voucher in redeemed
        )

    def _end_on(self, last_day):
        """Cut months and cover, take back what was not redeemed."""
        covered = last_day >= self.date_from
        rounding = self.currency_id.rounding
        coming = self.line_ids.filtered(lambda line: not line.move_id)
        after = coming.filtered(lambda line: line.month > last_day or not covered)
        for line in coming - after:
            line.amount = shares.part_of_month(
                line.amount, line.month, last_day, rounding
            )
        after.unlink()
        self._cut_cover(last_day)
        self.voucher_ids.filtered(lambda row: row.state == "open").write(
            {"state": "expired"}
        )
        self.with_context(**QUIET).write(
            {
                "state": "cancelled",
                "date_cancelled": self.community_id._property_today(),
                # Nothing is covered: the unit is not paid through any day of it.
                "date_to": last_day if covered else False,
            }
        )

    def _cut_cover(self, last_day):
        freed = self.cover_ids.filtered(lambda row: row.date_to > last_day)
        months = set(freed.mapped("month"))
        after = freed.filtered(lambda row: row.date_from > last_day)
        (freed - after).write({"date_to": last_day})
        after.unlink()
        self._compute_again(months)

    def _compute_again(self, months):
        """Runs that are not invoiced were computed without the days that are free now:
        they are computed and signed anew."""
        runs = self._open_runs().filtered(
            lambda run: run.period in months and run.state in ("computed", "signed")
        )
        for run in runs:
            run._back_to_draft(
                self.env._(
                    "%(unit)s is not paid ahead any more: compute again.",
                    unit=self.unit_id.display_name,
                )
            )

    def _first_free_day(self, last_day):
        return max(last_day + ONE_DAY, self.date_from)

    def _end_text(self, last_day, reason):
        here = self.with_context(lang=self.partner_id.lang or self.env.lang)
        return reason or here.env._(
            "%(name)s: paid back from %(day)s",
            name=self.name or self.unit_id.display_name,
            day=format_date(here.env, self._first_free_day(last_day)),
        )

    def _tell_end(self, last_day, reason, note):
        first = self._first_free_day(last_day)
        texts = [
            self.env._(
                "Ended: not covered from %(day)s. %(reason)s",
                day=format_date(self.env, first),
                reason=reason or "",
            )
        ]
        if note:
            names = ", ".join(note.mapped("display_name"))
            texts.append(self.env._("Credited with %(note)s.", note=names))
        self.message_post(body=" ".join(texts).strip())
        self._ask_to_bill(first)

    def _ask_to_bill(self, first):
        """Days of months that are billed already come with a further run of them."""
        today = self.community_id._property_today()
        billed = self.env["property.billing.run"].search_count(
            [
                ("community_id", "=", self.community_id.id),
                ("period", ">=", first.replace(day=1)),
                ("state", "in", ("invoicing", "invoiced", "closed")),
            ],
            limit=1,
        )
        if billed or first < today.replace(day=1):
            self._ask_finance(
                self.env._(
                    "%(unit)s is not paid ahead any more from %(day)s. Months that are "
                    "billed already need a further billing run to catch these days.",
                    unit=self.unit_id.display_name,
                    day=format_date(self.env, first),
                )
            )


class PropertyPrepaymentLine(models.Model):
    _inherit = "property.prepayment.line"

    def _used(self, last_day, rule):
        """What the month is worth up to ``last_day``."""
        full = self.amount
        if rule == "list" and self.amount_list:
            full = self.amount_list
        return shares.part_of_month(
            full, self.month, last_day, self.currency_id.rounding
        )
