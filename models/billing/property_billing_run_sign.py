from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

SIGNERS = {
    "cs": "property_fee_collection.group_cs_head",
    "finance": "property_fee_collection.group_finance",
}


class PropertyBillingRun(models.Model):
    """Two signatures, bound to the content (procedure, clause 4.1.2)."""

    _name = "property.billing.run"
    _inherit = ["property.billing.run", "property.guarded"]
    _guarded_fields = frozenset(
        (
            "state",
            "content_hash",
            "amount_total",
            "invoice_user_id",
            "cs_signed_by",
            "cs_signed_on",
            "finance_signed_by",
            "finance_signed_on",
        )
    )

    content_hash = fields.Char(readonly=True, copy=False)
    cs_signed_by = fields.Many2one(
        "res.users", "Signed for Customer Service", readonly=True, copy=False
    )
    cs_signed_on = fields.Datetime(readonly=True, copy=False)
    finance_signed_by = fields.Many2one(
        "res.users", "Signed for Finance", readonly=True, copy=False
    )
    finance_signed_on = fields.Datetime(readonly=True, copy=False)

    _signers_differ = models.Constraint(
        "CHECK(cs_signed_by != finance_signed_by)",
        "Nobody signs for both customer service and Finance.",
    )

    def action_sign_cs(self):
        """Sign for customer service (its head).

        :raises AccessError: for a user who is not a customer service head
        :raises UserError: with open exceptions, after a change, or for a second role
        """
        self._sign("cs")

    def action_sign_finance(self):
        """Sign for Finance; raises as ``action_sign_cs``."""
        self._sign("finance")

    def action_withdraw_signatures(self):
        """Take both signatures back, so that the run can be changed."""
        self.check_access("write")
        for run in self:
            run._check_open()
            if run.cs_signed_by or run.finance_signed_by:
                run._void_signatures(self.env._("Signatures withdrawn."))

    def _sign(self, role):
        if not self.env.user.has_group(SIGNERS[role]):
            raise AccessError(
                self.env._(
                    "Your role may not sign here: ask %(group)s.",
                    # sudo: what a group is called is no secret
                    group=self.env.ref(SIGNERS[role]).sudo().name,
                )
            )
        self.check_access("write")
        for run in self:
            run._check_signable(role)
            # Signature fields are read-only for everybody: this is the one way in.
            run.sudo().write(
                {
                    f"{role}_signed_by": self.env.uid,
                    f"{role}_signed_on": fields.Datetime.now(),
                }
            )
            if run.cs_signed_by and run.finance_signed_by:
                run.sudo().state = "signed"

    def _check_signable(self, role):
        self.ensure_one()
        if self.state != "computed":
            raise UserError(self.env._("Only a computed run can be signed."))
        if self[f"{role}_signed_by"]:
            raise UserError(self.env._("This signature is already there."))
        other = "finance" if role == "cs" else "cs"
        if self[f"{other}_signed_by"] == self.env.user:
            raise UserError(
                self.env._("Nobody signs for both customer service and Finance.")
            )
        if self.exception_open_count:
            raise UserError(
                self.env._(
                    "%(count)s exceptions are open. Mend each or accept it with a "
                    "reason.",
                    count=self.exception_open_count,
                )
            )
        if self.content_hash != self._content_hash():
            self._charges_changed()
            raise UserError(
                self.env._("The charges have changed meanwhile. Look at them again.")
            )

    def _check_signed(self):
        """:raises UserError: without two signatures under this very content"""
        for run in self:
            if run.state != "signed" or not (
                run.cs_signed_by and run.finance_signed_by
            ):
                raise UserError(self.env._("%(run)s is not signed.", run=run.name))
            if run.exception_open_count or run.content_hash != run._content_hash():
                raise UserError(
                    self.env._(
                        "The charges of %(run)s are not what was signed. Withdraw the "
                        "signatures and look at them again.",
                        run=run.name,
                    )
                )
            run._check_not_paid_ahead()

    def _check_not_paid_ahead(self):
        """:raises UserError: for charges whose days were paid for after computing"""
        if self._is_paid_ahead():
            raise UserError(
                self.env._(
                    "Some owners have paid ahead since %(run)s was computed. Withdraw "
                    "the signatures and compute it again.",
                    run=self.name,
                )
            )

    def _is_paid_ahead(self):
        """Whether days that it charges are paid for already."""
        self.env.flush_all()
        paid = self.env.execute_query(
            SQL(
                """
                SELECT 1
                  FROM property_charge c
                  JOIN property_unit u ON u.id = c.unit_id
                  JOIN property_fee_item i ON i.id = c.fee_item_id
                 WHERE c.run_id = %s AND i.is_prepayable
                   AND GREATEST(u.paid_directly, u.opening_through) >= c.date_from
                 LIMIT 1
                """,
                self.id,
            )
        )
        return bool(paid)

    def _void_signatures(self, reason):
        self.ensure_one()
        # Whoever may change a charge thereby voids signatures he could not write.
        self.sudo().write(
            {
                "cs_signed_by": False,
                "cs_signed_on": False,
                "finance_signed_by": False,
                "finance_signed_on": False,
                "state": "computed",
            }
        )
        self.message_post(body=reason)

    def _charges_changed(self, touched=False):
        """Renew total and hash of runs; a changed hash voids the signatures, and so
        does a charge that was ``touched`` in whatever is not part of the hash."""
        self.flush_recordset()
        totals = dict(
            self.env["property.charge"]._read_group(
                [("run_id", "in", self.ids)], ["run_id"], ["amount:sum"]
            )
        )
        for run in self:
            content_hash = run._content_hash()
            if run.content_hash == content_hash and not touched:
                continue
            # Total and hash follow from the charges; nobody writes them by hand.
            run.sudo().write(
                {
                    "amount_total": totals.get(run, 0.0),
                    "content_hash": content_hash,
                }
            )
            if run.cs_signed_by or run.finance_signed_by:
                run._void_signatures(
                    self.env._("The content changed: both signatures are void.")
                )

    @api.private
    def _content_hash(self):
        """SHA-256 over all that is signed: dates of the run and its charges."""
        self.ensure_one()
        self.env["property.charge"].flush_model()
        self.flush_recordset()
        [(digest,)] = self.env.execute_query(
            SQL(
                """
                SELECT encode(sha256(convert_to(concat_ws(E'\\n',
                           r.community_id, r.period, r.date_invoice, r.date_due,
                           (SELECT string_agg(concat_ws('|', c.unit_id, c.partner_id,
                                       c.fee_item_id, c.period, c.date_from, c.date_to,
                                       c.quantity, c.price_unit, c.months, c.factor,
                                       c.amount), E'\\n'
                                   ORDER BY c.unit_id, c.fee_item_id, c.partner_id)
                              FROM property_charge c WHERE c.run_id = r.id)
                       ), 'UTF8')), 'hex')
                  FROM property_billing_run r WHERE r.id = %s
                """,
                self.id,
            )
        )
        return digest
