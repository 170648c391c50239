from datetime import datetime, time, timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import date_utils


class PropertyFigure(models.Model):
    """What stands behind a figure."""

    _inherit = "property.figure"

    def action_open_invoices(self):
        """Open the invoices and credit notes of the month behind the figure."""
        domain = Domain("property_community_id", "=", self.community_id.id)
        domain &= Domain("state", "=", "posted")
        domain &= Domain("property_period", "=", self.period) | (
            Domain("property_period", "=", False)
            & Domain("date", ">=", self.period)
            & Domain("date", "<=", self._last_day())
        )
        domain &= Domain("move_type", "in", ["out_invoice", "out_refund"])
        domain &= self._place("property_unit_id.")
        if self.fee_item_id:
            domain &= Domain(
                "line_ids.property_charge_id.fee_item_id", "=", self.fee_item_id.id
            )
        return self._action_list("account.move", self.env._("Invoices"), domain)

    def action_open_items(self):
        """Open the journal items of the receivables that are open today of what was
        due until then."""
        domain = Domain("move_id.property_community_id", "=", self.community_id.id)
        domain &= Domain("account_id.account_type", "=", "asset_receivable")
        domain &= Domain("parent_state", "=", "posted")
        domain &= Domain("reconciled", "=", False)
        domain &= Domain("date_maturity", "<=", self.as_of or self._last_day())
        domain &= self._place("move_id.property_unit_id.")
        name = self.env._("Journal Items")
        return self._action_list("account.move.line", name, domain)

    def action_open_arrears(self):
        """Open the cases of who owes today."""
        domain = Domain("community_id", "=", self.community_id.id)
        domain &= Domain("state", "!=", "closed")
        if self.collector_id:
            domain &= Domain("user_id", "=", self.collector_id.id)
        if self.reason:
            domain &= Domain("reason", "=", self.reason)
        if self.building_id:
            domain &= Domain("unit_ids.building_id", "=", self.building_id.id)
        name = self.env._("Cases")
        return self._action_list("property.collection.case", name, domain)

    def action_open_units(self):
        """Open the units."""
        domain = Domain("community_id", "=", self.community_id.id) & self._place("")
        return self._action_list("property.unit", self.env._("Units"), domain)

    def action_open_contacts(self):
        """Open the contacts of the month."""
        first = datetime.combine(self.period, time.min) - timedelta(hours=14)
        last = datetime.combine(self._last_day(), time.max) + timedelta(hours=14)
        domain = Domain("community_id", "=", self.community_id.id)
        domain &= Domain("date", ">=", first) & Domain("date", "<=", last)
        if self.channel:
            domain &= Domain("channel", "=", self.channel)
        if self.collector_id:
            domain &= Domain("user_id", "=", self.collector_id.id)
        return self._action_list("property.contact", self.env._("Contacts"), domain)

    def _last_day(self):
        return date_utils.end_of(self.period, "month")

    def _place(self, unit):
        domain = Domain.TRUE
        if self.building_id:
            domain &= Domain(f"{unit}building_id", "=", self.building_id.id)
        if self.unit_type:
            domain &= Domain(f"{unit}unit_type", "=", self.unit_type)
        return domain

    def _action_list(self, model, name, domain):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "name": name,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": list(domain),
            "context": {"create": False},
        }
