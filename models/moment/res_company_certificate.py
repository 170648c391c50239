from odoo import api, models

SEQUENCE = "property.certificate"


class ResCompany(models.Model):
    _inherit = "res.company"

    _property_certificate_days_positive = models.Constraint(
        "CHECK(property_certificate_days >= 0)",
        "A certificate is valid for a number of days, or without end.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._create_property_certificate_sequence()
        return companies

    @api.model
    def _init_property_certificate_sequence(self):
        # pylint: disable-next=no-search-all
        companies = self.with_context(active_test=False).search([])
        companies._create_property_certificate_sequence()

    def _create_property_certificate_sequence(self):
        """Give every company its own count of certificate numbers, once."""
        sequences = self.env["ir.sequence"].sudo()
        known = sequences.search(
            [("code", "=", SEQUENCE), ("company_id", "in", self.ids)]
        ).company_id
        sequences.create(
            [
                {
                    "name": self.env._("Certificate numbers"),
                    "code": SEQUENCE,
                    "company_id": company.id,
                    "prefix": "CERT-%(year)s-",
                    "padding": 5,
                    "use_date_range": True,
                }
                for company in self - known
            ]
        )
