from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import date_utils

OPEN_STATES = ("draft", "computed", "signed")


class PropertyBillingRun(models.Model):
    """The receivables of one community and month, from computing to invoicing
    (procedure, clauses 4.1.1 and 4.1.2)."""

    _name = "property.billing.run"
    _description = "Billing Run"
    _inherit = ["property.community.bound", "mail.thread", "mail.activity.mixin"]
    _order = "period desc, community_id, id desc"

    name = fields.Char(compute="_compute_name", store=True)
    community_id = fields.Many2one(
        "property.community", required=True, index=True, tracking=True
    )
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    period = fields.Date(
        "Month",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
        tracking=True,
        help="The month billed; any day of it is stored as its first.",
    )
    date_invoice = fields.Date(
        "Invoice Date", compute="_compute_dates", store=True, readonly=False
    )
    date_due = fields.Date(
        "Due Date",
        compute="_compute_dates",
        store=True,
        readonly=False,
        help="The community's due day in the month, not before the invoice date.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("computed", "Computed"),
            ("signed", "Signed"),
            ("invoicing", "Invoicing"),
            ("invoiced", "Invoiced"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    charge_ids = fields.One2many("property.charge", "run_id", copy=False)
    charge_count = fields.Integer(compute="_compute_charge_figures")
    unit_count = fields.Integer(compute="_compute_charge_figures")
    exception_ids = fields.One2many("property.billing.exception", "run_id", copy=False)
    exception_open_count = fields.Integer(compute="_compute_exception_open_count")
    amount_total = fields.Monetary(
        readonly=True, copy=False, help="Sum of the charges, taxes not included."
    )
    amount_previous = fields.Monetary(
        "Last Month",
        compute="_compute_amount_previous",
        help="Charged in this community in the month before.",
    )
    amount_change = fields.Monetary(
        "Change", compute="_compute_amount_previous", help="Against last month."
    )

    _one_open = models.UniqueIndex(
        "(community_id, period) WHERE state NOT IN ('invoiced', 'closed')",
        "This community already has a billing run for the month that is not invoiced.",
    )

    @api.depends("community_id.name", "period")
    def _compute_name(self):
        for run in self:
            month = run.period.strftime("%Y-%m") if run.period else ""
            run.name = f"{run.community_id.name or ''} {month}".strip()

    @api.depends("community_id.due_day", "period")
    def _compute_dates(self):
        for run in self:
            if run.state in OPEN_STATES and run.period:
                run.date_invoice = run.period.replace(day=1)
                run.date_due = run.period.replace(day=run.community_id.due_day or 1)

    @api.depends("charge_ids")
    def _compute_charge_figures(self):
        figures = {
            run.id: (charges, units)
            for run, charges, units in self.env["property.charge"]._read_group(
                [("run_id", "in", self.ids)],
                ["run_id"],
                ["__count", "unit_id:count_distinct"],
            )
        }
        for run in self:
            run.charge_count, run.unit_count = figures.get(run.id, (0, 0))

    @api.depends("exception_ids.state")
    def _compute_exception_open_count(self):
        counts = dict(
            self.env["property.billing.exception"]._read_group(
                [("run_id", "in", self.ids), ("state", "=", "open")],
                ["run_id"],
                ["__count"],
            )
        )
        for run in self:
            run.exception_open_count = counts.get(run, 0)

    @api.depends("amount_total", "community_id", "period")
    def _compute_amount_previous(self):
        totals = {
            (community.id, period): total
            for community, period, total in self.env["property.charge"]._read_group(
                [
                    ("community_id", "in", self.community_id.ids),
                    ("period", "in", [run._previous_period for run in self]),
                ],
                ["community_id", "period:month"],
                ["amount:sum"],
            )
        }
        for run in self:
            key = (run.community_id.id, run._previous_period)
            run.amount_previous = totals.get(key, 0.0)
            run.amount_change = run.amount_total - run.amount_previous

    @property
    def _previous_period(self):
        return self.period and date_utils.subtract(self.period, months=1)

    @property
    def _last_day(self):
        return date_utils.end_of(self.period, "month")

    @api.constrains("date_invoice", "date_due")
    def _check_dates(self):
        for run in self:
            if run.date_due and run.date_invoice and run.date_due < run.date_invoice:
                raise UserError(
                    self.env._("The due date cannot come before the invoice date.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._first_of_month(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._first_of_month(vals)
        content = {"community_id", "period", "date_invoice", "date_due"} & set(vals)
        if content:
            self._check_open()
            moved = self.filtered(lambda run: run._is_moved(vals))
            moved._empty()
        result = super().write(vals)
        if content:
            self._charges_changed()
        return result

    def _is_moved(self, vals):
        return vals.get("community_id", self.community_id.id) != (
            self.community_id.id
        ) or (fields.Date.to_date(vals.get("period", self.period)) != self.period)

    def _empty(self):
        """Back to draft: charges of another month or community are no use."""
        self.charge_ids.unlink()
        # sudo: exceptions are the engine's, nobody else deletes them; the state has
        # no other way than methods
        self.sudo().exception_ids.unlink()
        self.sudo().write({"state": "draft"})

    def _first_of_month(self, vals):
        if vals.get("period"):
            vals["period"] = fields.Date.to_date(vals["period"]).replace(day=1)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_signed(self):
        if any(
            run.state not in ("draft", "computed")
            or run.cs_signed_by
            or run.finance_signed_by
            for run in self
        ):
            raise UserError(
                self.env._("A signed run stays. Withdraw the signatures first.")
            )

    def _check_open(self):
        """:raises UserError: once invoicing began nothing of a run changes"""
        for run in self:
            if run.state not in OPEN_STATES:
                raise UserError(
                    self.env._(
                        "%(run)s is invoiced. Correct it with credit notes.",
                        run=run.name,
                    )
                )

    def action_compute(self):
        """Compute the charges of the month anew, as often as needed
        (procedure, clause 4.1.1 and section 5).

        Runs that are computed already lose signatures; what was accepted among the
        exceptions stays accepted where nothing about it changed.

        :raises UserError: for a run that both have signed, or that is invoiced
        """
        self.check_access("write")
        for run in self:
            run._check_open()
            if run.state == "signed":
                raise UserError(
                    self.env._(
                        "%(run)s is signed. Withdraw the signatures to compute it "
                        "anew.",
                        run=run.name,
                    )
                )
            run.charge_ids.unlink()
            charges, found = self.env["property.charge.engine"]._compute(run)
            self.env["property.charge"]._create_computed(charges)
            self.env["property.billing.exception"]._replace(run, found)
            # The state is nobody's to write: see the guard on write().
            run.sudo().state = "computed"
            run._charges_changed()

    def action_open_charges(self):
        """Open the charges of the run."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_charge"
        )
        action["domain"] = [("run_id", "in", self.ids)]
        action["context"] = {"search_default_group_item": 0}
        return action

    def action_open_exceptions(self):
        """Open the exceptions of the run."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_billing_exception"
        )
        action["domain"] = [("run_id", "in", self.ids)]
        return action
