from odoo import api, fields, models

SEQUENCE = "property.notice"


class ResCompany(models.Model):
    _inherit = "res.company"

    property_quiet_from = fields.Float(
        "Quiet Hours from",
        default=22.0,
        help="From this hour on nobody is called, texted or visited.",
    )
    property_quiet_to = fields.Float("Quiet Hours to", default=8.0)

    _property_quiet_hours = models.Constraint(
        "CHECK(property_quiet_from >= 0 AND property_quiet_from < 24 "
        "AND property_quiet_to >= 0 AND property_quiet_to < 24)",
        "Quiet hours lie between 00:00 and 23:59.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._create_property_notice_sequence()
        return companies

    @api.model
    def _init_property_notice_sequence(self):
        # pylint: disable-next=no-search-all
        companies = self.with_context(active_test=False).search([])
        companies._create_property_notice_sequence()

    def _create_property_notice_sequence(self):
        """Give every company its own count of notice numbers, once."""
        sequences = self.env["ir.sequence"].sudo()
        known = sequences.search(
            [("code", "=", SEQUENCE), ("company_id", "in", self.ids)]
        ).company_id
        sequences.create(
            [
                {
                    "name": self.env._("Notice numbers"),
                    "code": SEQUENCE,
                    "company_id": company.id,
                    "prefix": "%(year)s-%(month)s-",
                    "padding": 5,
                }
                for company in self - known
            ]
        )
