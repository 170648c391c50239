from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


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
        ids = tuple(filter(None, value)) or (0,)
        found = Domain.custom(to_sql=lambda *where: self._has_case(*where, ids))
        if False in value:
            found |= Domain.custom(to_sql=lambda *where: self._has_no_case(*where))
        return found

    @api.model
    def _has_case(self, _model, alias, _query, ids):
        return SQL(
            "EXISTS (SELECT FROM property_collection_case c WHERE c.id IN %s "
            "AND c.partner_id = %s AND c.community_id = %s)",
            ids,
            SQL.identifier(alias, "commercial_partner_id"),
            SQL.identifier(alias, "property_community_id"),
        )

    @api.model
    def _has_no_case(self, _model, alias, _query):
        return SQL(
            "NOT EXISTS (SELECT FROM property_collection_case c "
            "WHERE c.partner_id = %s AND c.community_id = %s)",
            SQL.identifier(alias, "commercial_partner_id"),
            SQL.identifier(alias, "property_community_id"),
        )

    def action_open_property_case(self):
        """Open the case of the customer in the community."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "property.collection.case",
            "res_id": self.property_case_id.id,
            "views": [(False, "form")],
        }

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._touch_property_cases()
        return posted

    def button_draft(self):
        result = super().button_draft()
        self._touch_property_cases()
        return result

    def write(self, vals):
        if "property_community_id" in vals:
            self._touch_property_cases()
        result = super().write(vals)
        if {"invoice_date_due", "property_community_id", "no_followup"} & set(vals):
            self._touch_property_cases()
        return result

    def _touch_property_cases(self):
        """Cases of the customers look at the ledger again. An unmatched payment names
        no community: it concerns all of the customer's cases."""
        cases = self.env["property.collection.case"]
        for community, moves in self.grouped("property_community_id").items():
            partners = moves.commercial_partner_id
            # An entry that releases what was paid ahead names customers, too; no debt
            # follows from it.
            debts = moves.line_ids.filtered(
                lambda line: line.account_id.account_type == "asset_receivable"
            )
            partners |= debts.partner_id.commercial_partner_id
            if not partners:
                continue
            cases._touch_customers(partners, community)
