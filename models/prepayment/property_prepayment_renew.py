from odoo import api, fields, models
from odoo.tools import date_utils
from odoo.tools.misc import format_amount

from . import terms


class PropertyPrepayment(models.Model):
    """Agreements that end soon come on a call list, with the next one prepared."""

    _inherit = "property.prepayment"

    renewal_ids = fields.One2many("property.prepayment", "renewal_of_id")
    partner_phone = fields.Char(related="partner_id.phone", string="Phone")
    renewal_declined = fields.Char(
        "Not Renewed", readonly=True, copy=False, tracking=True
    )
    refusal = fields.Text(
        "Why Not",
        compute="_compute_refusal",
        help="What keeps the draft from being confirmed today.",
    )

    _renewed_once = models.UniqueIndex(
        "(renewal_of_id) WHERE renewal_of_id IS NOT NULL AND state != 'cancelled'",
        "This agreement is renewed already.",
    )

    @api.depends("state", "unit_id", "partner_id", "offer_id", "date_from")
    def _compute_refusal(self):
        drafts = self.filtered(
            lambda row: (
                row.state == "draft"
                and not row.is_opening
                and row.unit_id
                and row.partner_id
                and row.offer_id
                and terms.is_first(row.date_from)
            )
        )
        refusals = drafts._refusals()
        for agreement in self:
            agreement.refusal = "\n".join(refusals.get(agreement, ()))

    @api.model
    def _cron_renewals(self):
        """Prepare the renewals of all communities.

        A community is a transaction that locks it: a second call, or a second worker,
        finds nothing to do; a killed one loses one community only.
        """
        # pylint: disable-next=no-search-all
        communities = self.env["property.community"].search([])
        for done, community in enumerate(communities, 1):
            if community.try_lock_for_update(allow_referencing=True):
                self._renew_in(community)
            left = len(communities) - done
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                return

    @api.model
    def _renew_in(self, community):
        self._drop_stale_renewals(community)
        ending = self._to_renew(community)
        renewals = self.create(ending._renewal_values(community))
        self.env["property.call"]._open(
            [renewal._call_values() for renewal in renewals]
        )

    @api.model
    def _to_renew(self, community):
        """Running agreements that end within the months of the settings and that
        nothing follows."""
        months = community.company_id.property_renewal_months
        if not months:
            return self.browse()
        today = community._property_today()
        ending = self.search(
            [
                ("community_id", "=", community.id),
                ("state", "=", "running"),
                ("renewal_declined", "=", False),
                ("date_to", ">=", today),
                ("date_to", "<=", date_utils.add(today, months=months)),
                ("renewal_ids", "not any", [("state", "!=", "cancelled")]),
            ],
            order="date_to, id",
        )
        return ending._not_followed()

    def _not_followed(self):
        """Those of which no fee is paid ahead, nor about to be, in the month after."""
        taken = {
            (row.unit_id, row.month)
            for row in self.env["property.prepayment.cover"].search(
                [
                    ("unit_id", "in", self.unit_id.ids),
                    ("month", "in", [terms.month_after(row.date_to) for row in self]),
                    ("fee_item_id", "in", self.item_ids.fee_item_id.ids),
                ]
            )
        }
        drafts = self.search(
            [("unit_id", "in", self.unit_id.ids), ("state", "=", "draft")]
        )
        taken |= {(draft.unit_id, draft.date_from) for draft in drafts}
        return self.filtered(
            lambda row: (row.unit_id, terms.month_after(row.date_to)) not in taken
        )

    def _renewal_values(self, community):
        """Values of the next agreements; nobody is offered what there is not."""
        offers = self.env["property.prepayment.offer"]._on_offer(
            community.company_id, community
        )
        values = []
        for agreement in self:
            offer = agreement._renewal_offer(offers)
            if offer:
                values.append(
                    {
                        "unit_id": agreement.unit_id.id,
                        "partner_id": agreement.partner_id.id,
                        "offer_id": offer.id,
                        "currency_id": agreement.currency_id.id,
                        "user_id": agreement.user_id.id,
                        "date_from": terms.month_after(agreement.date_to),
                        "renewal_of_id": agreement.id,
                    }
                )
        self._put_payers(values)
        return values

    def _put_payers(self, values):
        """Whoever paid pays again, unless the unit has changed hands by then."""
        drafts = [(vals, self.new(vals)) for vals in values]
        together = self.browse().concat(*(draft for _vals, draft in drafts))
        allowed, usual = together._payers(), together._usual_payers()
        for vals, draft in drafts:
            if draft.partner_id.commercial_partner_id not in allowed[draft][0]:
                vals["partner_id"] = usual[draft].id
        values[:] = [vals for vals in values if vals["partner_id"]]

    def _renewal_offer(self, offers):
        """The same offer; else the best one of as many months."""
        self.ensure_one()
        if self.offer_id in offers:
            return self.offer_id
        months = self.months if self.offer_id else 12
        same = offers.filtered(lambda offer: offer.months == months)
        return same.sorted(
            lambda offer: (-offer.free_months, not offer.voucher_product_id)
        )[:1]

    def _call_values(self):
        return {
            "kind": "renewal",
            "partner_id": self.partner_id.id,
            "community_id": self.community_id.id,
            "unit_id": self.unit_id.id,
            "prepayment_id": self.id,
            "amount": self.amount_total,
            "subject": self.env._(
                "Paid ahead to %(day)s; next: %(offer)s for %(amount)s",
                day=f"{self.renewal_of_id.date_to:%Y-%m-%d}",
                offer=self.offer_id.name,
                amount=format_amount(self.env, self.amount_total, self.currency_id),
            ),
        }

    @api.model
    def _drop_stale_renewals(self, community):
        """What was prepared for an agreement that has ended early, or been sold."""
        self.search(
            [
                ("community_id", "=", community.id),
                ("state", "=", "draft"),
                ("renewal_of_id.state", "=", "cancelled"),
            ]
        ).unlink()

    def _confirmed(self):
        result = super()._confirmed()
        self.filtered("renewal_of_id")._close_renewal_calls()
        return result

    @api.private
    def _decline_renewal(self, reason):
        """The owner does not want to: the draft goes, the reason stays with the
        agreement that ends.

        :param reason: in the owner's words
        """
        drafts = self.filtered(lambda row: row.state == "draft" and row.renewal_of_id)
        drafts.check_access("unlink")
        drafts.renewal_of_id.check_access("write")
        # sudo: the reason is written by this method only
        drafts.renewal_of_id.sudo().renewal_declined = reason
        drafts._close_renewal_calls()
        drafts.unlink()

    def _close_renewal_calls(self):
        """Whoever has no other renewal waiting need not be called any more."""
        # sudo: a call follows what became of the renewal, whoever did that
        calls = self.env["property.call"].sudo()
        open_calls = calls.search(
            [
                ("kind", "=", "renewal"),
                ("state", "=", "open"),
                ("partner_id", "in", self.partner_id.ids),
                ("community_id", "in", self.community_id.ids),
            ]
        )
        waiting = {
            (draft.partner_id, draft.community_id)
            for draft in open_calls._renewal_drafts() - self.sudo()
        }
        open_calls.filtered(
            lambda call: (call.partner_id, call.community_id) not in waiting
        ).action_cancel()

    def action_sell(self):
        """The sale of these drafts, with prices and reasons, to pay on the spot."""
        drafts = self.filtered(lambda row: row.state == "draft")
        values = {"unit_ids": drafts.unit_id.ids}
        if len(drafts.offer_id) == 1:
            values["offer_id"] = drafts.offer_id.id
        return self.env["property.prepayment.sell"]._action_open(**values)
