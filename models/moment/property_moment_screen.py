from odoo import api, fields, models


class PropertyMoment(models.Model):
    """What leads from the desk to certificates and the customer's case."""

    _inherit = "property.moment"

    certificate_count = fields.Integer(
        "Certificates", compute="_compute_certificate_count"
    )

    @api.depends_context("uid")
    def _compute_certificate_count(self):
        counts = dict(
            self.env["property.certificate"]._read_group(
                [("moment_id", "in", self.ids)], ["moment_id"], ["__count"]
            )
        )
        for moment in self:
            moment.certificate_count = counts.get(moment._origin, 0)

    def action_certificate(self):
        """Draft a certificate for the customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "property.certificate",
            "view_mode": "form",
            "name": self.env._("Certificate"),
            "context": {"default_moment_id": self.id},
        }

    def action_open_certificates(self):
        """Certificates that were issued on this occasion."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_certificate"
        )
        action["domain"] = [("moment_id", "in", self.ids)]
        action["context"] = {"default_moment_id": self[:1].id}
        return action

    def action_open_case(self):
        """Open the customer's collection case."""
        self.ensure_one()
        return self.case_id.get_formview_action()

    def _open_of(self, domain, **defaults):
        """The list of moments in a domain."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_moment"
        )
        action["domain"] = domain
        action["context"] = {f"default_{name}": id_ for name, id_ in defaults.items()}
        return action
