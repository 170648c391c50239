from odoo import fields, models
from odoo.exceptions import UserError

from ..billing.property_billing_run_sign import PropertyBillingRun as SignedRun
from .property_notice_issue import QUIET

INVOICED = ("invoiced", "closed")


class PropertyBillingRun(models.Model):
    """Payment notices 繳費通知單 of a run: one per customer of whom something of it
    is open (procedure, clauses 4.1.2 to 4.1.4)."""

    _name = "property.billing.run"
    _inherit = ["property.billing.run", "property.notice.batch"]
    _guarded_fields = SignedRun._guarded_fields | {
        "notice_user_id",
        "notice_unreported",
    }
    _print_path = "/property/run"

    notice_ids = fields.One2many("property.notice", "run_id", copy=False)

    def _check_signed_for_notices(self):
        self._check_invoiced()

    def _check_invoiced(self):
        """:raises UserError: nothing goes out that two people have not signed"""
        for run in self:
            signed = run.cs_signed_by and run.finance_signed_by
            if run.state not in INVOICED or not signed:
                raise UserError(
                    self.env._(
                        "%(run)s is not signed and invoiced: no notice goes out "
                        "before.",
                        run=run.name,
                    )
                )

    def _draft_notices(self):
        """The run's drafts, one for each customer who still has no notice.

        :return: all drafts of the run, in sudo
        """
        self.ensure_one()
        # Customer service reads invoices but writes no notice by hand.
        run = self.sudo()
        composer = run.env["property.notice.composer"]
        first = {}
        for move in composer._open_invoices(run):
            first.setdefault(move.commercial_partner_id.id, move.property_unit_id)
        notices = run.env["property.notice"].with_context(**QUIET)
        known = notices.search([("run_id", "=", run.id), ("state", "!=", "cancelled")])
        notices.create(
            [
                {
                    "kind": "payment",
                    "run_id": run.id,
                    "partner_id": partner,
                    "community_id": run.community_id.id,
                    "currency_id": run.currency_id.id,
                    "period": run.period,
                    "unit_id": unit.id,
                    "sort_key": unit.sort_key,
                }
                for partner, unit in first.items()
                if partner not in known.partner_id.ids
            ]
        )
        return super()._draft_notices()
