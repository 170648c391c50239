from odoo import models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _property_check_frozen(self):
        """:raises UserError: an evidence pack is kept as it was made"""
        super()._property_check_frozen()
        of_packs = self.filtered(
            lambda file: file.res_model == "property.evidence.pack"
        )
        if not of_packs:
            return
        # Whoever may change attachments need not be allowed to see the pack.
        packs = self.env["property.evidence.pack"].sudo()
        if packs.search([("attachment_id", "in", of_packs.ids)], limit=1):
            raise UserError(
                self.env._("This is an evidence pack; it is kept as it was made.")
            )
