from odoo import fields, models
from odoo.tools import format_date


class PropertyOccupancyOn(models.TransientModel):
    """Asks for a day and shows the communities' occupancy at its end."""

    _name = "property.occupancy.on"
    _description = "Occupancy on a Date"

    date = fields.Date(required=True, default=fields.Date.context_today)

    def action_show(self):
        """Open the communities with their counts and rates at the end of ``date``."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_community"
        )
        return {
            **action,
            "display_name": self.env._(
                "Occupancy on %(day)s", day=format_date(self.env, self.date)
            ),
            "name": self.env._(
                "Occupancy on %(day)s", day=format_date(self.env, self.date)
            ),
            "path": False,
            "views": [(False, "list"), (False, "kanban")],
            "context": {
                "property_as_of": fields.Date.to_string(self.date),
                "create": False,
            },
        }
