from odoo import fields, models
from odoo.tools import format_date

from . import contact_rules as rules
from .property_notice import OF_CASES

# An SMS of these kinds is a contact like a call.
TEXTED = (*OF_CASES, "reminder")


class PropertyNotice(models.Model):
    """Sending demands: the words of their kind, no more often than is allowed, and not
    to whom nothing is demanded of at present."""

    _inherit = "property.notice"

    def _needs_picture(self):
        return self.kind in OF_CASES or super()._needs_picture()

    def _email_template(self):
        if self.kind not in OF_CASES:
            return super()._email_template()
        return self.env.ref("property_fee_collection.mail_template_demand")

    def _sms_template(self):
        if self.kind not in OF_CASES:
            return super()._sms_template()
        return self.env.ref("property_fee_collection.sms_template_demand")

    def _send_refusal(self):
        refusal = super()._send_refusal()
        if refusal or self.kind not in OF_CASES:
            return refusal
        # sudo: whoever sends need not be allowed to see the agreements.
        return self.sudo()._why_suspended()

    def _sms_refusal(self):
        refusal = super()._sms_refusal()
        if refusal or self.kind not in TEXTED:
            return refusal
        return self._cap_refusal()

    def _cap_refusal(self):
        """An SMS about a demand or a reminder is a contact like a call (section 4)."""
        company, zone = self.company_id, self.company_id._property_tz(self.community_id)
        day = self.community_id._property_today()
        days = self.partner_id._property_contact_days(company, day, zone)
        cap = company.property_contact_cap
        if rules.busiest([*days, day], day) <= cap:
            return ""
        return self.env._(
            "%(customer)s was contacted %(cap)s times within seven days already; again "
            "from %(day)s",
            customer=self.partner_id.name,
            cap=cap,
            day=format_date(self.env, rules.next_free(days, day, cap)),
        )


class PropertyDelivery(models.Model):
    _inherit = "property.delivery"

    def _contact_failed(self, reason):
        self.partner_id._property_contact_failed(self.channel, reason)
        return super()._contact_failed(reason)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _property_contact_days(self, company, day, zone):
        """SMS about demands and reminders count as well, called off ones excepted."""
        days = super()._property_contact_days(company, day, zone)
        # sudo: what another community's staff sent counts as well.
        rows = self.env["property.delivery"].sudo()
        sent = rows.search(
            [
                ("partner_id", "=", self.id),
                ("company_id", "=", company.id),
                ("channel", "=", "sms"),
                ("notice_id.kind", "in", TEXTED),
                ("void_reason", "in", (False, "")),
                ("date", ">=", fields.Datetime.subtract(day, days=2 * rules.CAP_DAYS)),
            ]
        ).filtered(lambda row: row.email_state != "canceled")
        return [*days, *(row._local(zone).date() for row in sent)]
