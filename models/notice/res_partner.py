from odoo import fields, models

FEWEST_DIGITS = 5


class ResPartner(models.Model):
    _inherit = "res.partner"

    property_notice_ids = fields.One2many(
        "property.notice", "partner_id", groups="property_fee_collection.group_user"
    )
    property_notice_count = fields.Integer(
        compute="_compute_property_notice_count",
        groups="property_fee_collection.group_user",
    )

    def _compute_property_notice_count(self):
        counts = dict(
            self.env["property.notice"]._read_group(
                [("partner_id", "in", self.commercial_partner_id.ids)],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.property_notice_count = counts.get(partner.commercial_partner_id, 0)

    def _property_sms_number(self, company):
        """The number as Odoo sends to it, or False.

        :param company: its country is that of whoever has none
        """
        self.ensure_one()
        country = self.country_id or company.country_id
        number = self._phone_format(number=self.phone, country=country)
        # Without the phonenumbers library Odoo takes any text.
        return number and sum(map(str.isdigit, number)) >= FEWEST_DIGITS and number

    def action_open_property_notices(self):
        """Open the notices of the customer."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_notice"
        )
        action["domain"] = [("partner_id", "in", self.commercial_partner_id.ids)]
        action["context"] = {}
        return action
