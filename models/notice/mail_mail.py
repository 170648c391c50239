from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        """Ask "paid?" a last time: a notice that is paid, or cancelled, while its
        e-mail waits in the queue is not sent (procedure, section 4)."""
        stopped = self._property_paid_meanwhile()
        if stopped:
            stopped.cancel()
            notifications = stopped.env["mail.notification"].search(
                [("mail_mail_id", "in", stopped.ids)]
            )
            notifications.write(
                {
                    "notification_status": "canceled",
                    "failure_reason": self.env._("Paid or cancelled before sending."),
                }
            )
        return super(MailMail, self - stopped).send(
            auto_commit=auto_commit,
            raise_exception=raise_exception,
            post_send_callback=post_send_callback,
        )

    def _property_paid_meanwhile(self):
        mails = self.filtered(
            lambda mail: mail.model == "property.notice" and mail.state == "outgoing"
        )
        deliveries = self.env["property.delivery"].search(
            [
                ("channel", "=", "email"),
                ("mail_notification_id.mail_mail_id", "in", mails.ids),
            ]
        )
        return deliveries.filtered(
            lambda row: row.notice_id._is_no_longer_sent()
        ).mail_notification_id.mail_mail_id
