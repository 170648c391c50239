from odoo import api, fields, models
from odoo.exceptions import UserError

from .contact_hours import hour_text, is_quiet
from .delivery_outcome import EMAIL_OUTCOME

# A wrong row is not rewritten; it is voided with a reason and another one added.
FACTS = {
    "notice_id",
    "channel",
    "date",
    "user_id",
    "recipient",
    "relation",
    "outcome",
    "witness",
    "signature",
    "mail_notification_id",
}
NEEDS_WITNESS = ("refused", "left_with_witness")


class PropertyDelivery(models.Model):
    """One attempt to hand over a notice: by whom, to whom, when and with what result
    (procedure, clause 4.1.3). Rows are added, never changed or deleted."""

    _name = "property.delivery"
    _description = "Delivery"
    _order = "date desc, id desc"
    _rec_name = "notice_id"

    notice_id = fields.Many2one(
        "property.notice", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="notice_id.partner_id", store=True, index=True)
    unit_id = fields.Many2one(related="notice_id.unit_id", store=True)
    community_id = fields.Many2one(
        related="notice_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="notice_id.company_id", store=True)
    channel = fields.Selection(
        [
            ("door", "At the door"),
            ("counter", "At the counter"),
            ("letter", "Letter"),
            ("registered", "Registered letter"),
            ("email", "E-mail"),
            ("portal", "Customer portal"),
        ],
        required=True,
        default="door",
    )
    date = fields.Datetime("When", required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", "By", required=True, default=lambda self: self.env.user
    )
    recipient = fields.Char("Handed to")
    relation = fields.Selection(
        [
            ("owner", "Owner"),
            ("spouse", "Spouse"),
            ("family", "Family member"),
            ("tenant", "Tenant"),
            ("colleague", "Colleague or guard"),
            ("other", "Other"),
        ],
        help="What the recipient is to the customer.",
    )
    outcome = fields.Selection(
        [
            ("acknowledged", "Signed for"),
            ("delivered", "Handed over, not signed"),
            ("refused", "Refused"),
            ("left_with_witness", "Left with a witness"),
            ("not_met", "Nobody met"),
            ("posted", "Posted"),
            ("electronic", "Received electronically"),
            ("undeliverable", "Undeliverable"),
        ],
        compute="_compute_outcome",
        store=True,
        readonly=False,
        index=True,
        help="Of an e-mail: what Odoo knows about it; empty while it is queued.",
    )
    witness = fields.Char(help="Who saw that it was refused or left.")
    tracking_ref = fields.Char("Tracking No.")
    signature = fields.Image(max_width=1024, max_height=1024)
    attachment_ids = fields.Many2many(
        "ir.attachment", "property_delivery_attachment_rel", string="Pictures"
    )
    note = fields.Char("Remarks")
    void_reason = fields.Char(
        "Void Because", help="A row entered by mistake stays, but counts no longer."
    )
    mail_notification_id = fields.Many2one(
        "mail.notification", readonly=True, index="btree_not_null", ondelete="set null"
    )
    email_state = fields.Selection(
        related="mail_notification_id.notification_status", string="E-mail"
    )
    email_failure = fields.Text(
        related="mail_notification_id.failure_reason", string="Why It Failed"
    )

    @api.depends("mail_notification_id.notification_status")
    def _compute_outcome(self):
        for row in self:
            status = row.mail_notification_id.notification_status
            row.outcome = EMAIL_OUTCOME.get(status) if status else row.outcome

    @api.constrains("outcome", "channel", "witness", "date")
    def _check_facts(self):
        for row in self:
            if row.channel != "email" and not row.outcome:
                raise UserError(self.env._("Say what came of the delivery."))
            if row.outcome in NEEDS_WITNESS and not (row.witness or "").strip():
                raise UserError(
                    self.env._("A refused or left notice needs the name of a witness.")
                )
            if row.date > fields.Datetime.now():
                raise UserError(self.env._("A delivery cannot lie in the future."))
            row._check_hours()

    def _check_hours(self):
        """:raises UserError: for a visit in the quiet hours (procedure, section 4)"""
        if self.channel != "door":
            return
        company = self.company_id
        zone = self.env.user.tz or company.partner_id.tz or "UTC"
        local = fields.Datetime.context_timestamp(self.with_context(tz=zone), self.date)
        quiet_from, quiet_to = company.property_quiet_from, company.property_quiet_to
        if is_quiet(local.hour + local.minute / 60, quiet_from, quiet_to):
            raise UserError(
                self.env._(
                    "Nobody is visited between %(quiet_from)s and %(quiet_to)s; this "
                    "visit was at %(time)s.",
                    quiet_from=hour_text(quiet_from),
                    quiet_to=hour_text(quiet_to),
                    time=f"{local:%H:%M}",
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_issued()
        # Pictures are evidence of the delivery: whoever may see it may see them.
        pictures = rows.sudo().attachment_ids.filtered(lambda file: not file.res_id)
        for row in rows if pictures else ():
            (row.sudo().attachment_ids & pictures).write(
                {"res_model": self._name, "res_id": row.id}
            )
        return rows

    def write(self, vals):
        if FACTS & set(vals):
            raise UserError(
                self.env._(
                    "Deliveries are evidence and are not rewritten. Void the wrong one "
                    "with a reason and add another."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Deliveries stay on record; void the wrong one."))

    def _check_issued(self):
        for notice in self.notice_id:
            if notice.state in ("draft", "cancelled"):
                raise UserError(
                    self.env._(
                        "%(notice)s is not issued: there is nothing to deliver.",
                        notice=notice.display_name,
                    )
                )
