from odoo import fields, models
from odoo.tools import SQL

from ...models.estate.contact_state import PARTNER_FIELDS, oldest_sql, state_sql
from ...models.estate.property_unit_occupancy import NOT_DELIVERED

# One row for each community and owner of a delivered unit, parking spaces left out.
REACH = """
    WITH owned AS (
        SELECT t.community_id, t.partner_id, count(*) AS unit_count
          FROM property_unit_tenure t
          JOIN property_unit u
            ON u.id = t.unit_id AND u.active AND u.unit_type != 'parking'
           AND (u.handover_date IS NULL OR u.handover_date <= %(today)s)
          JOIN property_unit_occupancy o
            ON o.unit_id = u.id AND o.status NOT IN %(not_delivered)s
           AND (o.date_from IS NULL OR o.date_from <= %(today)s)
           AND (o.date_to IS NULL OR o.date_to >= %(today)s)
         WHERE t.role = 'owner'
           AND (t.date_from IS NULL OR t.date_from <= %(today)s)
           AND (t.date_to IS NULL OR t.date_to >= %(today)s)
      GROUP BY t.community_id, t.partner_id
    ), known AS (
        SELECT owned.*, c.company_id, c.stage, p.phone, p.email,
               %(state)s AS contact_state,
               coalesce(p.phone, '') != '' AND p.property_phone_failed IS NULL
                   AND coalesce(p.property_phone_verified >= %(oldest)s, FALSE)
                   AS phone_holds,
               coalesce(p.email, '') != '' AND p.property_email_failed IS NULL
                   AND coalesce(p.property_email_verified >= %(oldest)s, FALSE)
                   AS email_holds,
               coalesce(p.street, '') != '' AND p.property_address_failed IS NULL
                   AND coalesce(p.property_address_verified >= %(oldest)s, FALSE)
                   AS address_holds
          FROM owned
          JOIN property_community c ON c.id = owned.community_id
          JOIN res_partner p ON p.id = owned.partner_id
    )
    SELECT (community_id::bigint << 32) + partner_id AS id,
           community_id, partner_id, company_id, stage, phone, email, unit_count,
           contact_state, 1 AS owner_count,
           phone_holds::int::float AS by_phone, email_holds::int::float AS by_email,
           address_holds::int::float AS by_address,
           (phone_holds OR email_holds OR address_holds)::int::float AS by_any
      FROM known
"""


class PropertyContactReport(models.Model):
    """Who of the owners of delivered units can be reached, and how (procedure, clause
    5.2). A share is 1 or 0 for one owner; its average is the share of many."""

    _name = "property.contact.report"
    _description = "Reachable Owners"
    _auto = False
    _order = "community_id, by_any, partner_id"
    _rec_name = "partner_id"
    _depends = {
        "property.community": ["company_id", "contact_cycle_months", "stage"],
        "property.unit": ["active", "handover_date", "unit_type"],
        "property.unit.tenure": [
            "community_id",
            "date_from",
            "date_to",
            "partner_id",
            "role",
            "unit_id",
        ],
        "property.unit.occupancy": ["date_from", "date_to", "status", "unit_id"],
        "res.partner": list(PARTNER_FIELDS),
    }

    community_id = fields.Many2one("property.community", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    stage = fields.Selection(
        lambda self: (
            self.env["property.community"]
            ._fields["stage"]
            ._description_selection(self.env)
        ),
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", "Owner", readonly=True)
    phone = fields.Char(readonly=True)
    email = fields.Char(readonly=True)
    owner_count = fields.Integer("Owners", readonly=True)
    unit_count = fields.Integer("Units", readonly=True)
    contact_state = fields.Selection(
        lambda self: (
            self.env["res.partner"]
            ._fields["property_contact_state"]
            ._description_selection(self.env)
        ),
        "Contact Data",
        readonly=True,
    )
    by_phone = fields.Float(readonly=True, aggregator="avg")
    by_email = fields.Float("By E-mail", readonly=True, aggregator="avg")
    by_address = fields.Float("By Letter", readonly=True, aggregator="avg")
    by_any = fields.Float("Reachable", readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        community = self.env["property.community"]
        today = community._today_sql(SQL("owned.community_id"))
        return SQL(
            REACH,
            today=community._today_sql(SQL("t.community_id")),
            not_delivered=NOT_DELIVERED,
            state=state_sql("p", today),
            oldest=oldest_sql("p", today),
        )

    def action_verify(self):
        """Open the form in which the owner's data is confirmed or corrected."""
        self.ensure_one()
        return self.partner_id._property_action_verify(self.community_id)
