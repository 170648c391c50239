from odoo import api, models
from odoo.exceptions import UserError


class PropertyNotice(models.Model):
    """E-mail through Odoo's own queue. Its state is read from Odoo's notification; each
    attempt is a delivery."""

    _inherit = "property.notice"

    def action_send_email(self):
        """Queue the frozen PDF to the customers by e-mail, in their language.

        Who has paid meanwhile, has no address or opted out gets none and is listed
        with the reason.

        :raises UserError: when nothing at all can be sent, with the reasons
        """
        self._check_may_issue()
        refused = {notice: notice._email_refusal() for notice in self}
        return self._send(refused, "email")

    def _send(self, refused, channel):
        """Queue what can be sent and say what cannot.

        :param refused: {notice: why it cannot be sent, or an empty text}
        """
        to_send = self.filtered(lambda notice: not refused[notice])
        reasons = [
            f"{notice.display_name}: {reason}"
            for notice, reason in refused.items()
            if reason
        ]
        if not to_send:
            raise UserError("\n".join(reasons))
        getattr(to_send, f"_queue_{channel}")()
        return self._queue_report(len(to_send), channel, reasons)

    def _is_no_longer_sent(self):
        """Asked of what waits in a queue: whether it is called off."""
        return bool(self._send_refusal())

    def _send_refusal(self):
        """Why the notice is not sent by any message now, or an empty text."""
        self.ensure_one()
        if self.state in ("draft", "cancelled"):
            return self.env._("not issued")
        if not self._still_owed():
            return self.env._("paid meanwhile")
        return ""

    def _email_refusal(self):
        """Why the notice cannot be sent by e-mail, or an empty text."""
        refusal = self._send_refusal()
        if refusal:
            return refusal
        partner = self.partner_id
        if not partner.email_normalized:
            return self.env._(
                "%(customer)s has no e-mail address", customer=partner.name
            )
        # The blacklist is Odoo's, readable by those who mail.
        if partner.sudo().is_blacklisted:
            return self.env._("%(customer)s has opted out", customer=partner.name)
        if self._is_queued("email"):
            return self.env._("already in the mail queue")
        return ""

    def _is_queued(self, channel):
        return any(
            row.channel == channel and row.email_state == "ready"
            for row in self.delivery_ids
        )

    def _still_owed(self):
        """Ask "paid?" again: whether anything on the notice is open now."""
        self.ensure_one()
        return bool(self._open_moves())

    def _sums_named_now(self):
        """{notice: the sum in a message that changes with what is paid}; 0.0 where a
        message names what stands on the notice."""
        return dict.fromkeys(self, 0.0)

    def _email_template(self):
        return self.env.ref("property_fee_collection.mail_template_notice")

    def _queue_email(self):
        """:return: the deliveries, one for each notice"""
        texts = {}
        for template, notices in self.grouped(
            lambda notice: notice._email_template()
        ).items():
            # Templates are rendered with their own rights, as Odoo's composer does.
            texts |= template.sudo()._generate_template(
                notices.ids, ("subject", "body_html")
            )
        deliveries, sums = [], self._sums_named_now()
        for notice in self:
            text = texts[notice.id]
            message = notice.sudo()._post_email(text["subject"], text["body_html"])
            notification = message.notification_ids.filtered(
                lambda n, partner=notice.partner_id: n.res_partner_id == partner
            )
            deliveries.append(
                {
                    "notice_id": notice.id,
                    "channel": "email",
                    "recipient": notice.partner_id.email_formatted,
                    "relation": "owner",
                    "amount": sums[notice],
                    "mail_notification_id": notification.id,
                }
            )
        # What the system sends it notes itself, in the user's name.
        return self.env["property.delivery"].sudo().create(deliveries)

    def _post_email(self, subject, body):
        """Post on the notice and leave the e-mail in the queue."""
        # In the name of the user; posting an attachment of the notice asks for more
        # rights on it than he needs.
        return self.with_context(mail_create_nosubscribe=True).message_post(
            author_id=self.env.user.partner_id.id,
            subject=subject,
            body=body,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            partner_ids=self.partner_id.ids,
            attachment_ids=self.attachment_id.ids,
            email_layout_xmlid="mail.mail_notification_light",
            force_send=False,
            force_email_lang=self.lang,
            mail_auto_delete=False,
            notify_skip_followers=True,
        )

    @api.model
    def _queue_report(self, count, channel, reasons):
        if channel == "sms":
            title = self.env._("%(count)s SMS are in the queue.", count=count)
        else:
            title = self.env._("%(count)s e-mails are in the queue.", count=count)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if reasons else "success",
                "sticky": bool(reasons),
                "title": title,
                "message": "\n".join(reasons),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
