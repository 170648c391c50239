from odoo import fields, models
from odoo.tools import SQL

# One row for each collector and community.
TEAM = """
    WITH own AS (
        SELECT user_id, community_id, company_id, count(*) AS case_count,
               sum(amount_overdue) AS amount_overdue,
               count(*) FILTER (WHERE next_action_date <= %(today)s) AS due_count,
               count(*) FILTER (WHERE reason IS NULL) AS no_reason_count
          FROM property_collection_case
         WHERE state != 'closed'
      GROUP BY user_id, community_id, company_id
    ), spoken AS (
        SELECT user_id, community_id, company_id, count(*) AS contact_count
          FROM property_contact
         WHERE date >= date_trunc('month', %(today)s::timestamp) AND void_reason IS NULL
      GROUP BY user_id, community_id, company_id
    ), promised AS (
        SELECT user_id, community_id, company_id,
               count(*) FILTER (WHERE state = 'open') AS open_count,
               count(*) FILTER (WHERE state = 'kept') AS kept_count,
               count(*) FILTER (WHERE state = 'broken') AS broken_count
          FROM property_promise
         WHERE state != 'cancelled'
      GROUP BY user_id, community_id, company_id
    ), pair AS (
        SELECT user_id, community_id, company_id FROM own
         UNION
        SELECT user_id, community_id, company_id FROM spoken
         UNION
        SELECT user_id, community_id, company_id FROM promised
    )
    SELECT row_number() OVER (ORDER BY pair.community_id, pair.user_id) AS id,
           pair.user_id, pair.community_id, pair.company_id, company.currency_id,
           coalesce(own.case_count, 0) AS case_count,
           coalesce(own.due_count, 0) AS due_count,
           coalesce(own.no_reason_count, 0) AS no_reason_count,
           coalesce(own.amount_overdue, 0) AS amount_overdue,
           coalesce(spoken.contact_count, 0) AS contact_count,
           coalesce(promised.open_count, 0) AS promise_open_count,
           coalesce(promised.kept_count, 0) AS promise_kept_count,
           coalesce(promised.broken_count, 0) AS promise_broken_count
      FROM pair
      JOIN res_company company ON company.id = pair.company_id
 LEFT JOIN own ON own.community_id = pair.community_id
              AND own.user_id IS NOT DISTINCT FROM pair.user_id
 LEFT JOIN spoken ON spoken.community_id = pair.community_id
                 AND spoken.user_id IS NOT DISTINCT FROM pair.user_id
 LEFT JOIN promised ON promised.community_id = pair.community_id
                   AND promised.user_id IS NOT DISTINCT FROM pair.user_id
"""
CASE_FIELDS = [
    "user_id",
    "community_id",
    "company_id",
    "state",
    "reason",
    "amount_overdue",
    "next_action_date",
]
KEYS = ["user_id", "community_id", "company_id"]


class PropertyCollectorReport(models.Model):
    """Load and progress of the team (procedure, clause 3.1): read only."""

    _name = "property.collector.report"
    _description = "Team Load and Progress"
    _auto = False
    _order = "amount_overdue desc, id"
    _rec_name = "user_id"
    _depends = {
        "property.collection.case": CASE_FIELDS,
        "property.contact": [*KEYS, "date", "void_reason"],
        "property.promise": [*KEYS, "state"],
    }

    user_id = fields.Many2one("res.users", "Collector", readonly=True)
    community_id = fields.Many2one("property.community", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    case_count = fields.Integer("Cases", readonly=True)
    due_count = fields.Integer("To Do Today", readonly=True)
    no_reason_count = fields.Integer("Reason Unknown", readonly=True)
    amount_overdue = fields.Monetary("Overdue", readonly=True)
    contact_count = fields.Integer("Contacts This Month", readonly=True)
    promise_open_count = fields.Integer("Promises Open", readonly=True)
    promise_kept_count = fields.Integer("Promises Kept", readonly=True)
    promise_broken_count = fields.Integer("Promises Broken", readonly=True)

    @property
    def _table_query(self):
        today = self.env["property.community"]._today_sql(SQL("community_id"))
        return SQL(TEAM, today=today)

    def action_open_cases(self):
        """Open the cases of the collector that are not closed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_worklist"
        )
        action["name"] = self.user_id.name or action["name"]
        action["domain"] = [
            ("user_id", "=", self.user_id.id),
            ("community_id", "=", self.community_id.id),
        ]
        action["context"] = {"search_default_not_closed": 1}
        return action
