from odoo import api, fields, models

VACANT = "delivered_vacant"
VACANCY_REASONS = [
    ("remote", "Too far from town"),
    ("decoration", "Decoration not begun"),
    ("for_sale", "For sale"),
    ("to_let", "Waiting for a tenant"),
    ("second_home", "Second home"),
    ("season", "Waiting for school or season"),
    ("developer", "Dispute with the developer"),
    ("other", "Other"),
]


class PropertyUnitOccupancy(models.Model):
    """Why a unit stands empty (procedure, clause 5.1)."""

    _inherit = "property.unit.occupancy"

    vacancy_reason = fields.Selection(VACANCY_REASONS, "Why Empty")

    _reason_of_vacancy = models.Constraint(
        f"CHECK(vacancy_reason IS NULL OR status = '{VACANT}')",
        "Only a vacant unit has a reason why it stands empty.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._without_reason(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._without_reason(vals))

    @api.model
    def _without_reason(self, vals):
        """What is no longer vacant has no reason any more."""
        if vals.get("status", VACANT) == VACANT:
            return vals
        return {**vals, "vacancy_reason": False}


class PropertyUnit(models.Model):
    _inherit = "property.unit"

    vacancy_reason = fields.Selection(
        VACANCY_REASONS,
        "Why Empty",
        compute="_compute_vacancy_reason",
        inverse="_inverse_occupancy_status",
        store=True,
        readonly=False,
        tracking=True,
    )
    community_stage = fields.Selection(related="community_id.stage", string="Stage")

    @api.depends(
        "occupancy_ids.vacancy_reason",
        "occupancy_ids.date_from",
        "occupancy_ids.date_to",
    )
    def _compute_vacancy_reason(self):
        for unit in self:
            current = unit.occupancy_ids._valid_on(unit._property_today())[:1]
            unit.vacancy_reason = current.vacancy_reason

    def _inverse_occupancy_status(self):
        """Status and reason are one row. A reason that was not known completes the row;
        another one begins a row of its own, as another status does."""
        given = fields.Date.to_date(self.env.context.get("property_effective_date"))
        changes = {}
        for unit in self:
            day = given or unit._property_today()
            current = unit.occupancy_ids._valid_on(day)[:1]
            status, reason = unit.occupancy_status, unit.vacancy_reason
            is_stale = current.status != status and current.vacancy_reason == reason
            if status != VACANT or is_stale:
                reason = False
            if current.status == status and reason and not current.vacancy_reason:
                current.vacancy_reason = reason
            else:
                changes[unit] = {"status": status, "vacancy_reason": reason}
        self.env["property.unit.occupancy"]._record_change(changes)
        self._read_again("occupancy_status")
        # It may be another one than was written.
        self.env.add_to_compute(self._fields["vacancy_reason"], self)

    @api.model
    def _current_fields(self):
        return [
            *super()._current_fields(),
            ("vacancy_reason", "property.unit.occupancy", "vacancy_reason", None),
        ]
