from odoo import api, fields, models
from odoo.tools import SQL

SHORT_HASH = 12
MOST_CHANGED = 80


class PropertyBillingRun(models.Model):
    """What the two signers look at before they sign (procedure, clause 4.1.1)."""

    _inherit = "property.billing.run"

    comparison_ids = fields.One2many(
        "property.billing.comparison", "run_id", "Against Last Month", readonly=True
    )
    amount_change_rate = fields.Float(
        "Change in %",
        compute="_compute_amount_change_rate",
        help="Change against last month as a part of last month.",
    )
    content_hash_short = fields.Char(
        "Content", compute="_compute_content_hash_short", help="SHA-256, its beginning."
    )
    most_changed_ids = fields.Many2many(
        "property.charge",
        compute="_compute_most_changed_ids",
        string="Largest Changes",
        help="The charges that differ most from last month's.",
    )
    estimate_count = fields.Integer(compute="_compute_estimate_count")
    has_missing_readings = fields.Boolean(compute="_compute_has_missing_readings")

    @api.depends("amount_total", "community_id", "period")
    def _compute_amount_change_rate(self):
        for run in self:
            last = run.amount_previous
            run.amount_change_rate = run.amount_change / last if last else 0.0

    @api.depends("content_hash")
    def _compute_content_hash_short(self):
        for run in self:
            run.content_hash_short = (run.content_hash or "")[:SHORT_HASH]

    @api.depends("charge_ids.amount", "charge_ids.amount_previous")
    def _compute_most_changed_ids(self):
        charges = self.env["property.charge"]
        charges.flush_model(["run_id", "amount", "amount_previous"])
        for run in self:
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT id FROM property_charge WHERE run_id = %s
                  ORDER BY ABS(COALESCE(amount, 0) - COALESCE(amount_previous, 0)) DESC,
                           sort_key, id
                     LIMIT %s
                    """,
                    run._origin.id or 0,
                    MOST_CHANGED,
                )
            )
            run.most_changed_ids = charges.browse(row[0] for row in rows)

    @api.depends("charge_ids.is_estimate")
    def _compute_estimate_count(self):
        counts = dict(
            self.env["property.charge"]._read_group(
                [("run_id", "in", self.ids), ("is_estimate", "=", True)],
                ["run_id"],
                ["__count"],
            )
        )
        for run in self:
            run.estimate_count = counts.get(run, 0)

    @api.depends("exception_ids.kind")
    def _compute_has_missing_readings(self):
        missing = self.env["property.billing.exception"]._read_group(
            [("run_id", "in", self.ids), ("kind", "=", "no_reading")], ["run_id"]
        )
        runs = self.browse().union(*(run for (run,) in missing))
        for run in self:
            run.has_missing_readings = run in runs

    def action_open_charge_errors(self):
        """Open the charges that could not be invoiced, with the reasons."""
        action = self.action_open_charges()
        action["context"] = {"search_default_invoice_error": 1}
        return action

    def action_open_comparison(self):
        """Open the charges of the month and of the one before side by side."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_charge"
        )
        return {
            **action,
            "views": [(False, "pivot"), (False, "list"), (False, "graph")],
            "path": False,
            "domain": [
                ("community_id", "=", self.community_id.id),
                ("period", "in", [self._previous_period, self.period]),
            ],
            "context": {
                "pivot_row_groupby": ["fee_item_id", "building_id"],
                "pivot_column_groupby": ["period:month"],
                "pivot_measures": ["amount", "quantity", "__count"],
            },
        }
