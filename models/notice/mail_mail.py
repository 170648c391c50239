from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        """Ask "paid?" a last time: a notice that is paid, or cancelled, while its
        e-mail waits in the queue is not sent (procedure, section 4); one of which part
        is paid is sent anew with the right sum."""
        deliveries = self._property_deliveries()
        paid = deliveries.filtered(lambda row: row.notice_id._is_no_longer_sent())
        self._property_call_off(paid, self.env._("Paid or cancelled before sending."))
        anew = (deliveries - paid)._call_off_outdated(self._property_call_off)
        if anew:
            # sudo: the queue belongs to the system.
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        stopped = (paid | anew).mail_notification_id.mail_mail_id
        return super(MailMail, self - stopped).send(
            auto_commit=auto_commit,
            raise_exception=raise_exception,
            post_send_callback=post_send_callback,
        )

    def _property_call_off(self, deliveries, reason):
        notifications = deliveries.mail_notification_id
        notifications.mail_mail_id.cancel()
        notifications.write(
            {"notification_status": "canceled", "failure_reason": reason}
        )

    def _property_deliveries(self):
        """The deliveries that these wait to be."""
        mails = self.filtered(
            lambda mail: mail.model == "property.notice" and mail.state == "outgoing"
        )
        # sudo: the queue belongs to the system, whoever sends it off.
        return (
            self.env["property.delivery"]
            .sudo()
            .search(
                [
                    ("channel", "=", "email"),
                    ("mail_notification_id.mail_mail_id", "in", mails.ids),
                ]
            )
        )
