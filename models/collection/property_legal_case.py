from odoo import api, fields, models
from odoo.exceptions import UserError

# Written by the named methods only, never by hand.
BY_METHOD = frozenset(
    (
        "stage",
        "proposed_by",
        "proposed_on",
        "approved_by",
        "approved_on",
        "letter_id",
        "enforced_on",
        "closed_on",
        "move_ids",
        "hearing_activity_id",
        "paid_reported_on",
    )
)
STAGES = [
    ("proposed", "Proposed"),
    ("approved", "Approved"),
    ("letter", "Lawyer's Letter"),
    ("filed", "Filed"),
    ("judged", "Judged"),
    ("enforced", "Enforced"),
    ("closed", "Closed"),
]


class PropertyLegalCase(models.Model):
    """From the manager's proposal to the end of the lawsuit (procedure, clauses 4.3.1
    and 5.5). Stages change through named methods only; amounts are company currency."""

    _name = "property.legal.case"
    _description = "Legal Case"
    _inherit = [
        "property.guarded",
        "property.case.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = BY_METHOD
    _order = "id desc"
    _rec_names_search = ["partner_id.name", "docket"]
    # Whoever may read a legal case may write down what he heard about it.
    _mail_post_access = "read"

    unit_ids = fields.Many2many(related="case_id.unit_ids")
    stage = fields.Selection(
        STAGES,
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    amount_overdue = fields.Monetary(
        related="case_id.amount_overdue", string="Overdue Now"
    )
    limitation_date = fields.Date(related="case_id.limitation_date")
    gate_checklist = fields.Html(related="case_id.gate_checklist", sanitize=False)
    move_ids = fields.Many2many(
        "account.move",
        "property_legal_case_move_rel",
        "legal_case_id",
        "move_id",
        "Charges",
        readonly=True,
        copy=False,
        help="Due and undisputed charges that it is about, as they stood when it was "
        "last moved before filing.",
    )
    proposed_by = fields.Many2one("res.users", readonly=True, copy=False)
    proposed_on = fields.Date(readonly=True, copy=False)
    approved_by = fields.Many2one("res.users", readonly=True, copy=False)
    approved_on = fields.Date(readonly=True, copy=False)

    firm_id = fields.Many2one("res.partner", "Law Firm", tracking=True)
    lawyer_id = fields.Many2one("res.partner", tracking=True)
    authority = fields.Text(help="What the lawyer may do, and since when.")
    letter_id = fields.Many2one(
        "property.notice", "Lawyer's Letter", readonly=True, copy=False
    )
    court = fields.Char(tracking=True)
    docket = fields.Char(tracking=True, copy=False)
    filed_on = fields.Date(tracking=True, copy=False)
    hearing_ids = fields.One2many("property.legal.hearing", "legal_case_id")
    next_hearing = fields.Datetime(
        compute="_compute_next_hearing", search="_search_next_hearing"
    )
    hearing_activity_id = fields.Many2one("mail.activity", readonly=True, copy=False)
    judged_on = fields.Date(tracking=True, copy=False)
    judgment = fields.Selection(
        [
            ("won", "In favour"),
            ("partly", "Partly in favour"),
            ("lost", "Against"),
            ("settled", "Settled in court"),
        ],
        tracking=True,
        copy=False,
    )
    amount_awarded = fields.Monetary("Awarded", tracking=True, copy=False)
    enforced_on = fields.Date(readonly=True, copy=False)
    cost_ids = fields.One2many("property.legal.cost", "legal_case_id", "Costs")
    amount_cost = fields.Monetary("Costs in All", compute="_compute_cost", store=True)
    outcome = fields.Selection(
        [
            ("won", "Won"),
            ("settled", "Settlement"),
            ("paid", "Paid"),
            ("withdrawn", "Withdrawn"),
            ("lost", "Lost"),
        ],
        tracking=True,
        copy=False,
    )
    outcome_note = fields.Text("How It Ended", copy=False)
    closed_on = fields.Date(readonly=True, copy=False)
    paid_reported_on = fields.Date(readonly=True, copy=False)
    pack_ids = fields.One2many("property.evidence.pack", "legal_case_id")

    _active_once = models.UniqueIndex(
        "(case_id) WHERE stage != 'closed'", "The customer's case is at law already."
    )
    _amounts_positive = models.Constraint(
        "CHECK(amount_claimed >= 0 AND amount_awarded >= 0)",
        "Amounts cannot be negative.",
    )

    @api.depends("case_id")
    def _compute_user_id(self):
        for legal in self:
            legal.user_id = legal.user_id or legal.community_id.manager_id

    @api.depends("cost_ids.amount")
    def _compute_cost(self):
        for legal in self:
            legal.amount_cost = sum(legal.cost_ids.mapped("amount"))

    @api.depends("hearing_ids.date", "hearing_ids.is_cancelled")
    def _compute_next_hearing(self):
        now = fields.Datetime.now()
        for legal in self:
            coming = legal.hearing_ids.filtered(
                lambda row: row.date and row.date >= now and not row.is_cancelled
            )
            legal.next_hearing = min(coming.mapped("date"), default=False)

    @api.model
    def _search_next_hearing(self, operator, value):
        if operator not in ("<", "<=", ">", ">="):
            return NotImplemented
        hearings = self.env["property.legal.hearing"]._search(
            [
                ("date", ">=", fields.Datetime.now()),
                ("date", operator, value),
                ("is_cancelled", "=", False),
            ]
        )
        return [("hearing_ids", "in", hearings)]

    @api.constrains("filed_on", "judged_on")
    def _check_days(self):
        for legal in self:
            today = legal.community_id._property_today()
            days = [day for day in (legal.filed_on, legal.judged_on) if day]
            if days and (max(days) > today or days != sorted(days)):
                raise UserError(
                    self.env._(
                        "A suit is filed before it is judged, and neither lies in the "
                        "future."
                    )
                )

    @api.depends("partner_id", "docket")
    def _compute_display_name(self):
        for legal in self:
            names = (legal.partner_id.name, legal.docket)
            legal.display_name = " · ".join(filter(None, names))

    @api.model_create_multi
    def create(self, vals_list):
        cases = self.env["property.collection.case"].browse(
            vals["case_id"] for vals in vals_list if vals.get("case_id")
        )
        cases._check_gate()
        legals = super().create(vals_list)
        for legal in legals:
            # sudo: who proposed it, and what it is about, is no client's to set.
            legal.sudo().write(
                {
                    "proposed_by": self.env.uid,
                    "proposed_on": legal.community_id._property_today(),
                }
            )
        legals._take_charges()
        legals._ask_company()
        return legals

    def write(self, vals):
        if not self.env.su:
            if "case_id" in vals:
                raise UserError(self.env._("A legal case stays with its customer."))
            if any(legal.stage == "closed" for legal in self):
                raise UserError(self.env._("A closed legal case stays as it is."))
        result = super().write(vals)
        if "stage" in vals:
            self.case_id._touch()
        if "filed_on" in vals:
            # The suit moves the limitation of its charges.
            self.env["property.limitation"]._refresh_cases(self.case_id)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A legal case is history. Withdraw it."))

    def action_evidence_pack(self):
        """Make the evidence packs: one at once, several in the background."""
        return self.env["property.evidence.pack"]._request(self.case_id)

    def action_open_letter(self):
        """Open the lawyer's letter."""
        self.ensure_one()
        return self.letter_id.get_formview_action()

    def _open_form(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
