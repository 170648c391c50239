from odoo import models


class PropertyBillingRun(models.Model):
    _inherit = "property.billing.run"

    def action_open_ledger(self):
        """Open the owner payment ledger of the run's community and month."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_ledger_line"
        )
        action["domain"] = [
            ("community_id", "=", self.community_id.id),
            ("period", "=", self.period),
        ]
        action["context"] = {"search_default_group_building": 1}
        return action

    def action_download_ledger(self):
        """Download the owner payment ledger of the run's community and month."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/property_fee_collection/ledger/{self.id}.xlsx",
            "target": "download",
        }
