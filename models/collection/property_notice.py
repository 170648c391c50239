from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..notice.property_notice import BY_METHOD
from .outlook import NOTICE_KINDS

# Types of lines that are not asked for.
APART = ("disputed", "paused")
OF_CASES = ("demand", "final", "lawyer")
# A lawyer's letter goes out once the manager has decided, and not once a suit is filed.
LETTER_STAGES = ("approved", "letter")
# Customer and file.
COPIES = 2


class PropertyNotice(models.Model):
    """Notices of a collection case: one per step and anchor, whatever happens."""

    _inherit = "property.notice"
    _guarded_fields = frozenset(
        BY_METHOD
        | {
            "case_id",
            "step_id",
            "step_months",
            "anchor_date",
            "statement_id",
            "legal_case_id",
            "amount_principal",
            "amount_late_fee",
            "amount_disputed",
            "late_fee_note",
            "contract_basis",
            "earlier_note",
        }
    )

    case_id = fields.Many2one(
        "property.collection.case",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    collector_id = fields.Many2one(
        related="case_id.user_id", string="Collector", store=True
    )
    step_id = fields.Many2one(
        "property.collection.step", "Stage", ondelete="set null", copy=False
    )
    step_months = fields.Integer(
        readonly=True, copy=False, aggregator=None, help="Of the step, when it was due."
    )
    anchor_date = fields.Date(
        "Unpaid Since",
        readonly=True,
        copy=False,
        help="Due date of the oldest open charge for which the notice was due.",
    )
    statement_id = fields.Many2one(
        "property.arrears.statement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The signed statement from which it was made.",
    )
    legal_case_id = fields.Many2one(
        "property.legal.case",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Of a lawyer's letter.",
    )
    amount_principal = fields.Monetary(
        "Principal",
        readonly=True,
        copy=False,
        help="Due and undisputed on the day of issue, less credits.",
    )
    amount_late_fee = fields.Monetary(
        "Late Fee", readonly=True, copy=False, help="Up to the day of issue."
    )
    amount_disputed = fields.Monetary(
        "Disputed", readonly=True, copy=False, help="Printed apart, not in the total."
    )
    late_fee_note = fields.Char("Late Fee Rate", readonly=True, copy=False)
    contract_basis = fields.Text(readonly=True, copy=False)
    earlier_note = fields.Text("Earlier Notices", readonly=True, copy=False)

    _step_once = models.UniqueIndex(
        "(case_id, step_id, anchor_date) WHERE case_id IS NOT NULL "
        "AND state != 'cancelled'",
        "The customer already has the notice of this stage for this arrears.",
    )
    _statement_to_issue_idx = models.Index(
        "(statement_id, sort_key) WHERE state = 'draft' AND statement_id IS NOT NULL"
    )

    @api.constrains("case_id", "statement_id", "legal_case_id", "partner_id")
    def _check_of_one_case(self):
        for notice in self:
            case, legal = notice.case_id, notice.legal_case_id
            if case and (case.partner_id, case.community_id) != (
                notice.partner_id,
                notice.community_id,
            ):
                raise ValidationError(
                    self.env._("A notice belongs to the customer of its case.")
                )
            communities = notice.statement_id.community_id | legal.community_id
            if communities - notice.community_id or (legal and legal.case_id != case):
                raise ValidationError(
                    self.env._("A notice belongs to the community of its statement.")
                )

    @api.model
    def _apart(self):
        return (*super()._apart(), *APART)

    @api.model
    def _batch_fields(self):
        return (*super()._batch_fields(), "statement_id")

    def _copies(self):
        return COPIES if self.kind in OF_CASES else super()._copies()

    def _check_basis(self, kind):
        if kind in NOTICE_KINDS:
            return self._check_statement()
        if kind == "lawyer":
            return self._check_legal_decision()
        return super()._check_basis(kind)

    def _check_statement(self):
        """:raises UserError: without a signed statement (clause 4.2.2)"""
        for notice in self:
            if not notice.case_id or notice.statement_id.state != "signed":
                raise UserError(
                    self.env._(
                        "%(notice)s: there is no signed arrears statement to issue it "
                        "from.",
                        notice=notice.display_name,
                    )
                )

    def _check_legal_decision(self):
        """:raises UserError: without the manager's decision (clause 4.3.1)"""
        for notice in self:
            if notice.legal_case_id.stage not in LETTER_STAGES:
                raise UserError(
                    self.env._(
                        "A lawyer's letter is issued from a legal case that is "
                        "approved and not yet filed."
                    )
                )

    def _still_owed(self):
        # What is left may be disputed: it is not asked for.
        return super()._still_owed() and self.sudo().case_id.suspension != "settled"
