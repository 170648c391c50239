from odoo import fields, models
from odoo.tools import SQL


class PropertyBillingComparison(models.Model):
    """Each fee of a run beside the same fee in the community's month before.

    Fees that were charged last month only are listed too: what is missing is what the
    signers must see.
    """

    _name = "property.billing.comparison"
    _description = "Billing Run against Last Month"
    _auto = False
    _order = "run_id, sequence, fee_item_id"
    _rec_name = "fee_item_id"
    _depends = {
        "property.charge": [
            "run_id", "community_id", "fee_item_id", "period", "amount"
        ],
        "property.billing.run": ["community_id", "company_id", "period"],
        "property.fee.item": ["sequence"],
    }  # fmt: skip

    run_id = fields.Many2one("property.billing.run", readonly=True)
    community_id = fields.Many2one("property.community", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    period = fields.Date("Month", readonly=True)
    fee_item_id = fields.Many2one("property.fee.item", readonly=True)
    sequence = fields.Integer(readonly=True)
    charges = fields.Integer(readonly=True)
    charges_previous = fields.Integer("Charges Last Month", readonly=True)
    amount = fields.Monetary(readonly=True)
    amount_previous = fields.Monetary("Last Month", readonly=True)
    amount_change = fields.Monetary("Change", readonly=True)
    change_rate = fields.Float("Change in %", readonly=True, aggregator=None)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH pair AS (
                SELECT run_id, fee_item_id, COUNT(*) AS charges, SUM(amount) AS amount,
                       0 AS charges_previous, 0.0 AS amount_previous
                  FROM property_charge
              GROUP BY run_id, fee_item_id
                 UNION ALL
                SELECT r.id, c.fee_item_id, 0, 0.0, COUNT(*), SUM(c.amount)
                  FROM property_billing_run r
                  JOIN property_charge c
                    ON c.community_id = r.community_id
                   AND c.period = (r.period - INTERVAL '1 month')::date
              GROUP BY r.id, c.fee_item_id
            ), sums AS (
                SELECT run_id, fee_item_id,
                       SUM(charges)::int AS charges,
                       SUM(amount) AS amount,
                       SUM(charges_previous)::int AS charges_previous,
                       SUM(amount_previous) AS amount_previous
                  FROM pair
              GROUP BY run_id, fee_item_id
            )
            SELECT (s.run_id::bigint << 20) + s.fee_item_id AS id,
                   s.run_id, s.fee_item_id,
                   r.community_id, r.company_id, r.period, i.sequence,
                   s.charges, s.charges_previous, s.amount, s.amount_previous,
                   s.amount - s.amount_previous AS amount_change,
                   CASE WHEN s.amount_previous = 0 THEN 0.0
                        ELSE (s.amount - s.amount_previous) / s.amount_previous
                    END AS change_rate
              FROM sums s
              JOIN property_billing_run r ON r.id = s.run_id
              JOIN property_fee_item i ON i.id = s.fee_item_id
            """
        )
