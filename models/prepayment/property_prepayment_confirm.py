from odoo import api, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import SQL

from ..estate.rows import insert_rows
from . import terms

SELLERS = ("group_cs", "group_finance")
QUIET = {"tracking_disable": True, "mail_create_nolog": True}


class PropertyPrepayment(models.Model):
    """From a draft to a running agreement: checked, invoiced, posted, covered."""

    _inherit = "property.prepayment"

    def action_confirm(self):
        """Conclude drafts (procedure, clause 5.3.2): each is checked, invoiced, the
        invoice posted, and its months are covered. All of them or none.

        :raises UserError: for whoever may not take his offer, with the reasons; for
            what is not a draft
        :raises AccessError: for other roles than customer service and Finance
        """
        self._check_may_sell()
        agreements = self.sudo().with_context(**QUIET)
        agreements._lock_to_sell()
        # A rate may have changed since they were drafted.
        fees, positions = agreements._fees(), agreements._tax_positions()
        agreements._following_rates()._put_amounts(fees, positions)
        self._check_may_confirm(fees)
        # sudo: customer service sells but keeps no books; what is posted follows from
        # the agreement alone.
        agreements._freeze_fees(fees, positions)
        agreements._invoice()
        agreements._write_schedule()
        agreements._cover()
        agreements.write({"state": "running"})
        agreements._confirmed()
        return True

    def _confirmed(self):
        """What follows when agreements are concluded; each part adds its own."""

    def _check_seller(self):
        """:raises AccessError: for other roles than customer service and Finance"""
        if not self.env.su and not self.env.user._has_property_role(*SELLERS):
            raise AccessError(
                self.env._("Only customer service and Finance sell prepayments.")
            )

    def _check_may_sell(self):
        self.check_access("write")
        self._check_seller()
        if any(agreement.state != "draft" for agreement in self):
            raise UserError(self.env._("Only a draft can be confirmed."))

    def _lock_to_sell(self):
        """Nobody signs or invoices the months meanwhile, nor sells them again; others
        may sell other units of the community.

        :raises LockError: while somebody else has an agreement or a unit in hand
        """
        self._lock_units()
        runs = self._open_runs()
        if runs:
            # Waits for whoever signs or invoices; sellers do not wait for each other.
            self.env.execute_query(
                SQL(
                    "SELECT id FROM property_billing_run WHERE id IN %s"
                    " ORDER BY id FOR SHARE",
                    tuple(runs.ids),
                )
            )
            runs.invalidate_recordset(["state"])

    def _lock_what_bills(self):
        """As above, alone: what is not covered any more is computed again.

        :raises LockError: while somebody else has one of these in hand
        """
        self._lock_units()
        self._lock_or_say(self._open_runs())

    def _lock_units(self):
        self._lock_or_say(self)
        # Invoices and charges may name the unit meanwhile.
        self._lock_or_say(self.unit_id, allow_referencing=True)

    def _open_runs(self):
        return self.env["property.billing.run"].search(
            [
                ("community_id", "in", self.community_id.ids),
                ("state", "in", ("draft", "computed", "signed", "invoicing")),
            ]
        )

    def _lock_or_say(self, records, allow_referencing=False):
        try:
            records.lock_for_update(allow_referencing=allow_referencing)
        except LockError:
            raise LockError(
                self.env._(
                    "Somebody else works with %(records)s. Try again in a moment.",
                    records=", ".join(records[:3].mapped("display_name")),
                )
            ) from None

    def _freeze_fees(self, fees, positions):
        """Put the price of today on record."""
        rows = []
        for agreement in self:
            position = positions[agreement]
            for fee in fees[agreement]:
                amounts = agreement._fee_amounts(fee, position)
                item = self.env["property.fee.item"].browse(fee.fee_item_id)
                rows.append(
                    {
                        "prepayment_id": agreement.id,
                        "fee_item_id": fee.fee_item_id,
                        "quantity": fee.quantity,
                        "price_unit": fee.price_unit,
                        "factor": fee.factor,
                        "monthly": fee.monthly,
                        "amount_list": amounts["amount_list"],
                        "amount_discount": amounts["amount_discount"],
                        "amount": amounts["amount_list"] - amounts["amount_discount"],
                        "account_id": agreement._income_account(item, position).id,
                    }
                )
        self.env["property.prepayment.item"].create(rows)

    def _income_account(self, item, position):
        """:raises UserError: for a fee whose product has none"""
        product = item.product_id.with_company(self.company_id)
        account = product.product_tmpl_id.get_product_accounts(position)["income"]
        if not account:
            raise UserError(
                self.env._("%(fee)s has no income account.", fee=item.display_name)
            )
        return account

    def _write_schedule(self):
        """One share for each month; the last one takes what rounding left."""
        rows = []
        for agreement in self:
            months = terms.months_of(agreement.date_from, agreement.date_to)
            rounding, count = agreement.currency_id.rounding, len(months)
            full = agreement.amount_list
            rows += agreement._schedule_rows(
                {**agreement._place_values(), "partner_id": agreement.partner_id.id},
                months,
                terms.even_shares(agreement.amount, count, rounding),
                terms.running_shares(
                    [full * month / count for month in range(count + 1)], rounding
                ),
            )
        insert_rows(self.env["property.prepayment.line"], rows)

    def _place_values(self):
        return {
            "prepayment_id": self.id,
            "unit_id": self.unit_id.id,
            "community_id": self.community_id.id,
            "company_id": self.company_id.id,
        }

    @api.model
    def _schedule_rows(self, common, months, shares, listed):
        """
        :param shares: what each month releases
        :param listed: what it costs without the offer
        """
        return [
            {
                **common,
                "kind": "month",
                "month": month,
                "amount": share,
                "amount_list": full,
            }
            for month, share, full in zip(months, shares, listed, strict=True)
        ]

    def _cover(self):
        """Billing leaves these days out; nobody pays for them twice."""
        rows = []
        for agreement in self:
            rows += agreement._cover_rows(
                agreement._place_values(),
                agreement.item_ids.fee_item_id.ids,
                agreement.date_from,
                agreement.date_to,
            )
        insert_rows(self.env["property.prepayment.cover"], rows)

    @api.model
    def _cover_rows(self, common, fee_ids, date_from, date_to):
        rows = []
        for month in terms.months_of(date_from, date_to):
            first, last = terms.month_days(month, date_from, date_to)
            days = {"month": month, "date_from": first, "date_to": last}
            rows += [{**common, "fee_item_id": fee, **days} for fee in fee_ids]
        return rows
