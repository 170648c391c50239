from odoo import api, fields, models
from odoo.fields import Domain


class AccountMove(models.Model):
    """The case of an invoice's customer in its community."""

    _inherit = "account.move"

    property_case_id = fields.Many2one(
        "property.collection.case",
        "Collection Case",
        compute="_compute_property_case_id",
        search="_search_property_case_id",
        groups="property_fee_collection.group_user",
    )
    property_dispute_ids = fields.One2many(
        "property.dispute",
        "move_id",
        "Disputes",
        groups="property_fee_collection.group_user",
    )

    @api.depends("commercial_partner_id", "property_community_id")
    def _compute_property_case_id(self):
        cases = self.env["property.collection.case"]._of_customers(
            self.commercial_partner_id, self.property_community_id
        )
        for move in self:
            key = move.commercial_partner_id.id, move.property_community_id.id
            move.property_case_id = cases.get(key)

    @api.model
    def _search_property_case_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        cases = self.env["property.collection.case"].browse(value)
        return Domain.OR(
            Domain("commercial_partner_id", "=", case.partner_id.id)
            & Domain("property_community_id", "=", case.community_id.id)
            for case in cases.exists()
        )

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._touch_property_cases()
        return posted

    def button_draft(self):
        result = super().button_draft()
        self._touch_property_cases()
        return result

    def write(self, vals):
        result = super().write(vals)
        if {"invoice_date_due", "property_community_id", "no_followup"} & set(vals):
            self._touch_property_cases()
        return result

    def _touch_property_cases(self):
        """Cases of the customers look at the ledger again. An unmatched payment names
        no community: it concerns all of the customer's cases."""
        if self.env.context.get("property_no_touch"):
            return
        cases = self.env["property.collection.case"]
        for community, moves in self.grouped("property_community_id").items():
            partners = moves.commercial_partner_id
            partners |= moves.line_ids.partner_id.commercial_partner_id
            cases._touch_customers(partners, community)
