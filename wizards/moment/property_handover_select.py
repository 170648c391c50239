from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...models.estate.property_unit import OCCUPANCY_STATUS, UNIT_TYPES


class PropertyHandoverSelect(models.TransientModel):
    """Choosing the units of a handover batch by what they are."""

    _name = "property.handover.select"
    _description = "Choose Units for a Handover"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("batch_id",))

    batch_id = fields.Many2one(
        "property.handover.batch", required=True, ondelete="cascade"
    )
    community_id = fields.Many2one(related="batch_id.community_id")
    building_ids = fields.Many2many(
        "property.building",
        domain="[('community_id', '=', community_id)]",
        help="Empty: all buildings.",
    )
    occupancy_status = fields.Selection(
        OCCUPANCY_STATUS,
        compute="_compute_occupancy_status",
        store=True,
        readonly=False,
    )
    unit_type = fields.Selection(UNIT_TYPES)
    unit_ids = fields.Many2many(
        "property.unit",
        compute="_compute_unit_ids",
        store=True,
        readonly=False,
        domain="[('community_id', '=', community_id)]",
        string="Units",
    )
    unit_count = fields.Integer("Chosen", compute="_compute_counts")
    no_owner_count = fields.Integer("Without Owner", compute="_compute_counts")
    no_owner_names = fields.Char(compute="_compute_counts")

    @api.depends("batch_id")
    def _compute_occupancy_status(self):
        for wizard in self:
            units = wizard.batch_id.kind == "unit_handover"
            wizard.occupancy_status = "undelivered" if units else False

    @api.depends("batch_id", "building_ids", "occupancy_status", "unit_type")
    def _compute_unit_ids(self):
        for wizard in self:
            wizard.unit_ids = self.env["property.unit"].search(wizard._domain())

    def _domain(self):
        domain = Domain("community_id", "=", self.community_id.id)
        if self.building_ids:
            domain &= Domain("building_id", "in", self.building_ids.ids)
        if self.occupancy_status:
            domain &= Domain("occupancy_status", "=", self.occupancy_status)
        if self.unit_type:
            domain &= Domain("unit_type", "=", self.unit_type)
        return domain & Domain("id", "not in", self.batch_id._units().ids)

    @api.depends("unit_ids")
    def _compute_counts(self):
        for wizard in self:
            orphans = wizard.unit_ids.filtered(lambda unit: not unit.owner_id)
            wizard.unit_count = len(wizard.unit_ids)
            wizard.no_owner_count = len(orphans)
            wizard.no_owner_names = ", ".join(orphans[:20].mapped("display_name"))

    def action_add(self):
        """Take the chosen units that have an owner into the batch.

        :raises UserError: when none of them has
        """
        self.ensure_one()
        if self.unit_ids.community_id - self.community_id:
            raise UserError(self.env._("All units must belong to the community."))
        people = {
            unit: (unit.owner_id, False) for unit in self.unit_ids if unit.owner_id
        }
        if not people:
            raise UserError(
                self.env._(
                    "None of these units has an owner. Import the developer's list: it "
                    "names them."
                )
            )
        self.batch_id._add(people)
        return {"type": "ir.actions.act_window_close"}
