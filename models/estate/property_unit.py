from odoo import api, fields, models
from odoo.tools import SQL

from .dates import natural_key

OCCUPANCY_STATUS = [
    ("unsold", "Unsold"),
    ("undelivered", "Undelivered"),
    ("delivered_vacant", "Vacant"),
    ("decorating", "Decorating"),
    ("owner_occupied", "Owner-occupied"),
    ("leased", "Leased"),
]
UNIT_TYPES = [
    ("residential", "Residential"),
    ("shop", "Shop"),
    ("parking", "Parking"),
    ("office", "Office"),
]


class PropertyUnit(models.Model):
    """A unit 房屋. Who owns and occupies it today is read from its history rows;
    writing owner, occupant or status here adds to that history."""

    _name = "property.unit"
    _description = "Property Unit"
    _inherit = ["property.community.bound", "mail.thread", "mail.activity.mixin"]
    _order = "community_id, sort_key, id"
    _rec_names_search = ["name", "building_id.name", "owner_id.name"]

    name = fields.Char("Room No.", required=True, tracking=True)
    active = fields.Boolean(default=True)
    building_id = fields.Many2one(
        "property.building", required=True, index=True, ondelete="restrict"
    )
    community_id = fields.Many2one(
        related="building_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="building_id.company_id", store=True, index=True
    )
    sort_key = fields.Char(compute="_compute_sort_key", store=True, index=True)
    floor_area = fields.Float("Floor Area (m²)", digits=(16, 4), tracking=True)
    unit_type = fields.Selection(UNIT_TYPES, default="residential", required=True)
    apportion_key = fields.Float(
        default=1.0, help="Weight where shared utilities are divided by agreed key."
    )
    handover_date = fields.Date(
        tracking=True, help="From this day the owner pays, not the developer."
    )
    owner_id = fields.Many2one(
        "res.partner",
        compute="_compute_tenure",
        inverse="_inverse_owner_id",
        store=True,
        readonly=False,
        index=True,
        tracking=True,
    )
    owner_phone = fields.Char(related="owner_id.phone", string="Owner's Phone")
    owner_contact_state = fields.Selection(
        related="owner_id.property_contact_state", string="Contact Data"
    )
    occupant_id = fields.Many2one(
        "res.partner",
        compute="_compute_tenure",
        inverse="_inverse_occupant_id",
        store=True,
        readonly=False,
        index=True,
        tracking=True,
    )
    occupancy_status = fields.Selection(
        OCCUPANCY_STATUS,
        compute="_compute_occupancy_status",
        inverse="_inverse_occupancy_status",
        group_expand=True,
        store=True,
        readonly=False,
        tracking=True,
    )
    paid_through = fields.Date(
        compute="_compute_paid_through",
        inverse="_inverse_paid_through",
        store=True,
        readonly=False,
        tracking=True,
        help="Last day covered. Written by hand: fees that can be paid ahead are not "
        "billed up to it.",
    )
    paid_directly = fields.Date(
        "Paid through by Hand",
        help="Without an agreement: from the owner ledger, or noted by hand.",
    )
    opening_through = fields.Date(
        help="Last day whose fees came in with the opening ledger, paid or as arrears."
    )
    tenure_ids = fields.One2many("property.unit.tenure", "unit_id")
    occupancy_ids = fields.One2many("property.unit.occupancy", "unit_id")
    note = fields.Text("Remarks")

    _name_uniq = models.UniqueIndex(
        "(building_id, name)", "This building already has a unit of this room number."
    )
    _area_positive = models.Constraint(
        "CHECK(floor_area >= 0)", "The floor area cannot be negative."
    )

    @api.depends("building_id.name", "building_id.sequence", "name")
    def _compute_sort_key(self):
        for unit in self:
            building = unit.building_id
            unit.sort_key = natural_key(
                str(building.sequence or 0), building.name, unit.name
            )

    @api.depends("name", "building_id.name")
    def _compute_display_name(self):
        for unit in self:
            names = filter(None, (unit.building_id.name, unit.name))
            unit.display_name = " ".join(names)

    @api.depends(
        "tenure_ids.partner_id",
        "tenure_ids.role",
        "tenure_ids.date_from",
        "tenure_ids.date_to",
    )
    def _compute_tenure(self):
        for unit in self:
            current = unit.tenure_ids._valid_on(unit._property_today())
            unit.owner_id = current.filtered(lambda t: t.role == "owner")[:1].partner_id
            unit.occupant_id = current.filtered(lambda t: t.role == "occupant")[
                :1
            ].partner_id

    @api.depends(
        "occupancy_ids.status", "occupancy_ids.date_from", "occupancy_ids.date_to"
    )
    def _compute_occupancy_status(self):
        for unit in self:
            current = unit.occupancy_ids._valid_on(unit._property_today())
            unit.occupancy_status = current[:1].status

    def _property_today(self):
        """Today's date where the unit is; the user's as long as it has no community."""
        self.ensure_one()
        community = self.community_id
        return (
            community._property_today()
            if community
            else fields.Date.context_today(self)
        )

    @api.depends("paid_directly")
    def _compute_paid_through(self):
        for unit in self:
            unit.paid_through = unit.paid_directly

    def _inverse_paid_through(self):
        for unit in self:
            unit.paid_directly = unit.paid_through

    def _inverse_owner_id(self):
        self.env["property.unit.tenure"]._record_change(
            {unit: {"partner_id": unit.owner_id.id} for unit in self}, role="owner"
        )
        self._read_again("owner_id")

    def _inverse_occupant_id(self):
        self.env["property.unit.tenure"]._record_change(
            {unit: {"partner_id": unit.occupant_id.id} for unit in self},
            role="occupant",
            is_payer=False,
        )
        self._read_again("occupant_id")

    def _read_again(self, field):
        """A change on another day need not be what holds today."""
        if self.env.context.get("property_effective_date"):
            self.env.add_to_compute(self._fields[field], self)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("occupancy_status") and not vals.get("occupancy_ids"):
                vals["occupancy_status"] = (
                    "delivered_vacant" if vals.get("owner_id") else "unsold"
                )
        return super().create(vals_list)

    @api.model
    def _cron_refresh_current(self):
        """Bring owner, occupant and status up to today where a dated change fell due.

        Compares with the history instead of looking at what began lately: a run that
        comes late catches up, one that comes twice changes nothing.
        """
        by_day = self.env["property.community"]._everywhere_by_day()
        for field, model, column, role in self._current_fields():
            for today, places in by_day.items():
                units = self._outdated(
                    field, self.env[model], column, role, places, today
                )
                self.env.add_to_compute(self._fields[field], units)
        self.flush_model()

    @api.model
    def _current_fields(self):
        """(field, history, column, role) of what the histories say of today"""
        return [
            ("owner_id", "property.unit.tenure", "partner_id", "owner"),
            ("occupant_id", "property.unit.tenure", "partner_id", "occupant"),
            ("occupancy_status", "property.unit.occupancy", "status", None),
        ]

    @api.model
    def _outdated(self, field, history, column, role, communities, today):
        """Units of ``communities`` whose stored ``field`` is not what ``history`` says
        of ``today``."""
        self.flush_model()
        history.flush_model()
        query = SQL(
            """
            SELECT unit.id
              FROM property_unit unit
         LEFT JOIN %(history)s held
                ON held.unit_id = unit.id AND %(role)s
               AND (held.date_from IS NULL OR held.date_from <= %(today)s)
               AND (held.date_to IS NULL OR held.date_to >= %(today)s)
             WHERE unit.community_id IN %(communities)s
               AND %(stored)s IS DISTINCT FROM %(held)s
            """,
            history=SQL.identifier(history._table),
            role=SQL("held.role = %s", role) if role else SQL("TRUE"),
            today=today,
            communities=communities._ids,
            stored=SQL.identifier("unit", field),
            held=SQL.identifier("held", column),
        )
        return self.browse(unit for (unit,) in self.env.execute_query(query))
