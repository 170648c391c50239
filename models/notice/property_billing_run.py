from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..billing.property_billing_run_sign import PropertyBillingRun as SignedRun
from .property_notice_issue import ISSUERS, QUIET

DIRECT_NOTICES = 100
INVOICED = ("invoiced", "closed")


class PropertyBillingRun(models.Model):
    """Payment notices of a run: one per customer."""

    _inherit = "property.billing.run"
    _guarded_fields = SignedRun._guarded_fields | {
        "notice_user_id",
        "notice_unreported",
    }

    notice_ids = fields.One2many("property.notice", "run_id", copy=False)
    notice_user_id = fields.Many2one("res.users", readonly=True, copy=False)
    notice_unreported = fields.Boolean(
        readonly=True, copy=False, help="The author waits to hear that they are issued."
    )
    notice_count = fields.Integer(compute="_compute_notice_progress")
    notice_progress = fields.Float(
        compute="_compute_notice_progress", help="Per cent of the notices issued."
    )
    notice_waiting_count = fields.Integer(compute="_compute_notice_progress")
    notice_error_count = fields.Integer(compute="_compute_notice_progress")

    @api.depends("notice_ids.state", "notice_ids.issue_error")
    def _compute_notice_progress(self):
        for run in self:
            notices = run.notice_ids.filtered(lambda n: n.state != "cancelled")
            drafts = notices.filtered(lambda notice: notice.state == "draft")
            failed = drafts.filtered("issue_error")
            done = len(notices) - len(drafts)
            run.notice_count = done
            run.notice_error_count = len(failed)
            run.notice_waiting_count = len(drafts) - len(failed)
            run.notice_progress = 100.0 * done / len(notices) if notices else 0.0

    def action_issue_notices(self):
        """Make one payment notice 繳費通知單 per customer of whom something of the run
        is open, and issue it (procedure, clauses 4.1.2 to 4.1.4).

        A few at once, many in the background. Called again it makes those that are
        missing and tries again what failed; nothing is doubled.

        :raises UserError: for a run that is not invoiced from two signatures
        :raises AccessError: for other roles than customer service and Finance
        """
        self._check_may_notify()
        self._check_invoiced()
        # Team members read runs; who asked for the notices is noted all the same.
        self.sudo().write({"notice_user_id": self.env.uid})
        drafts = (
            self.env["property.notice"]
            .sudo()
            .union(*(run._draft_notices() for run in self))
        )
        drafts.write({"issue_error": False})
        drafts.run_id.notice_unreported = True
        if len(drafts) <= self._parameter("direct_notices", DIRECT_NOTICES):
            for run, of_run in drafts.grouped("run_id").items():
                of_run._issue()
                run._finish_notices()
            return self.action_open_notices()
        self.env.ref("property_fee_collection.cron_issue_notices")._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The notices are being made in the background. You will be told "
                    "when they are ready."
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_open_notices(self):
        """Open the notices of the run."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_notice"
        )
        action["domain"] = [("run_id", "in", self.ids)]
        action["context"] = {}
        return action

    def action_print_notices(self):
        """Download all notices as one file in building and room order."""
        self.ensure_one()
        if not self.notice_count:
            raise UserError(self.env._("No notice of this run is issued yet."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/property/run/{self.id}/notices.pdf",
            "target": "new",
        }

    def _check_may_notify(self):
        self.check_access("read")
        if not self.env.su and not any(
            self.env.user.has_group(f"property_fee_collection.{group}")
            for group in ISSUERS
        ):
            raise AccessError(
                self.env._("Only customer service and Finance issue notices.")
            )

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
        return notices.search(
            [("run_id", "=", run.id), ("state", "=", "draft")], order="sort_key, id"
        )

    def _finish_notices(self):
        """Tell the author, once, when none of the run's notices is left to issue."""
        # Another worker that holds a run tells its author.
        runs = self.sudo().try_lock_for_update()
        runs.invalidate_recordset()
        for run in runs.filtered("notice_unreported"):
            if run.notice_waiting_count:
                continue
            run.notice_unreported = False
            text = self.env._("%(count)s notices are issued.", count=run.notice_count)
            if run.notice_error_count:
                text += " " + self.env._(
                    "%(count)s could not be issued; each shows its reason.",
                    count=run.notice_error_count,
                )
            run.message_notify(
                partner_ids=run.notice_user_id.partner_id.ids,
                subject=run.name,
                body=text,
            )
            run.message_post(body=text)
