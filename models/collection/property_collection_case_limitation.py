from odoo import api, fields, models


class PropertyCollectionCase(models.Model):
    """The limitation of a customer's charges on his case."""

    _inherit = "property.collection.case"

    limitation_ids = fields.One2many("property.limitation", "case_id", "Limitations")
    limitation_date = fields.Date(
        "Limitation",
        compute="_compute_limitation_date",
        store=True,
        help="The day on which the next of the open charges can no longer be enforced; "
        "those that have expired already are left out.",
    )
    amount_expired = fields.Monetary(
        "Expired",
        compute="_compute_limitation_date",
        store=True,
        help="Open charges whose limitation has expired.",
    )

    @api.depends(
        "limitation_ids.date",
        "limitation_ids.is_expired",
        "limitation_ids.amount_residual",
    )
    def _compute_limitation_date(self):
        for case in self:
            rows = case.limitation_ids.filtered(lambda row: row.amount_residual > 0)
            expired = rows.filtered("is_expired")
            days = (rows - expired).filtered("date").mapped("date")
            case.limitation_date = min(days, default=False)
            case.amount_expired = sum(expired.mapped("amount_residual"))

    @api.depends("limitation_date")
    def _compute_priority(self):
        return super()._compute_priority()

    @api.depends("limitation_date")
    def _compute_next_action(self):
        return super()._compute_next_action()

    @api.model
    def _refresh_community(self, community):
        result = super()._refresh_community(community)
        self.env["property.limitation"]._refresh_community(community)
        # sudo: the scheduled action's work, whoever starts it.
        near = self.sudo().search(
            [
                ("community_id", "=", community.id),
                ("priority_reason", "=", "limitation_near"),
            ]
        )
        near._remind_later()
        return result

    def action_refresh(self):
        """Look at the limitation of the charges again as well."""
        result = super().action_refresh()
        self.env["property.limitation"]._refresh_cases(self)
        return result

    def action_open_limitation(self):
        """Open the limitation of the customer's charges."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_limitation"
        )
        action["domain"] = [("case_id", "=", self.id)]
        action["context"] = {}
        return action
