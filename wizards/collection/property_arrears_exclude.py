from odoo import fields, models


class PropertyArrearsExclude(models.TransientModel):
    """Asks why customers get no notice from a statement."""

    _name = "property.arrears.exclude"
    _description = "Exclude Customers from Notices"
    _inherit = ["property.community.bound"]

    line_ids = fields.Many2many("property.arrears.line", string="Customers")
    reason = fields.Char(required=True)

    def action_apply(self):
        """Exclude the customers; the user writes the lines with his own rights."""
        self.line_ids.write({"excluded": True, "exclude_reason": self.reason})
        return {"type": "ir.actions.client", "tag": "soft_reload"}
