from odoo import api, models
from odoo.exceptions import UserError

CONTENT = {
    "raw",
    "datas",
    "db_datas",
    "store_fname",
    "checksum",
    "type",
    "url",
    "name",
    "mimetype",
    "res_model",
    "res_id",
    "res_field",
    "public",
    # Whoever has the token reads the file without logging in.
    "access_token",
}


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        if CONTENT & set(vals):
            self._property_check_frozen()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_property_frozen(self):
        self._property_check_frozen()

    def _property_check_frozen(self):
        """:raises UserError: the PDF of what was issued, and the signature and
        pictures of a delivery, are kept as they are"""
        self._property_check_evidence()
        for name, files in self.grouped("res_model").items():
            if name not in self._property_frozen_models():
                continue
            # Whoever may change attachments need not be allowed to see the document.
            frozen = (
                self.env[name]
                .sudo()
                .search([("attachment_id", "in", files.ids)], limit=1)
            )
            if frozen:
                raise UserError(
                    self.env._(
                        "This is %(notice)s as it was issued; it is kept as it is.",
                        notice=frozen.display_name,
                    )
                )

    @api.model
    def _property_frozen_models(self):
        """Models of documents that are rendered once (property.frozen.pdf)."""
        return ["property.notice"]

    def _property_check_evidence(self):
        of_deliveries = self.filtered(
            lambda file: file.res_model == "property.delivery" and file.res_id
        )
        if not of_deliveries:
            return
        # Whoever may change attachments need not be allowed to see the delivery.
        frozen = of_deliveries.filtered("res_field") or self.env[
            "property.delivery"
        ].sudo().search([("attachment_ids", "in", of_deliveries.ids)], limit=1)
        if frozen:
            raise UserError(
                self.env._("This file is evidence of a delivery; it is kept as it is.")
            )
