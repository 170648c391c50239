from odoo import models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _property_check_frozen(self):
        """:raises UserError: a certificate is kept as it was issued"""
        super()._property_check_frozen()
        of_certificates = self.filtered(
            lambda file: file.res_model == "property.certificate"
        )
        if not of_certificates:
            return
        # sudo: whoever may change attachments need not be allowed to see the
        # certificate.
        certificates = self.env["property.certificate"].sudo()
        frozen = certificates.search(
            [("attachment_id", "in", of_certificates.ids)], limit=1
        )
        if frozen:
            raise UserError(
                self.env._(
                    "This is %(certificate)s as it was issued; it is kept as it is.",
                    certificate=frozen.display_name,
                )
            )
