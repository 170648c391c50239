from odoo import models

from .contact_hours import hour_text


class PropertyNotice(models.Model):
    """SMS through Odoo's own queue: that a notice is there, its sum, its due date and
    the link to its page. Its state is read from Odoo's notification; each attempt is a
    delivery."""

    _inherit = "property.notice"

    def action_send_sms(self):
        """Queue an SMS about issued notices to the customers, in their language.

        Who has paid meanwhile, has no phone or opted out gets none, nor does anybody in
        the quiet hours (procedure, section 4); each is listed with the reason.

        :raises UserError: when nothing at all can be sent, with the reasons
        """
        self._check_may_issue()
        refused = {notice: notice._sms_refusal() for notice in self}
        return self._send(refused, "sms")

    def _sms_refusal(self):
        """Why no SMS is sent about the notice, or an empty text."""
        refusal = self._send_refusal()
        if refusal:
            return refusal
        # The blacklist is Odoo's, readable by those who text.
        partner = self.partner_id.sudo()
        if not partner.phone:
            return self.env._("%(customer)s has no phone", customer=partner.name)
        number = self._sms_number()
        if not number:
            return self.env._(
                "the number of %(customer)s is not a phone number",
                customer=partner.name,
            )
        blacklist = self.env["phone.blacklist"].sudo()
        if blacklist.search_count([("number", "=", number)], limit=1):
            return self.env._("%(customer)s has opted out", customer=partner.name)
        if self._is_queued("sms"):
            return self.env._("already in the SMS queue")
        return self._quiet_refusal()

    def _quiet_refusal(self):
        community, company = self.community_id, self.company_id
        if not community._is_quiet():
            return ""
        return self.env._(
            "nobody is texted between %(quiet_from)s and %(quiet_to)s",
            quiet_from=hour_text(company.property_quiet_from),
            quiet_to=hour_text(company.property_quiet_to),
        )

    def _sms_number(self):
        """The customer's number as Odoo sends to it, or False."""
        return self.partner_id._property_sms_number(self.company_id)

    def _sms_template(self):
        return self.env.ref("property_fee_collection.sms_template_notice")

    def _queue_sms(self):
        """:return: the deliveries, one for each notice"""
        texts = {}
        for (template, lang), notices in self.grouped(
            lambda notice: (notice._sms_template(), notice.lang)
        ).items():
            # Templates are rendered with their own rights, as Odoo's composer does.
            in_lang = template.sudo().with_context(lang=lang)
            texts |= in_lang._render_field("body", notices.ids)
        deliveries, sums = [], self._sums_named_now()
        for notice in self:
            number = notice._sms_number()
            message = notice.sudo()._post_sms(texts[notice.id], number)
            deliveries.append(
                {
                    "notice_id": notice.id,
                    "channel": "sms",
                    "recipient": number,
                    "relation": "owner",
                    "amount": sums[notice],
                    "mail_notification_id": message.notification_ids.filtered(
                        lambda n: n.notification_type == "sms"
                    ).id,
                }
            )
        # What the system sends it notes itself, in the user's name.
        return self.env["property.delivery"].sudo().create(deliveries)

    def _post_sms(self, body, number):
        """Post on the notice and leave the SMS in the queue, in the name of the
        user."""
        partner = self.partner_id
        return self.with_context(mail_create_nosubscribe=True)._message_sms(
            body,
            author_id=self.env.user.partner_id.id,
            partner_ids=partner.ids,
            sms_pid_to_number={partner.id: number},
            # Without followers (notify_skip_followers) Odoo would write an e-mail.
            put_in_queue=True,
        )
