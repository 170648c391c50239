from odoo import api, fields, models


class PropertyCommunity(models.Model):
    _inherit = "property.community"

    policy_id = fields.Many2one(
        "property.collection.policy",
        "Collection Policy",
        check_company=True,
        tracking=True,
        help="Empty: as in the company.",
    )
    cases_refreshed_on = fields.Datetime(readonly=True, copy=False)
    case_ids = fields.One2many("property.collection.case", "community_id")
    case_count = fields.Integer(compute="_compute_case_count")

    @api.depends("case_ids.state")
    def _compute_case_count(self):
        counts = dict(
            self.env["property.collection.case"]._read_group(
                [("community_id", "in", self.ids), ("state", "!=", "closed")],
                ["community_id"],
                ["__count"],
            )
        )
        for community in self:
            community.case_count = counts.get(community._origin, 0)

    def _refreshed_since(self, start):
        """Whether another worker has been here since; what was read before the lock
        may be older than what he wrote."""
        self.invalidate_recordset(["cases_refreshed_on"])
        return bool(self.cases_refreshed_on) and self.cases_refreshed_on > start

    def action_open_cases(self):
        """Open the cases of the community."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_collection_case"
        )
        action["domain"] = [("community_id", "in", self.ids)]
        return action

    def _company_users(self):
        """Who decides for the company, in the order in which they are asked: of its
        group those who are named in the community, those who do not merely run the
        system, then the others.

        :return: users, in sudo: not everybody may look into the list of users
        """
        self.ensure_one()
        group = self.env.ref("property_fee_collection.group_company")
        users = self.env["res.users"].sudo()
        users = users.search(
            [
                ("all_group_ids", "in", group.ids),
                ("company_ids", "in", self.company_id.ids),
                ("share", "=", False),
            ],
            order="id",
        )
        named = users & self.sudo().member_ids
        return named | users.filtered(lambda user: not user._is_system()) | users
