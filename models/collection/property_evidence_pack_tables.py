from odoo import models

from .evidence_tables import Table


class PropertyEvidencePack(models.Model):
    """The tables of a pack."""

    _inherit = "property.evidence.pack"

    def _payment_tables(self):
        _ = self.env._
        rows = [
            (
                line.date,
                line.move_name or "",
                line.journal_id.name,
                line.ref or "",
                charge.name or _("not matched"),
                amount,
            )
            for line, charge, amount in self._payments()
        ]
        heads = (
            _("Date"),
            _("Entry"),
            _("Journal"),
            _("Reference"),
            _("Matched with"),
            _("Amount"),
        )
        return [Table(_("Payments and credits"), heads, rows)]

    def _notice_tables(self):
        _ = self.env._
        notices = self._notices()
        heads = (
            _("Number"),
            _("Kind"),
            _("Issued on"),
            _("Deadline"),
            _("Total"),
            _("SHA-256 of the PDF"),
        )
        rows = [
            (
                notice.name,
                notice._kind_label(notice.kind),
                notice.date_issued,
                notice.deadline,
                notice.amount_total,
                notice.sha256,
            )
            for notice in notices
        ]
        return [Table(_("Notices"), heads, rows), self._delivery_table(notices)]

    def _delivery_table(self, notices):
        _ = self.env._
        heads = (
            _("Notice"),
            _("When"),
            _("By"),
            _("Channel"),
            _("Outcome"),
            _("Recipient"),
            _("Relation"),
            _("Witness"),
            _("Tracking No."),
            _("Remarks"),
            _("Void Because"),
        )
        rows = [
            (
                row.notice_id.name,
                row._local(row._tz()).replace(tzinfo=None),
                row.user_id.name,
                self._label(row, "channel"),
                self._label(row, "outcome"),
                row.recipient,
                self._label(row, "relation"),
                row.witness,
                row.tracking_ref,
                row.note,
                row.void_reason,
            )
            for row in notices.delivery_ids.sorted("date")
        ]
        return Table(_("Deliveries"), heads, rows)

    def _contact_tables(self):
        _ = self.env._
        heads = (
            _("When"),
            _("By"),
            _("Channel"),
            _("Outcome"),
            _("What Was Said"),
            _("Void Because"),
        )
        rows = [
            (
                self.case_id._local(row.date).replace(tzinfo=None),
                row.user_id.name,
                self._label(row, "channel"),
                self._label(row, "outcome"),
                row.note,
                row.void_reason,
            )
            for row in self.case_id.contact_ids.sorted("date")
        ]
        return [Table(_("Contacts"), heads, rows)]

    def _agreement_tables(self):
        _ = self.env._
        promises = Table(
            _("Promises"),
            (_("Made on"), _("Promised by"), _("Amount"), _("Received"), _("State")),
            [
                (
                    row.made_on,
                    row.date,
                    row.amount,
                    row.amount_paid,
                    self._label(row, "state"),
                )
                for row in self.case_id.promise_ids.sorted("date")
            ],
        )
        plans = Table(
            _("Plans and waivers"),
            (
                _("Kind"),
                _("State"),
                _("Agreed on"),
                _("Due on"),
                _("Amount"),
                _("Paid"),
            ),
            [
                (
                    self._label(plan, "kind"),
                    self._label(plan, "state"),
                    plan.agreed_on,
                    line.date,
                    line.amount,
                    line.amount_paid,
                )
                for plan in self.case_id.plan_ids.sorted("id")
                for line in plan.line_ids.sorted("date")
            ],
        )
        disputes = Table(
            _("Disputes"),
            (
                _("Invoice"),
                _("Opened on"),
                _("Cause"),
                _("Amount"),
                _("State"),
                _("What the Customer Says"),
                _("Explanation"),
            ),
            [
                (
                    row.move_id.name,
                    row.date_opened,
                    self._label(row, "cause"),
                    row.amount,
                    self._label(row, "state"),
                    row.note,
                    row.explanation,
                )
                for row in self.case_id.dispute_ids.sorted("id")
            ],
        )
        return [promises, plans, disputes]

    def _forward_tables(self):
        """Month by month from the signed statements, as they were signed."""
        _ = self.env._
        lines = self.env["property.arrears.line"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("community_id", "=", self.community_id.id),
                ("statement_id.state", "=", "signed"),
            ],
            order="period, id",
        )
        heads = (
            _("Month"),
            _("Opening"),
            _("Billed"),
            _("Received"),
            _("Adjusted"),
            _("Closing"),
            _("Signed by"),
            _("Signed on"),
        )
        rows = [
            (
                line.period,
                line.opening,
                line.billed,
                line.received,
                line.adjusted,
                line.closing,
                line.statement_id.signed_by.name,
                line.statement_id.signed_on,
            )
            for line in lines
        ]
        return [Table(_("Arrears month by month"), heads, rows)]

    def _limitation_tables(self):
        _ = self.env._
        heads = (_("Charge"), _("Due on"), _("Open"), _("Limitation"), _("Evidence"))
        rows = [
            (
                row.move_id.name,
                row.date_due,
                row.amount_residual,
                row.date,
                row.evidence,
            )
            for row in self.case_id.limitation_ids.sorted("date_due")
        ]
        return [Table(_("Limitation of each charge"), heads, rows)]

    def _decision_tables(self):
        _ = self.env._
        decisions = Table(
            _("Decisions of the manager"),
            (_("Decided on"), _("Decided by"), _("Decision"), _("Reasons")),
            [
                (row.date, row.user_id.name, self._label(row, "decision"), row.reason)
                for row in self.case_id.decision_ids.sorted("id")
            ],
        )
        reports = Table(
            _("Reports"),
            (_("Date"), _("Reported to"), _("Person"), _("Stage")),
            [
                (
                    row.date,
                    self._label(row, "report_to"),
                    row.user_id.name,
                    row.step_id.name,
                )
                for row in self.case_id.report_ids.sorted("id")
            ],
        )
        return [decisions, reports]
