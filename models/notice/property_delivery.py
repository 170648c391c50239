from odoo import api, fields, models
from odoo.exceptions import UserError

from ..estate.texts import said
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
    "amount",
}


class PropertyDelivery(models.Model):
    """One attempt to hand over a notice: by whom, to whom, when and with what result
    (procedure, clause 4.1.3). Rows are added, never changed or deleted."""

    _name = "property.delivery"
    _description = "Delivery"
    _inherit = ["property.community.bound"]
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
            ("sms", "SMS"),
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
        help="Of an e-mail or SMS: what Odoo knows about it; empty while it is on its "
        "way, or when it was withheld.",
    )
    witness = fields.Char(help="Who saw that it was refused or left.")
    tracking_ref = fields.Char("Tracking No.")
    signature = fields.Image(max_width=1024, max_height=1024)
    attachment_ids = fields.Many2many(
        "ir.attachment", "property_delivery_attachment_rel", string="Pictures"
    )
    note = fields.Char("Remarks")
    void_reason = fields.Char(
        "Void Because",
        copy=False,
        help="A row entered by mistake stays, but counts no longer.",
    )
    currency_id = fields.Many2one(related="notice_id.currency_id")
    amount = fields.Monetary(
        "Sum Named",
        readonly=True,
        copy=False,
        help="In the message, where it is not that of the notice but what is open.",
    )
    mail_notification_id = fields.Many2one(
        "mail.notification", readonly=True, index="btree_not_null", ondelete="set null"
    )
    email_state = fields.Selection(
        related="mail_notification_id.notification_status",
        string="Sending",
        help="Odoo's state of the e-mail or SMS.",
    )
    email_failure = fields.Text(
        related="mail_notification_id.failure_reason", string="Why It Failed"
    )
    email_failure_type = fields.Selection(
        related="mail_notification_id.failure_type", string="Failure"
    )

    @api.depends("mail_notification_id.notification_status")
    def _compute_outcome(self):
        for row in self:
            status = row.mail_notification_id.notification_status
            row.outcome = EMAIL_OUTCOME.get(status) if status else row.outcome

    def _contact_failed(self, reason):
        """The message came back: the customer's address or number is wrong."""

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_issued()
        rows._check_author()
        rows._keep_pictures()
        return rows

    def write(self, vals):
        if FACTS & set(vals):
            raise UserError(
                self.env._(
                    "Deliveries are evidence and are not rewritten. Void the wrong one "
                    "with a reason and add another."
                )
            )
        if "void_reason" in vals:
            self._check_void(vals["void_reason"])
        pictures = (
            {row: row.sudo().attachment_ids for row in self}
            if "attachment_ids" in vals
            else None
        )
        result = super().write(vals)
        if pictures is not None:
            self._keep_pictures(pictures)
        return result

    def _check_void(self, reason):
        """:raises UserError: void is final and has a reason"""
        if any(row.void_reason and row.void_reason != reason for row in self):
            raise UserError(
                self.env._("This delivery is void and stays so. Add another one.")
            )
        if reason and not said(reason):
            raise UserError(self.env._("Say why the delivery is void."))

    def _keep_pictures(self, before=None):
        """Make linked files part of the evidence: whoever may see the delivery may see
        them, and nobody changes them any more (see ``ir.attachment``).

        :param before: {delivery: its files until now}
        :raises UserError: when one was taken away, or is another record's file
        """
        for row in self:
            # Files are read with more rights than the user's to miss none of them;
            # those he adds he must be allowed to read.
            files = row.sudo().attachment_ids
            kept = before[row] if before else files.browse()
            if kept - files:
                raise UserError(
                    self.env._("Pictures of a delivery are kept; add another one.")
                )
            added = (files - kept).with_env(self.env)
            added.check_access("read")
            loose = files.filtered(lambda file: not file.res_id)
            foreign = any(file.res_model != self._name for file in files - loose)
            if foreign or (not self.env.su and loose.create_uid - self.env.user):
                raise UserError(
                    self.env._("This file belongs to another record; upload it anew.")
                )
            loose.write({"res_model": self._name, "res_id": row.id, "public": False})

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Deliveries stay on record; void the wrong one."))
