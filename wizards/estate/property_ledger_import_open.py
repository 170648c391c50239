from odoo import models


class PropertyLedgerImport(models.Model):
    """What an import brought in, and what it had to say, on the screen."""

    _inherit = "property.ledger.import"

    def action_open_units(self):
        """Open the units that the ledger brought in."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_unit"
        )
        return {**action, "domain": self._unit_domain(), "context": {}}

    def action_open_moves(self):
        """Open the opening invoices and the entry of opening prepayments."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Opening Invoices and Entries"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("property_ledger_import_id", "in", self.ids)],
            "context": {"create": False},
        }

    def action_open_lines(self):
        """Open the errors and warnings where they can be filtered."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Errors and Warnings"),
            "res_model": "property.ledger.import.line",
            "view_mode": "list",
            "domain": [("import_id", "=", self.id)],
        }

    def action_download_lines(self):
        """Download the errors and warnings as a workbook."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/property_fee_collection/owner_ledger/{self.id}/messages",
            "target": "download",
        }
