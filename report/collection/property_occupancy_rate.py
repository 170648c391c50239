from odoo import fields, models
from odoo.tools import SQL

from ...models.estate.property_unit_occupancy import NOT_DELIVERED, OCCUPIED
from ..billing.ledger_parts import MONTHS
from ..billing.ledger_query import ROWS

# Units of a community on a day, by building and kind.
LIVED = """
    SELECT u.building_id, u.unit_type,
           count(*) AS total,
           count(*) FILTER (WHERE d.delivered) AS delivered,
           count(*) FILTER (WHERE d.delivered AND o.status IN %(occupied)s)
               AS occupied,
           count(*) FILTER (WHERE d.delivered AND o.status = 'delivered_vacant')
               AS vacant
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
     WHERE u.community_id = p.community_id AND u.active
       AND u.unit_type != 'parking'
  GROUP BY u.building_id, u.unit_type
"""

# One row for each building and month with a billing run, and one for what is charged to
# no unit. ``p`` is the month; a condition on it is met before ``x`` is worked out.
RATES = f"""
    SELECT (p.ledger_run_id::bigint << 32) + coalesce(x.building_id, 0) AS id,
           p.community_id, p.company_id, p.currency_id, p.period, c.stage, c.is_remote,
           x.*,
           x.occupied::float / nullif(x.delivered, 0) AS occupancy_rate,
           (x.received / nullif(x.charged, 0))::float AS collection_rate,
           CASE WHEN x.delivered > 0
                THEN least(floor(5.0 * x.occupied / x.delivered), 4)::int::text
                ELSE '9' END AS occupancy_band
      FROM ({MONTHS}) p
      JOIN property_community c ON c.id = p.community_id
CROSS JOIN LATERAL (
        WITH lived AS (
            SELECT l.building_id, sum(l.total)::int AS total,
                   sum(l.delivered)::int AS delivered,
                   sum(l.occupied)::int AS occupied
              FROM ({LIVED}) l
          GROUP BY l.building_id
        ), charged AS (
            SELECT r.building_id,
                   sum(r.receivable - r.waived + r.waived_arrears) AS charged,
                   sum(r.received + r.consumed) AS received,
                   sum(r.consumed) AS consumed
              FROM ({ROWS}) r
          GROUP BY r.building_id
        )
        SELECT coalesce(l.building_id, h.building_id) AS building_id,
               coalesce(l.total, 0) AS total,
               coalesce(l.delivered, 0) AS delivered,
               coalesce(l.occupied, 0) AS occupied,
               coalesce(h.charged, 0) AS charged,
               coalesce(h.received, 0) AS received,
               coalesce(h.consumed, 0) AS consumed
          FROM lived l
     FULL JOIN charged h ON h.building_id = l.building_id
           ) x
"""
# Of many rows a rate is the ratio of the sums, not the mean of the ratios.
RATIOS = {
    "occupancy_rate:avg": ("occupied", "delivered"),
    "collection_rate:avg": ("received", "charged"),
}


class PropertyOccupancyRate(models.Model):
    """Collection rate against occupancy, by building and month (procedure, clause 5.1
    and section 6).

    Both stand as at the end of the month, the running one as of today. Charges are
    company currency, net of waivers, with what is consumed of prepayments; received is
    what was applied to them until then, consumed prepayments included. Parking spaces
    are charged, but nobody lives in them.
    """

    _name = "property.occupancy.rate"
    _description = "Occupancy and Collection"
    _auto = False
    _order = "period desc, community_id, building_id"
    _rec_name = "building_id"

    period = fields.Date("Month", readonly=True, help="First day of the month.")
    community_id = fields.Many2one("property.community", readonly=True)
    building_id = fields.Many2one(
        "property.building", readonly=True, help="Empty: charged to no unit."
    )
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    stage = fields.Selection(
        lambda self: (
            self.env["property.community"]
            ._fields["stage"]
            ._description_selection(self.env)
        ),
        readonly=True,
    )
    is_remote = fields.Boolean("Remote", readonly=True)
    total = fields.Integer("Units", readonly=True)
    delivered = fields.Integer("Handed Over", readonly=True)
    occupied = fields.Integer(readonly=True)
    occupancy_rate = fields.Float(
        readonly=True, aggregator="avg", help="Occupied ÷ handed over."
    )
    occupancy_band = fields.Selection(
        [
            ("0", "Below 20 %"),
            ("1", "20 to 40 %"),
            ("2", "40 to 60 %"),
            ("3", "60 to 80 %"),
            ("4", "80 % and more"),
            ("9", "Nothing handed over"),
        ],
        "Occupancy",
        readonly=True,
    )
    charged = fields.Monetary(
        "Net Charges", readonly=True, help="Charges of the month less waivers."
    )
    received = fields.Monetary(
        readonly=True,
        help="Applied to charges of the month until its end, consumed prepayments "
        "included.",
    )
    consumed = fields.Monetary(
        "Of Which Paid Ahead", readonly=True, help="Consumed prepayments."
    )
    collection_rate = fields.Float(
        readonly=True, aggregator="avg", help="Received ÷ net charges of the month."
    )

    @property
    def _table_query(self):
        ledger = self.env["property.ledger.line"]
        for name, names in ledger._depends.items():
            self.env[name].flush_model(names)
        self.env["property.community"].flush_model(["stage", "is_remote"])
        self.env["property.unit"].flush_model(["active", "community_id", "unit_type"])
        return SQL(
            RATES,
            day=SQL(
                "least(p.last_day, %s)",
                self.env["property.community"]._today_sql(SQL("p.community_id")),
            ),
            occupied=OCCUPIED,
            not_delivered=NOT_DELIVERED,
            more=ledger._consumed(),
            balances=ledger._balances(),
        )

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec not in RATIOS:
            return super()._read_group_select(aggregate_spec, query)
        above, below = (
            self._field_to_sql(self._table, name, query)
            for name in RATIOS[aggregate_spec]
        )
        return SQL("(sum(%s) / nullif(sum(%s), 0)::float)", above, below)

    def action_open_ledger(self):
        """Open what was charged and paid in this month and building."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_ledger_line"
        )
        action["domain"] = [
            ("community_id", "=", self.community_id.id),
            ("period", "=", self.period),
            ("building_id", "=", self.building_id.id),
        ]
        action["context"] = {}
        return action
