from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# In millimetres, when nothing wraps: what stands above and below the rows.
HEAD_MM, TAIL_MM = 118.0, 88.0
# Inner widths of the columns whose text may wrap.
COLUMNS = {"unit": 36.0, "item": 56.0, "period": 41.0}


class PropertyNotice(models.Model):
    """Reminders before the due date (procedure, clause 5.3.1): one for each customer,
    community and due date, whichever campaign asks for it. It rests on posted invoices;
    nothing is invoiced outside a signed run or an agreement."""

    _inherit = "property.notice"

    campaign_id = fields.Many2one(
        "property.reminder.campaign",
        "Reminder Campaign",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    reminder_due = fields.Date(
        "Reminds of", readonly=True, copy=False, help="Due date of the bills."
    )
    reminder_ids = fields.One2many("property.reminder", "notice_id", copy=False)

    _reminder_once = models.UniqueIndex(
        "(community_id, partner_id, reminder_due) "
        "WHERE kind = 'reminder' AND state != 'cancelled'",
        "This customer already has a reminder of the due date.",
    )

    @api.model
    def _batch_fields(self):
        return (*super()._batch_fields(), "campaign_id")

    def _check_basis(self, kind):
        if kind != "reminder":
            return super()._check_basis(kind)
        for notice in self:
            campaign = notice.campaign_id
            if not notice.reminder_due or campaign.state != "running":
                raise UserError(
                    self.env._("A reminder is issued from a campaign that is sent.")
                )

    @api.model
    def _search_to_deliver(self, operator, value):
        """Reminders go by message and post; nobody walks from door to door with
        them."""
        found = super()._search_to_deliver(operator, value)
        if found is NotImplemented:
            return found
        reminder = Domain("kind", "=", "reminder")
        return found & ~reminder if True in value else found | reminder

    @api.depends("kind")
    def _compute_to_deliver(self):
        reminders = self.filtered(lambda notice: notice.kind == "reminder")
        reminders.to_deliver = False
        return super(PropertyNotice, self - reminders)._compute_to_deliver()

    # Sending --------------------------------------------------------------------------

    def _email_template(self):
        if self.kind != "reminder":
            return super()._email_template()
        return self.env.ref("property_fee_collection.mail_template_reminder")

    def _sms_template(self):
        if self.kind != "reminder":
            return super()._sms_template()
        return self.env.ref("property_fee_collection.sms_template_reminder")

    def _send_refusal(self):
        """ "Paid?", "opted out?" and "disputed?" asked again (invariant 8)."""
        refusal = super()._send_refusal()
        if refusal or self.kind != "reminder":
            return refusal
        if self.reminder_due < self.community_id._property_today():
            return self.env._("the due date is over")
        composer = self.env["property.notice.composer"].sudo()
        about = (self.community_id, self.reminder_due, self.partner_id)
        owed = composer._reminder_owed(*about).get(self.partner_id.id)
        if not owed:
            return self.env._("nothing is due any more")
        refused = composer._reminder_reasons(*about)
        return owed.reason or refused.get(self.partner_id.id, "")

    def _is_no_longer_sent(self):
        """What still waits in a queue when its campaign is cancelled is called off."""
        if super()._is_no_longer_sent():
            return True
        queued = self.reminder_ids.filtered(
            lambda row: row.delivery_id.email_state == "ready"
        )
        states = set(queued.campaign_id.mapped("state"))
        return states == {"cancelled"}

    def _is_refused_for_now(self, channel):
        """Whether a message that is refused may go out on another day."""
        return channel == "sms" and bool(self._quiet_refusal())

    def _amount_to_pay_now(self):
        """What of a reminder is still to be paid; part of it may be paid already."""
        self.ensure_one()
        return self._sums_to_pay_now()[self]

    def _sums_to_pay_now(self):
        composer = self.env["property.notice.composer"].sudo()
        sums = {}
        for (community, due), notices in self.grouped(
            lambda notice: (notice.community_id, notice.reminder_due)
        ).items():
            found = composer._reminder_owed(community, due, notices.partner_id)
            for notice in notices:
                owed = found.get(notice.partner_id.id)
                sums[notice] = owed.amount if owed else 0.0
        return sums

    def _sums_named_now(self):
        reminders = self.filtered(lambda notice: notice.kind == "reminder")
        return super()._sums_named_now() | reminders._sums_to_pay_now()

    def _note_seen_in_portal(self, user):
        """Whoever follows the link of a message was reached by it; staff excepted."""
        if self.kind == "reminder" and not user._is_internal():
            # Visitors write nothing; what they open is noted for them.
            rows = self.sudo().reminder_ids.filtered(
                lambda row: (
                    row.delivery_id
                    and row.channel in ("sms", "email")
                    and not row.opened_on
                )
            )
            rows.write({"opened_on": fields.Datetime.now()})
        return super()._note_seen_in_portal(user)

    # The letter -----------------------------------------------------------------------

    def _document(self, level=0):
        document = super()._document(level)
        if self.kind != "reminder":
            return document
        partner = self.partner_id
        return {
            **document,
            "address_lines": self._address_lines(),
            "greeting": partner.name,
            "has_credit": any(line.type == "credit" for line in self.line_ids),
        }

    def _address_lines(self):
        """The postal address as it stands on an envelope."""
        text = self.partner_id._display_address(without_company=True)
        return [line.strip(" ,") for line in text.split("\n") if line.strip(" ,")]

    def _measures(self):
        if self.kind != "reminder":
            return super()._measures()
        return {"head": HEAD_MM, "tail": TAIL_MM, "columns": COLUMNS}

    def _head_texts(self):
        texts = super()._head_texts()
        if self.kind != "reminder":
            return texts
        return texts[:3] + [(f"{self.community_id.name} {self.units_short}", 90.0)]

    def _tail_texts(self):
        texts = super()._tail_texts()
        if self.kind != "reminder":
            return texts
        return texts[:4]
