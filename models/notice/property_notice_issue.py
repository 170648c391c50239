from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .res_company import SEQUENCE

BATCH = 100
ISSUERS = ("group_cs", "group_finance")
# Hundreds of drafts become documents: no log line for each field of each of them.
QUIET = {"tracking_disable": True, "mail_create_nolog": True}


class PropertyNotice(models.Model):
    """Issuing: asked once more what is owed, numbered, frozen."""

    _inherit = "property.notice"

    def action_issue(self):
        """Issue draft notices (procedure, clauses 4.1.2 and 4.1.4).

        Lines and amounts are read from the ledger now, in the customer's currency of
        the community's company; the day of issue is today; the deadline of a payment
        notice is the run's due date. Who has paid meanwhile gets none: his draft is
        cancelled.

        :raises UserError: for a notice that is not a draft, or rests on nothing signed
        :raises AccessError: for other roles than customer service and Finance
        """
        self._check_may_issue()
        if any(notice.state != "draft" for notice in self):
            raise UserError(self.env._("Only a draft notice can be issued."))
        self._issue()
        return self._say_what_was_left_out()

    def _say_what_was_left_out(self):
        left_out = self.filtered(lambda notice: notice.state == "cancelled")
        if not left_out:
            return True
        lines = [
            f"{notice.partner_id.name}: {notice.cancel_reason}" for notice in left_out
        ]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("%(count)s not issued", count=len(left_out)),
                "message": "\n".join(lines),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_cancel(self):
        """Cancel notices; issued ones stay on record with number and PDF."""
        self._check_may_issue()
        # The state of a notice is written by its methods only.
        self.sudo()._cancel(
            self.env._("Cancelled by %(user)s.", user=self.env.user.name)
        )
        return True

    def _check_may_issue(self):
        self.check_access("write")
        if not self.env.su and not self.env.user._has_property_role(*ISSUERS):
            raise AccessError(
                self.env._("Only customer service and Finance issue notices.")
            )

    def _check_signed_basis(self):
        """:raises UserError: nothing goes out that two people have not signed"""
        for kind, notices in self.grouped("kind").items():
            notices._check_basis(kind)

    def _check_basis(self, kind):
        """:raises UserError: these notices of one kind rest on nothing signed"""
        if kind != "payment":
            raise UserError(
                self.env._(
                    "%(kind)s: there is nothing signed to issue it from.",
                    kind=self._kind_label(kind),
                )
            )
        if not all(notice.run_id for notice in self):
            raise UserError(
                self.env._("A payment notice is issued from a signed billing run.")
            )
        self.run_id._check_invoiced()

    def _issue(self):
        """Issue drafts; those that another worker holds are left to him."""
        self._check_signed_basis()
        # Customer service reads invoices of its communities only and never writes
        # amounts: what the signed run says is put down for it.
        notices = self.sudo().with_context(**QUIET).try_lock_for_update()
        notices = notices.filtered(lambda notice: notice.state == "draft")
        composer = notices.env["property.notice.composer"]
        for kind, of_kind in notices.grouped("kind").items():
            contents = composer._contents(kind, of_kind)
            refused = composer._refusals(kind, of_kind)
            due = of_kind.filtered(
                lambda notice: notice.id in contents and notice.id not in refused  # noqa: B023
            )
            (of_kind - due)._cancel_undue(refused)
            due._write_contents(contents, due._numbers())
            due._freeze()
        return notices

    def _cancel_undue(self, reasons):
        paid = self.env._("Paid before it was issued.")
        for reason, notices in self.grouped(
            lambda notice: reasons.get(notice.id, paid)
        ).items():
            notices._cancel(reason)

    def _fill_drafts(self):
        """Put on drafts what they would say if they were issued today, to be looked at
        before. Issuing reads everything again."""
        # Amounts are written by methods only.
        drafts = self.sudo().with_context(**QUIET)
        drafts = drafts.filtered(lambda notice: notice.state == "draft")
        for kind, of_kind in drafts.grouped("kind").items():
            contents = drafts.env["property.notice.composer"]._contents(kind, of_kind)
            undue = of_kind.filtered(lambda notice: notice.id not in contents)  # noqa: B023
            undue.line_ids.unlink()
            (of_kind - undue)._write_contents(contents)

    def _numbers(self):
        """The number and the day of issue of each: {notice id: values}"""
        found = {}
        for community, notices in self.grouped("community_id").items():
            day = community._property_today()
            for notice, name in notices._next_names(community, day).items():
                found[notice] = {"name": name, "date_issued": day, "issue_error": False}
        return found

    def _next_names(self, community, day):
        """Numbers such as XLD-2026-10-00012, counted per company.

        :return: {notice id: number}
        """
        company = community.company_id
        sequences = self.env["ir.sequence"].with_company(company).sudo()
        sequence = sequences.search(
            [("code", "=", SEQUENCE), ("company_id", "=", company.id)], limit=1
        )
        sequence = sequence.with_context(ir_sequence_date=day)
        return {
            notice.id: f"{community.code}-{sequence.next_by_id()}" for notice in self
        }

    def _cancel(self, reason):
        self.write({"state": "cancelled", "cancel_reason": reason})
        # It makes room for another one at once.
        self.flush_recordset(["state"])

    @api.model
    def _cron_issue_notices(self):
        """Issue what is waiting, batch by batch.

        Each batch is a transaction over rows it has locked: several workers share the
        drafts, a killed worker loses its batch only, a second call finds nothing. The
        message to the author is a transaction of its own; the run remembers that it is
        due until it is sent.
        """
        batches = self._batch_fields()
        waiting = Domain("state", "=", "draft") & Domain("issue_error", "=", False)
        waiting &= Domain.OR(
            Domain(f"{name}.notice_unreported", "=", True) for name in batches
        )
        size = self.env["property.billing.run"]._parameter("notice_batch", BATCH)
        crons = self.env["ir.cron"]
        seconds_left = 1
        while seconds_left:
            todo = self.search(waiting, order=", ".join((*batches, "sort_key", "id")))
            batch = todo.try_lock_for_update(limit=size)
            if not batch:
                break
            batch._issue_or_report()
            remaining = self.search_count(waiting) + len(self._unreported())
            seconds_left = crons._commit_progress(len(batch), remaining=remaining)
        for records in self._unreported():
            records._finish_notices()
        crons._commit_progress(remaining=self.search_count(waiting))

    @api.model
    def _batch_fields(self):
        """Fields that lead to what a user asks notices of (property.notice.batch)."""
        return ("run_id",)

    @api.model
    def _unreported(self):
        """Batches whose authors wait to hear that their notices are issued, each."""
        return [
            record
            for name in self._batch_fields()
            for record in self.env[self._fields[name].comodel_name].search(
                [("notice_unreported", "=", True)]
            )
        ]

    def _issue_or_report(self):
        """The whole batch, or each on its own so that one does not stop the rest."""
        try:
            with self.env.cr.savepoint():
                self._issue()
                self.flush_recordset()
            return
        except Exception as error:  # noqa: BLE001
            if len(self) == 1:
                self.invalidate_recordset()
                self.sudo().issue_error = str(error)
                return
        self.invalidate_recordset()
        for notice in self:
            notice._issue_or_report()
