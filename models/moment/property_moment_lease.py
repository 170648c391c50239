from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

TERMS = frozenset(
    ("tenant_id", "lease_from", "lease_to", "tenant_pays", "owner_liable")
)


class PropertyMoment(models.Model):
    """A unit is let: the tenant pays if the contract says so; that the owner answers
    for it is on record (procedure, clause 5.6)."""

    _inherit = "property.moment"

    tenant_id = fields.Many2one("res.partner", ondelete="restrict", copy=False)
    lease_from = fields.Date("First Day of the Lease", copy=False)
    lease_to = fields.Date("Last Day of the Lease", copy=False)
    tenant_pays = fields.Boolean(
        "Tenant Pays the Fees", copy=False, help="As the lease contract says."
    )
    owner_liable = fields.Boolean(
        "Owner Answers for the Fees",
        default=True,
        help="What the tenant does not pay the owner owes.",
    )

    def write(self, vals):
        if TERMS & set(vals) and any(row.completed_on for row in self):
            raise UserError(
                self.env._(
                    "The letting is on record. Note a change as another letting."
                )
            )
        return super().write(vals)

    def _complete_lease(self):
        """:raises UserError: without tenant or first day, or when it ends before it
        begins"""
        for moment in self:
            moment._check_lease()
            moment._begin_lease()

    def _check_lease(self):
        if not self.tenant_id or not self.lease_from:
            raise UserError(self.env._("Say who rents, and from which day on."))
        if self.lease_to and self.lease_to < self.lease_from:
            raise UserError(self.env._("The lease ends before it begins."))

    def _begin_lease(self):
        day = self.lease_from
        unit = self.unit_id.with_context(property_effective_date=day)
        tenures = self.env["property.unit.tenure"].with_context(
            property_effective_date=day
        )
        tenures._record_change(
            {unit: {"partner_id": self.tenant_id.id, "is_payer": self.tenant_pays}},
            role="occupant",
        )
        row = unit.tenure_ids._valid_on(day).filtered(
            lambda tenure: tenure.role == "occupant"
        )
        values = {"owner_liable": self.tenant_pays and self.owner_liable}
        if self.lease_to and (not row.date_to or row.date_to > self.lease_to):
            values["date_to"] = self.lease_to
        row.write(values)
        unit.occupancy_status = "leased"
        self.message_post(
            body=self.env._(
                "Let to %(tenant)s from %(day)s on.",
                tenant=self.tenant_id.name,
                day=format_date(self.env, day),
            )
        )
