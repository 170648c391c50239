from odoo import models
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
        agreements._compute_amounts()
        self._check_may_confirm()
        # sudo: customer service sells but keeps no books; what is posted follows from
        # the agreement alone.
        agreements._freeze_fees()
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

    def _freeze_fees(self):
        """Put the price of today on record."""
        rows = []
        for agreement, fees in self._fees().items():
            for fee in fees:
                amounts = agreement._fee_amounts(fee)
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
                        "account_id": agreement._income_account(item).id,
                    }
                )
        self.env["property.prepayment.item"].create(rows)

    def _income_account(self, item):
        """:raises UserError: for a fee whose product has none"""
        product = item.product_id.with_company(self.company_id)
        position = (
            self.env["account.fiscal.position"]
            .with_company(self.company_id)
            ._get_fiscal_position(self.partner_id)
        )
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
            rounding = agreement.currency_id.rounding
            shares = terms.even_shares(agreement.amount, len(months), rounding)
            listed = terms.even_shares(agreement.amount_list, len(months), rounding)
            rows += [
                {
                    "prepayment_id": agreement.id,
                    "unit_id": agreement.unit_id.id,
                    "partner_id": agreement.partner_id.id,
                    "community_id": agreement.community_id.id,
                    "company_id": agreement.company_id.id,
                    "month": month,
                    "kind": "month",
                    "amount": agreement.currency_id.round(share),
                    "amount_list": agreement.currency_id.round(full),
                }
                for month, share, full in zip(months, shares, listed, strict=True)
            ]
        insert_rows(self.env["property.prepayment.line"], rows)

    def _cover(self):
        """Billing leaves these days out; nobody pays for them twice."""
        rows = []
        for agreement in self:
            for month in terms.months_of(agreement.date_from, agreement.date_to):
                first, last = terms.month_days(
                    month, agreement.date_from, agreement.date_to
                )
                rows += [
                    {
                        "prepayment_id": agreement.id,
                        "community_id": agreement.community_id.id,
                        "company_id": agreement.company_id.id,
                        "unit_id": agreement.unit_id.id,
                        "fee_item_id": item.fee_item_id.id,
                        "month": month,
                        "date_from": first,
                        "date_to": last,
                    }
                    for item in agreement.item_ids
                ]
        insert_rows(self.env["property.prepayment.cover"], rows)
