import pytz

from odoo import api, fields, models
from odoo.tools import SQL


class PropertyCommunity(models.Model):
    """A housing community 小區: the unit of team, billing run and ledger."""

    _name = "property.community"
    _description = "Property Community"
    _inherit = ["property.community.bound", "mail.thread", "mail.activity.mixin"]
    _order = "name, id"

    name = fields.Char(required=True, translate=False, tracking=True)
    code = fields.Char(required=True, tracking=True, help="Part of notice numbers.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    stage = fields.Selection(
        [
            ("phased_handover", "Phased handover"),
            ("decoration", "Decoration"),
            ("settled", "Settled"),
        ],
        default="settled",
        required=True,
        tracking=True,
    )
    is_remote = fields.Boolean("Remote", help="Far from town: owners are hard to meet.")
    developer_id = fields.Many2one(
        "res.partner",
        tracking=True,
        help="Pays for units that are unsold or not yet handed over.",
    )

    manager_id = fields.Many2one("res.users", "Service Centre Manager", tracking=True)
    cs_head_id = fields.Many2one("res.users", "Customer Service Head", tracking=True)
    finance_user_id = fields.Many2one("res.users", "Finance", tracking=True)
    cs_user_ids = fields.Many2many(
        "res.users", "property_community_cs_rel", string="Customer Service Staff"
    )
    member_ids = fields.Many2many(
        "res.users",
        "property_community_member_rel",
        compute="_compute_member_ids",
        store=True,
        help="Everybody who may see this community.",
    )

    due_day = fields.Integer(
        default=10, required=True, help="Day of the month (1–28) on which fees are due."
    )
    payment_place = fields.Char(help="Where owners can pay; printed on notices.")
    service_phone = fields.Char(help="Contact printed on notices.")
    partner_bank_id = fields.Many2one(
        "res.partner.bank",
        "Payee Bank Account",
        domain="[('partner_id', '=', company_partner_id)]",
        help="Printed on notices.",
    )
    company_partner_id = fields.Many2one(related="company_id.partner_id")

    building_ids = fields.One2many("property.building", "community_id")
    unit_ids = fields.One2many("property.unit", "community_id")
    building_count = fields.Integer("Buildings", compute="_compute_building_count")
    unit_count = fields.Integer(
        "Units", compute="_compute_occupancy", help="Parking spaces left out."
    )
    delivered_count = fields.Integer("Handed Over", compute="_compute_occupancy")
    occupied_count = fields.Integer("Occupied", compute="_compute_occupancy")
    vacant_count = fields.Integer("Vacant", compute="_compute_occupancy")
    occupancy_rate = fields.Float(
        compute="_compute_occupancy",
        help="Occupied ÷ delivered units, parking spaces left out.",
    )
    vacancy_rate = fields.Float(
        compute="_compute_occupancy",
        help="Vacant ÷ delivered units, parking spaces left out.",
    )

    _code_uniq = models.UniqueIndex(
        "(company_id, code)", "Another community of this company has this code."
    )
    _due_day_range = models.Constraint(
        "CHECK(due_day BETWEEN 1 AND 28)", "The due day must lie between 1 and 28."
    )

    @api.depends("manager_id", "cs_head_id", "finance_user_id", "cs_user_ids")
    def _compute_member_ids(self):
        for community in self:
            community.member_ids = (
                community.manager_id
                | community.cs_head_id
                | community.finance_user_id
                | community.cs_user_ids
            )

    @api.depends("building_ids")
    def _compute_building_count(self):
        for community in self:
            community.building_count = len(community.building_ids)

    @api.depends("unit_ids.occupancy_status", "unit_ids.handover_date")
    @api.depends_context("property_as_of")
    def _compute_occupancy(self):
        as_of = self.env.context.get("property_as_of")
        counts = {}
        for day, places in self.grouped(
            lambda place: as_of or place._property_today()
        ).items():
            counts |= places.occupancy_on(day)
        for community in self:
            total, delivered, occupied, vacant = counts.get(community.id, (0, 0, 0, 0))
            community.unit_count = total
            community.delivered_count = delivered
            community.occupied_count = occupied
            community.vacant_count = vacant
            community.occupancy_rate = occupied / delivered if delivered else 0.0
            community.vacancy_rate = vacant / delivered if delivered else 0.0

    @api.model_create_multi
    def create(self, vals_list):
        communities = super().create(vals_list)
        communities._apply_membership()
        return communities

    def write(self, vals):
        done = super().write(vals)
        self._apply_membership()
        return done

    def _apply_membership(self):
        """Record rules read the table of members and do not wait for a recompute."""
        self.flush_recordset(["member_ids"])

    @api.private
    def occupancy_on(self, day):
        """Unit counts at the end of ``day``, from the occupancy history.

        :return: {community id: (total, delivered, occupied, vacant)}; parking spaces
            do not count, nobody lives in them (procedure, section 6).
        """
        return self.env["property.unit.occupancy"]._counts_on(self, day)

    def action_open_units(self):
        """Open the units of this community."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_unit"
        )
        action["domain"] = [("community_id", "in", self.ids)]
        action["context"] = {"default_community_id": self.id}
        return action

    def _nearest(self):
        """The first of these, of the user's own where there are any."""
        mine = self.filtered(lambda place: self.env.user in place.member_ids)
        return (mine or self)[:1]

    def _finance_user(self):
        """Whoever is asked to look at the books: its Finance, else its manager."""
        self.ensure_one()
        return self.finance_user_id or self.manager_id or self.env.user

    def _property_today(self):
        """Today's date where the community is, whatever the server's clock says."""
        self.ensure_one()
        zone = (self.company_id or self.env.company)._property_tz(self)
        return fields.Date.context_today(self.with_context(tz=zone))

    @api.model
    def _everywhere_by_day(self):
        """{today's date: the communities where it is that day}, archived ones too"""
        # sudo: which day it is somewhere is no secret
        everywhere = self.sudo().with_context(active_test=False)
        # pylint: disable-next=no-search-all
        return everywhere.search([]).grouped(lambda place: place._property_today())

    @api.model
    def _today_sql(self, community):
        """Today's date where ``community`` is, the SQL of an id: a plain date as long
        as it is the same day everywhere."""
        by_day = self._everywhere_by_day()
        most = max(
            by_day,
            key=lambda day: len(by_day[day]),
            default=fields.Date.context_today(self),
        )
        cases = [
            SQL("WHEN %s IN %s THEN %s::date", community, places._ids, day)
            for day, places in by_day.items()
            if day != most
        ]
        if not cases:
            return SQL("%s::date", most)
        return SQL("CASE %s ELSE %s::date END", SQL(" ").join(cases), most)

    def _clock(self, moment=None):
        """``moment`` (UTC, default now) as the clock shows it in the community."""
        self.ensure_one()
        here = self.with_context(tz=self.company_id._property_tz(self))
        return fields.Datetime.context_timestamp(here, moment or fields.Datetime.now())

    def _utc(self, local):
        """What the community's clock shows, without zone → UTC"""
        self.ensure_one()
        zone = pytz.timezone(self.company_id._property_tz(self))
        return zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)
