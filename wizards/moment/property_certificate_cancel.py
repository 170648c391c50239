from odoo import fields, models


class PropertyCertificateCancel(models.TransientModel):
    """Asks why a certificate is cancelled."""

    _name = "property.certificate.cancel"
    _description = "Cancel a Certificate"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("certificate_id",))

    certificate_id = fields.Many2one(
        "property.certificate", required=True, ondelete="cascade"
    )
    community_id = fields.Many2one(related="certificate_id.community_id")
    company_id = fields.Many2one(related="certificate_id.company_id")
    reason = fields.Char(required=True)

    def action_apply(self):
        """Cancel the certificate.

        :raises UserError: without a reason
        """
        self.certificate_id._cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}
