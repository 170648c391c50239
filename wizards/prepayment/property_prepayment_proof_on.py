from odoo import fields, models
from odoo.tools import format_date


class PropertyPrepaymentProofOn(models.TransientModel):
    """Asks for a day and shows the proof at its end."""

    _name = "property.prepayment.proof.on"
    _description = "Prepayment Proof on a Date"

    date = fields.Date(required=True, default=fields.Date.context_today)

    def action_show(self):
        """Open the proof at the end of ``date``."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_prepayment_proof"
        )
        name = self.env._(
            "Prepayment Proof on %(day)s", day=format_date(self.env, self.date)
        )
        return {
            **action,
            "name": name,
            "display_name": name,
            "path": False,
            "context": {
                "property_as_of": fields.Date.to_string(self.date),
                "search_default_open": 1,
                "search_default_group_account": 1,
                "search_default_group_community": 2,
            },
        }

    def action_download(self):
        """Download the proof at the end of ``date`` as XLSX."""
        self.ensure_one()
        proof = self.env["property.prepayment.proof"]
        return proof.with_context(property_as_of=self.date).action_download()
