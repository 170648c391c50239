from odoo import fields, models


class PropertyCommunity(models.Model):
    _inherit = "property.community"

    policy_id = fields.Many2one(
        "property.collection.policy",
        "Collection Policy",
        check_company=True,
        tracking=True,
        help="Empty: as in the company.",
    )
    cases_refreshed_on = fields.Datetime(readonly=True, copy=False)
    case_ids = fields.One2many("property.collection.case", "community_id")

    def _property_today(self):
        """Today's date where the community is, whatever the server's clock says."""
        self.ensure_one()
        zone = self.company_id._property_tz(self)
        return fields.Date.context_today(self.with_context(tz=zone))
