from odoo import api, fields, models
from odoo.tools import SQL

from .property_unit import OCCUPANCY_STATUS

NOT_DELIVERED = ("unsold", "undelivered")
OCCUPIED = ("owner_occupied", "leased")


class PropertyUnitOccupancy(models.Model):
    """How a unit was used, from when to when (procedure, clause 5.1)."""

    _name = "property.unit.occupancy"
    _description = "Occupancy"
    _inherit = ["property.unit.history"]

    status = fields.Selection(OCCUPANCY_STATUS, required=True)

    @api.model
    def _counts_on(self, communities, day):
        """See ``property.community.occupancy_on``; one query for all communities."""
        units = self.env["property.unit"]
        units.flush_model(["community_id", "handover_date", "unit_type", "active"])
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT u.community_id,
                       COUNT(*),
                       COUNT(*) FILTER (WHERE d.delivered),
                       COUNT(*) FILTER (WHERE d.delivered AND o.status IN %(occupied)s),
                       COUNT(*) FILTER (
                           WHERE d.delivered AND o.status = 'delivered_vacant'
                       )
                  FROM property_unit u
             LEFT JOIN property_unit_occupancy o
                    ON o.unit_id = u.id
                   AND (o.date_from IS NULL OR o.date_from <= %(day)s)
                   AND (o.date_to IS NULL OR o.date_to >= %(day)s)
         CROSS JOIN LATERAL (
                SELECT o.status NOT IN %(not_delivered)s
                       AND (u.handover_date IS NULL OR u.handover_date <= %(day)s)
                       AS delivered
                ) d
                 WHERE u.active AND u.unit_type != 'parking'
                   AND u.community_id IN %(communities)s
              GROUP BY u.community_id
                """,
                day=day,
                occupied=OCCUPIED,
                not_delivered=NOT_DELIVERED,
                communities=tuple(communities.ids) or (0,),
            )
        )
        return {community: tuple(counts) for community, *counts in rows}
