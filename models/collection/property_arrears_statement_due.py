from odoo import models
from odoo.exceptions import AccessError, UserError

from ..estate.rows import update_rows
from .arrears_outlook import ArrearsOutlook, anchor_of
from .property_arrears_statement import COMPUTERS

# What the outlook of a line rests on, and what is said of it.
OF_OUTLOOK = (
    "excluded",
    "notice_anchor",
    "anchor_date",
    "credits",
    "unallocated",
    "amount_disputed",
    "amount_paused",
    "final_confirmed",
    "outlook",
    "skip_reason",
    "skip_until",
)
# A notice takes these from its line.
COPIED = (
    "partner_id",
    "community_id",
    "company_id",
    "currency_id",
    "case_id",
    "step_id",
    "statement_id",
    "sort_key",
)
OF_NOTICE = (*COPIED, "notice_anchor", "anchor_date")


class PropertyArrearsStatement(models.Model):
    """Draft notices of a signed statement: the highest step due only, one per case,
    step and anchor (procedure, section 2)."""

    _inherit = "property.arrears.statement"

    def action_create_notices(self):
        """Make the draft notices that are still due from signed lines; who has got his
        gets no second one.

        :raises UserError: for a statement that is not signed
        :raises AccessError: for other roles than customer service
        """
        self.check_access("write")
        self._check_may_create_notices()
        for statement in self:
            # sudo: customer service writes no notice by hand.
            statement.sudo()._create_due(statement.sudo().line_ids)
        return True

    def _check_may_create_notices(self):
        if not self.env.su and not self.env.user._has_property_role(*COMPUTERS):
            raise AccessError(
                self.env._("Only customer service makes notices from a statement.")
            )
        if any(statement.state != "signed" for statement in self):
            raise UserError(
                self.env._("Nothing goes out before the statement is signed.")
            )

    def _create_due(self, lines):
        """``_create_notices`` for lines without a notice, looked at again."""
        self.lock_for_update(allow_referencing=True)
        lines = lines.filtered(
            lambda line: not line.notice_id or line.notice_id.state == "cancelled"
        )
        self._refresh_outlook(lines)
        self._create_notices(lines)

    def _refresh_outlook(self, lines):
        """Look again at what happens to customers: agreements and payments may have
        come since. Only what changed is written."""
        cases = lines.case_id
        plan = ArrearsOutlook(self, cases)
        # Plain values: a record takes its time for each of thousands.
        for line, row in zip(lines, lines.read(OF_OUTLOOK, load=None), strict=True):
            vals = plan.of(row, line.case_id, line.step_id)
            vals = {
                name: value or False
                for name, value in vals.items()
                if (row[name] or None) != (value or None)
            }
            if vals:
                line.write(vals)

    def _create_notices(self, lines):
        """Drafts for the lines to which nothing stands opposed, in one batch: nothing
        else moves with a draft."""
        due = lines.filtered(
            lambda line: line.outlook and line.outlook != "none" and line.case_id
        )
        told = due | lines.filtered(lambda line: line.skip_reason == "legal")
        notices = self.env["property.notice"]._create_filled(self._notice_vals(due))
        update_rows(due, [{"notice_id": notice} for notice in notices.ids])
        self._report_steps(told)
        return notices

    def _notice_vals(self, lines):
        """Values of the drafts, with all that follows from what they are about."""
        notices = self.env["property.notice"]
        collectors = {case.id: case.user_id.id for case in lines.case_id}
        steps = {step.id: step for step in lines.step_id}
        vals_list = []
        for line, row in zip(lines, lines.read(OF_NOTICE, load=None), strict=True):
            unit, step = line.unit_ids.sorted("sort_key")[:1], steps[row["step_id"]]
            vals_list.append(
                {
                    **{name: row[name] for name in COPIED},
                    "kind": step.notice_kind,
                    "state": "draft",
                    "access_token": notices._new_token(),
                    "collector_id": collectors[row["case_id"]],
                    "step_months": step.months,
                    "anchor_date": anchor_of(row),
                    "unit_id": unit.id,
                    "building_id": unit.building_id.id,
                }
            )
        return vals_list

    def _report_steps(self, lines):
        """Those to whom a step reports hear of it (clauses 4.2.9, 4.3), at the legal
        gate, where no notice goes out, too."""
        for step, of_step in lines.grouped("step_id").items():
            of_step.case_id._report(step)
