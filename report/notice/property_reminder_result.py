from odoo import api, fields, models
from odoo.tools import SQL

from ...models.notice.property_reminder_channel import CHANNELS

# A customer has paid within the term when nothing of his bills of that due date was
# left on it, by payments dated up to it, whenever they were matched.
RESULT = """
    SELECT min(r.id) AS id, r.campaign_id, r.channel, c.community_id, c.company_id,
           c.date_due, c.days_before,
           count(*) FILTER (WHERE r.state = 'planned') AS planned,
           count(*) FILTER (WHERE r.state IN ('sent', 'reached', 'failed')) AS sent,
           count(*) FILTER (WHERE r.state = 'reached') AS reached,
           count(*) FILTER (WHERE r.state = 'failed') AS failed,
           count(*) FILTER (WHERE r.state = 'skipped') AS skipped,
           count(*) FILTER (WHERE r.state IN ('sent', 'reached', 'failed')
                              AND p.is_paid) AS paid,
           coalesce(sum(r.cost), 0) AS cost,
           coalesce(sum(r.cost), 0) / nullif(count(*) FILTER (
               WHERE r.state IN ('sent', 'reached', 'failed') AND p.is_paid), 0)
               AS cost_per_paid
      FROM property_reminder r
      JOIN property_reminder_campaign c ON c.id = r.campaign_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(left_open.amount), 1) <= 0.005 AS is_paid
      FROM (
            SELECT l.balance - coalesce((
                       SELECT sum(CASE WHEN x.debit_move_id = l.id THEN x.amount
                                       ELSE -x.amount END)
                         FROM account_partial_reconcile x
                        WHERE (x.debit_move_id = l.id OR x.credit_move_id = l.id)
                          AND x.max_date <= c.date_due), 0) AS amount
              FROM account_move m
              JOIN account_move_line l ON l.move_id = m.id
              JOIN account_account a ON a.id = l.account_id
                                    AND a.account_type = 'asset_receivable'
             WHERE r.state IN ('sent', 'reached', 'failed')
               AND m.commercial_partner_id = r.partner_id
               AND m.property_community_id = c.community_id
               AND m.invoice_date_due = c.date_due
               AND m.state = 'posted'
               AND m.move_type IN ('out_invoice', 'out_receipt')
               AND m.property_prepayment_id IS NULL
           ) left_open
      ) p
     WHERE r.channel IS NOT NULL
  GROUP BY r.campaign_id, r.channel, c.community_id, c.company_id, c.date_due,
           c.days_before
"""


class PropertyReminderResult(models.Model):
    """What each channel of a campaign came to: sent, reached, paid, and what it cost.

    Of channels that were used together each counts whoever paid.
    """

    _name = "property.reminder.result"
    _description = "Result of Reminders"
    _auto = False
    _order = "date_due desc, days_before desc, campaign_id, channel"
    _rec_name = "channel"

    campaign_id = fields.Many2one("property.reminder.campaign", readonly=True)
    community_id = fields.Many2one("property.community", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    channel = fields.Selection(CHANNELS, readonly=True)
    date_due = fields.Date("Due Date", readonly=True)
    days_before = fields.Integer("Days before", readonly=True, aggregator=None)
    planned = fields.Integer(readonly=True)
    sent = fields.Integer(readonly=True)
    reached = fields.Integer(readonly=True)
    failed = fields.Integer(readonly=True)
    skipped = fields.Integer("Not reminded", readonly=True)
    paid = fields.Integer(
        "Paid within the Term",
        readonly=True,
        help="All bills of the due date, by payments dated no later than it.",
    )
    cost = fields.Monetary(readonly=True)
    cost_per_paid = fields.Monetary(
        "Cost per Customer Who Paid", readonly=True, aggregator="avg"
    )

    @property
    def _table_query(self):
        for name in (
            "account.move",
            "account.move.line",
            "account.partial.reconcile",
            "property.reminder",
            "property.reminder.campaign",
        ):
            self.env[name].flush_model()
        return SQL(RESULT)

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Of several rows the cost per payer is not the mean of theirs."""
        if aggregate_spec != "cost_per_paid:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "SUM(%s) / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, "cost", query),
            self._field_to_sql(self._table, "paid", query),
        )
