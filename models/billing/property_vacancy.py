from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import date_utils


class PropertyVacancy(models.Model):
    """An application for the vacancy factor, granted from a day to a day."""

    _name = "property.vacancy"
    _description = "Vacancy Application"
    _inherit = [
        "property.guarded",
        "property.community.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = frozenset(("state", "decided_by", "decided_on"))
    _order = "date_from desc, id desc"
    _rec_name = "unit_id"

    unit_id = fields.Many2one(
        "property.unit", required=True, index=True, ondelete="cascade", tracking=True
    )
    community_id = fields.Many2one(
        related="unit_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True)
    partner_id = fields.Many2one(related="unit_id.owner_id", string="Applicant")
    date_from = fields.Date("Vacant from", required=True, tracking=True)
    date_to = fields.Date("Vacant until", tracking=True)
    discount_from = fields.Date(
        compute="_compute_discount_from",
        help="After the minimum number of months in the settings.",
    )
    reason = fields.Text()
    state = fields.Selection(
        [
            ("draft", "To approve"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    decided_by = fields.Many2one("res.users", readonly=True, copy=False)
    decided_on = fields.Datetime(readonly=True, copy=False)

    _dates_ordered = models.Constraint(
        "CHECK(date_to IS NULL OR date_from <= date_to)",
        "The last day cannot come before the first day.",
    )

    @api.depends("date_from", "company_id.property_vacancy_min_months")
    def _compute_discount_from(self):
        for vacancy in self:
            vacancy.discount_from = vacancy.date_from and date_utils.add(
                vacancy.date_from,
                months=vacancy.company_id.property_vacancy_min_months,
            )

    def write(self, vals):
        approved = self.filtered(lambda vacancy: vacancy.state == "approved")
        if approved._is_more_than_ended(vals):
            raise UserError(
                self.env._(
                    "An approved vacancy can only be ended. Reject it and let the "
                    "owner apply again."
                )
            )
        return super().write(vals)

    def _is_more_than_ended(self, vals):
        """Whether writing ``vals`` grants any of these vacancies another day."""
        if not self or not set(vals) & {"unit_id", "date_from", "date_to"}:
            return False
        end = fields.Date.to_date(vals.get("date_to"))
        return (
            "unit_id" in vals
            or "date_from" in vals
            or not end
            or any(vacancy.date_to and vacancy.date_to < end for vacancy in self)
        )

    def action_approve(self):
        """Grant the vacancy factor (CS head or manager)."""
        self._decide("approved")

    def action_reject(self):
        """Refuse the vacancy factor (CS head or manager)."""
        self._decide("rejected")

    def _decide(self, state):
        if not self.env.user._has_property_role("group_cs_head", "group_manager"):
            raise UserError(
                self.env._("Only the customer service head or the manager decides.")
            )
        self.check_access("write")
        # The state may be written by nobody: this is the one way to it.
        self.sudo().write(
            {
                "state": state,
                "decided_by": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )
