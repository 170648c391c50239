from odoo import models

from .evidence_tables import Table


class PropertyEvidencePack(models.Model):
    """The tables of a pack."""

    _inherit = "property.evidence.pack"

    def _payment_tables(self):
        rows = [
            (
                line.date,
                line.move_name or "",
                line.journal_id.name,
                line.ref or "",
                charge.name or self.env._("not matched"),
                amount,
            )
            for line, charge, amount in self._payments()
        ]
        heads = (
            self.env._("Date"),
            self.env._("Entry"),
            self.env._("Journal"),
            self.env._("Reference"),
            self.env._("Matched with"),
            self.env._("Amount"),
        )
        return [Table(self.env._("Payments and credits"), heads, rows)]

    def _notice_tables(self):
        notices = self._notices()
        heads = (
            self.env._("Number"),
            self.env._("Kind"),
            self.env._("Issued on"),
            self.env._("Deadline"),
            self.env._("Total"),
            self.env._("SHA-256 of the PDF"),
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
        return [
            Table(self.env._("Notices"), heads, rows),
            self._delivery_table(notices),
        ]

    def _delivery_table(self, notices):
        heads = (
            self.env._("Notice"),
            self.env._("When"),
            self.env._("By"),
            self.env._("Channel"),
            self.env._("Outcome"),
            self.env._("Recipient"),
            self.env._("Relation"),
            self.env._("Witness"),
            self.env._("Tracking No."),
            self.env._("Remarks"),
            self.env._("Void Because"),
        )
        rows = [
            (
                row.notice_id.name,
                row._local().replace(tzinfo=None),
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
        return Table(self.env._("Deliveries"), heads, rows)

    def _contact_tables(self):
        heads = (
            self.env._("When"),
            self.env._("By"),
            self.env._("Channel"),
            self.env._("Outcome"),
            self.env._("What Was Said"),
            self.env._("Void Because"),
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
        return [Table(self.env._("Contacts"), heads, rows)]

    def _agreement_tables(self):
        promises = Table(
            self.env._("Promises"),
            (
                self.env._("Made on"),
                self.env._("Promised by"),
                self.env._("Amount"),
                self.env._("Received"),
                self.env._("State"),
            ),
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
            self.env._("Plans and waivers"),
            (
                self.env._("Kind"),
                self.env._("State"),
                self.env._("Agreed on"),
                self.env._("Due on"),
                self.env._("Amount"),
                self.env._("Paid"),
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
            self.env._("Disputes"),
            (
                self.env._("Invoice"),
                self.env._("Opened on"),
                self.env._("Cause"),
                self.env._("Amount"),
                self.env._("State"),
                self.env._("What the Customer Says"),
                self.env._("Explanation"),
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
        lines = self.env["property.arrears.line"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("community_id", "=", self.community_id.id),
                ("statement_id.state", "=", "signed"),
            ],
            order="period, id",
        )
        heads = (
            self.env._("Month"),
            self.env._("Opening"),
            self.env._("Billed"),
            self.env._("Received"),
            self.env._("Adjusted"),
            self.env._("Closing"),
            self.env._("Signed by"),
            self.env._("Signed on"),
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
                self._signed_on(line.statement_id),
            )
            for line in lines
        ]
        return [Table(self.env._("Arrears month by month"), heads, rows)]

    def _signed_on(self, statement):
        """By the clock of the community, as everywhere in the pack."""
        signed = statement.signed_on
        return signed and self.case_id._local(signed).replace(tzinfo=None)

    def _limitation_tables(self):
        heads = (
            self.env._("Charge"),
            self.env._("Due on"),
            self.env._("Open"),
            self.env._("Limitation"),
            self.env._("Evidence"),
        )
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
        return [Table(self.env._("Limitation of each charge"), heads, rows)]

    def _decision_tables(self):
        decisions = Table(
            self.env._("Decisions of the manager"),
            (
                self.env._("Decided on"),
                self.env._("Decided by"),
                self.env._("Decision"),
                self.env._("Reasons"),
            ),
            [
                (row.date, row.user_id.name, self._label(row, "decision"), row.reason)
                for row in self.case_id.decision_ids.sorted("id")
            ],
        )
        reports = Table(
            self.env._("Reports"),
            (
                self.env._("Date"),
                self.env._("Reported to"),
                self.env._("Person"),
                self.env._("Stage"),
            ),
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
