from odoo import models

from .delivery_facts import is_wrong_data


class MailNotification(models.Model):
    _inherit = "mail.notification"

    def write(self, vals):
        """A bounced notice says that an address or a number is wrong (clause 5.2)."""
        before = {row: row.notification_status for row in self}
        result = super().write(vals)
        if "notification_status" in vals:
            self.filtered(
                lambda row: row.notification_status != before[row]
            )._property_wrong_data()
        return result

    def _property_wrong_data(self):
        failed = self.filtered(
            lambda row: is_wrong_data(row.notification_status, row.failure_type)
        )
        if not failed:
            return
        # sudo: mail servers and SMS providers report failures, not users.
        deliveries = self.env["property.delivery"].sudo()
        for row in deliveries.search([("mail_notification_id", "in", failed.ids)]):
            types = failed._fields["failure_type"]._description_selection(self.env)
            reason = row.email_failure or dict(types).get(row.email_failure_type)
            row._contact_failed(reason or "")
