from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

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
        return True

    def action_cancel(self):
        """Cancel notices; issued ones stay on record with number and PDF."""
        self._check_may_issue()
        # The state of a notice is written by its methods only.
        self.sudo()._cancel(
            self.env._("Cancelled by %(user)s.", user=self.env.user.name)
        )
        return True

    def action_open_pdf(self):
        """Open the PDF as it was frozen."""
        self.ensure_one()
        if not self.attachment_id:
            raise UserError(self.env._("A draft has no PDF yet. Issue it first."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?filename={self.name}.pdf",
            "target": "new",
        }

    def _check_may_issue(self):
        self.check_access("write")
        if not self.env.su and not any(
            self.env.user.has_group(f"property_fee_collection.{group}")
            for group in ISSUERS
        ):
            raise AccessError(
                self.env._("Only customer service and Finance issue notices.")
            )

    def _check_signed_basis(self):
        """:raises UserError: nothing goes out that two people have not signed"""
        for kind, notices in self.grouped("kind").items():
            if kind != "payment":
                raise UserError(
                    self.env._(
                        "%(kind)s: there is no signed arrears statement to issue it "
                        "from.",
                        kind=self._kind_label(kind),
                    )
                )
            if not all(notice.run_id for notice in notices):
                raise UserError(
                    self.env._("A payment notice is issued from a signed billing run.")
                )
            notices.run_id._check_invoiced()

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
            due = of_kind.filtered(lambda notice: notice.id in contents)  # noqa: B023
            (of_kind - due)._cancel(self.env._("Paid before it was issued."))
            due._write_contents(contents)
            due._freeze()
        return notices

    def _write_contents(self, contents):
        """Put numbers, lines and invoices on drafts, in sets."""
        today = fields.Date.context_today(self)
        names = self._next_names(today)
        self.line_ids.unlink()
        line_vals, links = [], []
        for notice in self:
            vals, lines, moves = contents[notice.id]
            notice.write(
                {
                    **vals,
                    "name": names[notice.id],
                    "date_issued": today,
                    "issue_error": False,
                }
            )
            line_vals += [{**line, "notice_id": notice.id} for line in lines]
            links += [(notice, [Command.set(moves.ids)])]
        self.env["property.notice.line"].create(line_vals)
        # One statement for all links; write() would take two for each notice.
        self._fields["move_ids"].write_batch(links)

    def _next_names(self, day):
        """Numbers such as XLD-2026-10-00012, counted per company.

        :return: {notice id: number}
        """
        names = {}
        for company, notices in self.grouped("company_id").items():
            sequences = self.env["ir.sequence"].with_company(company).sudo()
            sequence = sequences.search(
                [("code", "=", SEQUENCE), ("company_id", "=", company.id)], limit=1
            )
            for notice in notices.with_context(ir_sequence_date=day):
                number = sequence.next_by_id(sequence_date=day)
                names[notice.id] = f"{notice.community_id.code}-{number}"
        return names

    def _cancel(self, reason):
        self.write({"state": "cancelled", "cancel_reason": reason})

    @api.model
    def _cron_issue_notices(self):
        """Issue what is waiting, batch by batch.

        Each batch is a transaction over rows it has locked: several workers share the
        drafts, a killed worker loses its batch only, a second call finds nothing. The
        message to the author is a transaction of its own; the run remembers that it is
        due until it is sent.
        """
        waiting = Domain("state", "=", "draft") & Domain("run_id", "!=", False)
        waiting &= Domain("run_id.notice_user_id", "!=", False)
        waiting &= Domain("issue_error", "=", False)
        size = self.env["property.billing.run"]._parameter("notice_batch", BATCH)
        crons, runs = self.env["ir.cron"], self.env["property.billing.run"]
        unreported = Domain("notice_unreported", "=", True)
        seconds_left = 1
        while seconds_left:
            todo = self.search(waiting, order="run_id, sort_key, id")
            batch = todo.try_lock_for_update(limit=size)
            if not batch:
                break
            batch._issue_or_report()
            remaining = self.search_count(waiting) + runs.search_count(unreported)
            seconds_left = crons._commit_progress(len(batch), remaining=remaining)
        runs.search(unreported)._finish_notices()
        crons._commit_progress(remaining=self.search_count(waiting))

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
