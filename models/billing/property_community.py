from odoo import api, fields, models


class PropertyCommunity(models.Model):
    _inherit = "property.community"

    journal_id = fields.Many2one(
        "account.journal",
        "Fee Journal",
        domain="[('type', '=', 'sale'), ('company_id', '=', company_id)]",
        help="Sales journal of the fee invoices; the company's first one if empty.",
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        help="Used instead of the due day, for contracts that grant instalments.",
    )
    run_ids = fields.One2many("property.billing.run", "community_id")
    run_count = fields.Integer("Billing Runs", compute="_compute_run_count")
    rate_ids = fields.One2many("property.fee.rate", "community_id", "Rates")

    @api.depends("run_ids")
    def _compute_run_count(self):
        counts = dict(
            self.env["property.billing.run"]._read_group(
                [("community_id", "in", self.ids)], ["community_id"], ["__count"]
            )
        )
        for community in self:
            community.run_count = counts.get(community._origin, 0)

    @property
    def _fee_journal(self):
        """The journal of fee invoices; may be empty where a company has none."""
        return self.journal_id or self.env["account.journal"].search(
            [
                *self.env["account.journal"]._check_company_domain(self.company_id),
                ("type", "=", "sale"),
            ],
            limit=1,
        )

    @property
    def _payer_rules(self):
        company = self.company_id
        return company.property_handover_rule, company.property_transfer_rule
