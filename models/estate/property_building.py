from odoo import api, fields, models


class PropertyBuilding(models.Model):
    _name = "property.building"
    _description = "Property Building"
    _inherit = ["property.community.bound"]
    _order = "community_id, sequence, name, id"
    _rec_names_search = ["name", "community_id.name"]

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    community_id = fields.Many2one(
        "property.community", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, index=True
    )
    unit_ids = fields.One2many("property.unit", "building_id")
    unit_count = fields.Integer("Units", compute="_compute_unit_count")

    _name_uniq = models.UniqueIndex(
        "(community_id, name)", "This community already has a building of this name."
    )

    @api.depends("name", "community_id.name")
    @api.depends_context("property_show_community")
    def _compute_display_name(self):
        with_community = self.env.context.get("property_show_community")
        for building in self:
            names = [building.community_id.name] if with_community else []
            building.display_name = " ".join(filter(None, [*names, building.name]))

    @api.depends("unit_ids")
    def _compute_unit_count(self):
        counts = dict(
            self.env["property.unit"]._read_group(
                [("building_id", "in", self.ids)], ["building_id"], ["__count"]
            )
        )
        for building in self:
            building.unit_count = counts.get(building, 0)
