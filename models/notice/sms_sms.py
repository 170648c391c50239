from odoo import api, models
from odoo.fields import Domain


class SmsSms(models.Model):
    """ "Paid?" and "how much?" asked a last time, and nobody woken up (procedure,
    section 4)."""

    _inherit = "sms.sms"

    def _send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        """Send what may be sent now: an SMS about a notice that is paid or cancelled is
        called off, one that would come in the quiet hours waits in the queue."""
        notices = self._property_notices()
        paid = self.filtered(
            lambda sms: sms in notices and notices[sms]._is_no_longer_sent()
        )
        paid._property_call_off()
        late = (self - paid).filtered(
            lambda sms: sms in notices and notices[sms].community_id._is_quiet()
        )
        late._property_try_later(notices)
        rest = self - paid - late
        rest -= rest._property_queue_anew()
        if not rest:
            return None
        return super(SmsSms, rest)._send(
            unlink_failed=unlink_failed,
            unlink_sent=unlink_sent,
            raise_exception=raise_exception,
        )

    @api.model
    def _process_queue(self):
        # Those that wait for the morning must not keep the others from their turn.
        waiting = self.search([("state", "=", "outgoing"), ("to_delete", "!=", True)])
        notices = waiting._property_notices()
        quiet = {
            community: community._is_quiet()
            for community in self.env["property.notice"]
            .union(*notices.values())
            .community_id
        }
        late = waiting.filtered(
            lambda sms: sms in notices and quiet[notices[sms].community_id]
        )
        late._property_try_later(notices)
        queue = self.with_context(property_sms_late=tuple(late.ids)) if late else self
        return super(SmsSms, queue)._process_queue()

    @api.model
    def _search(self, domain, *args, **kwargs):
        late = self.env.context.get("property_sms_late")
        if late:
            domain = Domain(domain) & Domain("id", "not in", late)
        return super()._search(domain, *args, **kwargs)

    def _property_notices(self):
        """{SMS: the notice it is about}"""
        # sudo: the queue belongs to the system, whoever sends it off.
        of_notices = self.sudo().filtered(
            lambda sms: sms.mail_message_id.model == "property.notice"
        )
        ids = of_notices.mapped("mail_message_id.res_id")
        known = set(self.env["property.notice"].sudo().browse(ids).exists().ids)
        notices = self.env["property.notice"].sudo().browse(known)
        return {
            self.browse(sms.id): notices.browse(sms.mail_message_id.res_id)
            for sms in of_notices
            if sms.mail_message_id.res_id in known
        }

    def _property_queue_anew(self):
        """Those that name a sum which is no longer right: others take their place."""
        # sudo: the queue belongs to the system.
        deliveries = self.env["property.delivery"].sudo()
        known = deliveries.search(
            [
                ("channel", "=", "sms"),
                ("mail_notification_id.sms_id_int", "in", self.ids),
            ]
        )
        stopped = known._call_off_outdated(
            lambda row, reason: self.browse(
                row.mail_notification_id.sms_id_int
            )._property_call_off(reason)
        )
        return self.browse(stopped.mail_notification_id.mapped("sms_id_int"))

    def _property_call_off(self, reason=None):
        if not self:
            return
        self.action_set_canceled()
        notifications = self.env["mail.notification"].sudo()
        notifications.search([("sms_id_int", "in", self.ids)]).write(
            {
                "failure_reason": reason
                or self.env._("Paid or cancelled before sending.")
            }
        )

    def _property_try_later(self, notices):
        """The queue is looked at again when the quiet hours are over."""
        communities = (
            self.env["property.notice"]
            .union(*(notices[sms] for sms in self))
            .community_id
        )
        cron = self.env.ref("sms.ir_cron_sms_scheduler_action")
        # sudo: the queue belongs to the system.
        for moment in {community._quiet_ends() for community in communities}:
            cron.sudo()._trigger(moment)
