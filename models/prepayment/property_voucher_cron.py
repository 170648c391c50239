from datetime import timedelta

from odoo import api, models

WARNING_DAYS = 30
ACTIVITY = "property_fee_collection.activity_voucher"


class PropertyVoucher(models.Model):
    """A service that nobody asks for runs out; somebody tells the owner in time."""

    _inherit = "property.voucher"

    @api.model
    def _cron_vouchers(self):
        """Expire what is over and warn, once, of what runs out within thirty days.

        A community is a transaction; called again, or by two workers, nothing is done
        twice.
        """
        Communities = self.env["property.community"].with_context(active_test=False)
        # pylint: disable-next=no-search-all
        communities = Communities.search([])
        for done, community in enumerate(communities, 1):
            today = community._property_today()
            self._open_up_to(community, today - timedelta(days=1))._expire()
            self._open_up_to(community, today + timedelta(days=WARNING_DAYS))._warn(
                today
            )
            left = len(communities) - done
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                return

    @api.model
    def _open_up_to(self, community, day):
        vouchers = self.search(
            [
                ("community_id", "=", community.id),
                ("state", "=", "open"),
                ("date_expiry", "<=", day),
            ]
        )
        return vouchers.try_lock_for_update().filtered(lambda row: row.state == "open")

    def _expire(self):
        self.write({"state": "expired"})
        self.activity_unlink([ACTIVITY])

    def _warn(self, today):
        for voucher in self.filtered(lambda row: not row.warned_on):
            voucher.warned_on = today
            user = voucher._responsible()
            if user:
                voucher.activity_schedule(
                    ACTIVITY,
                    date_deadline=voucher.date_expiry,
                    user_id=user.id,
                    note=self.env._(
                        "%(owner)s has not used it yet.",
                        owner=voucher.partner_id.display_name,
                    ),
                )

    def _responsible(self):
        """Who sold it, if he still works there; else the head of customer service."""
        community, seller = self.community_id, self.prepayment_id.user_id
        if seller in community.member_ids:
            return seller
        return community.cs_head_id or community.manager_id
