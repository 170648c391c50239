from odoo import api, fields, models
from odoo.fields import Command

from ...models.collection.arrears_outlook import noticed
from ...models.collection.calendar import step_due
from ...models.collection.outlook import SKIP_REASONS, Facts, skip_reason


class PropertyCollectionSimulation(models.TransientModel):
    """With this policy, who would get which notice on that day? Writes nothing."""

    _name = "property.collection.simulation"
    _description = "Policy Simulation"
    _inherit = ["property.community.bound"]

    policy_id = fields.Many2one(
        "property.collection.policy",
        required=True,
        default=lambda self: self._default_policy(),
    )
    date = fields.Date(
        "On the Day",
        required=True,
        default=fields.Date.context_today,
        help="As if nothing was paid or agreed until then.",
    )
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    community_ids = fields.Many2many(
        "property.community",
        string="Communities",
        required=True,
        default=lambda self: self._default_communities(),
    )
    line_ids = fields.One2many("property.collection.simulation.line", "simulation_id")
    notice_count = fields.Integer("Notices", compute="_compute_notice_count")

    @api.model
    def _default_policy(self):
        return self.env.company.property_policy_id or self.env.ref(
            "property_fee_collection.policy_default", raise_if_not_found=False
        )

    @api.model
    def _default_communities(self):
        return self.env["property.community"].search(
            [("company_id", "=", self.env.company.id)]
        )

    @api.depends("line_ids.step_id", "line_ids.skip_reason")
    def _compute_notice_count(self):
        for simulation in self:
            simulation.notice_count = len(
                simulation.line_ids.filtered(lambda line: not line.skip_reason)
            )

    def action_simulate(self):
        """Show who would get a notice on the day, and who none and why.

        Company currency; as if nothing was paid until then.
        """
        self.ensure_one()
        self.community_ids.check_access("read")
        # Team members see what their customers owe without being accountants.
        lines = [
            Command.create(vals)
            for community in self.community_ids
            for vals in self.sudo()._line_vals(community)
        ]
        self.line_ids = [Command.clear(), *lines]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_collection_simulation_line"
        )
        action["domain"] = [("simulation_id", "=", self.id)]
        action["name"] = self.env._(
            "%(policy)s on %(day)s: %(count)s notices",
            policy=self.policy_id.name,
            day=fields.Date.to_string(self.date),
            count=self.notice_count,
        )
        return action

    def _line_vals(self, community):
        ledger = self.env["property.collection.ledger"]
        standings, units = ledger._standings(community, self.date)
        partners = self.env["res.partner"].browse(standings)
        cases = self.env["property.collection.case"]._of_customers(partners, community)
        none = self.env["property.collection.case"]
        highest, _steps = noticed(none.concat(*cases.values()))
        for partner, found in standings.items():
            step = step_due(self.policy_id.step_ids, found.months)
            case = cases.get((partner, community.id))
            facts = self._facts(found, step, case, highest)
            if not found.is_settled:
                yield {
                    "partner_id": partner,
                    "community_id": community.id,
                    "unit_names": ", ".join(
                        units[partner].sorted("sort_key").mapped("display_name")
                    ),
                    "anchor_date": found.anchor,
                    "months_unpaid": found.months,
                    "amount": found.amount_overdue,
                    "step_id": step.id if step else False,
                    "skip_reason": skip_reason(facts),
                }

    def _facts(self, found, step, case, highest):
        suspension = case and case._suspended_by(found, self.date)
        return Facts(
            has_anchor=bool(found.anchor),
            is_creditor=found.is_net_creditor,
            amount_disputed=found.amount_disputed,
            amount_paused=found.amount_paused,
            suspension=suspension or None,
            is_at_law=bool(case and case.state == "legal"),
            notice_kind=step.notice_kind if step else None,
            months_noticed=highest.get((case and case.id, found.anchor), 0),
            step_months=step.months if step else 0,
            # Whether an earlier notice has arrived by then, nobody knows today.
            is_warned=True,
        )


class PropertyCollectionSimulationLine(models.TransientModel):
    _name = "property.collection.simulation.line"
    _description = "Policy Simulation Line"
    _inherit = ["property.community.bound"]
    _order = "months_unpaid desc, amount desc, id"

    simulation_id = fields.Many2one(
        "property.collection.simulation", required=True, ondelete="cascade"
    )
    partner_id = fields.Many2one("res.partner", "Customer")
    community_id = fields.Many2one("property.community")
    currency_id = fields.Many2one(related="community_id.currency_id")
    unit_names = fields.Char("Units")
    anchor_date = fields.Date("Unpaid Since")
    months_unpaid = fields.Integer(aggregator=None)
    amount = fields.Monetary("Overdue")
    step_id = fields.Many2one("property.collection.step", "Stage")
    notice_kind = fields.Selection(related="step_id.notice_kind", string="Notice")
    skip_reason = fields.Selection(SKIP_REASONS, "No Notice Because")
