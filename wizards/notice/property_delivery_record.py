from base64 import b64decode

from odoo import api, fields, models
from odoo.tools.mimetypes import guess_mimetype

from ...models.notice.delivery_facts import CHANNELS_BY_HAND, OUTCOMES_BY_HAND


class PropertyDeliveryRecord(models.TransientModel):
    """The little form at the door: who took it, signature, picture."""

    _name = "property.delivery.record"
    _description = "Record a Delivery"
    _inherit = ["property.community.bound"]

    notice_ids = fields.Many2many("property.notice", string="Notices", required=True)
    notice_count = fields.Integer(compute="_compute_notice_count")
    needs_picture = fields.Boolean(
        compute="_compute_notice_count",
        help="One of the notices must not be left without a picture.",
    )
    channel = fields.Selection(
        lambda self: self._choices("channel", CHANNELS_BY_HAND),
        required=True,
        default="door",
    )
    outcome = fields.Selection(
        lambda self: self._choices("outcome", OUTCOMES_BY_HAND),
        required=True,
        default="acknowledged",
    )
    date = fields.Datetime("When", required=True, default=fields.Datetime.now)
    recipient = fields.Char(
        "Handed to", compute="_compute_recipient", store=True, readonly=False
    )
    relation = fields.Selection(
        lambda self: self._choices("relation"),
        compute="_compute_relation",
        store=True,
        readonly=False,
    )
    witness = fields.Char()
    tracking_ref = fields.Char("Tracking No.")
    signature = fields.Image(max_width=1024, max_height=1024)
    picture = fields.Image(max_width=1920, max_height=1920)
    note = fields.Char("Remarks")

    @api.model
    def _choices(self, name, kept=None):
        """What a delivery's field offers, or what of it is ``kept``, in its order."""
        field = self.env["property.delivery"]._fields[name]
        return [
            choice
            for choice in field._description_selection(self.env)
            if kept is None or choice[0] in kept
        ]

    @api.depends("notice_ids")
    def _compute_notice_count(self):
        for wizard in self:
            wizard.notice_count = len(wizard.notice_ids)
            wizard.needs_picture = any(
                notice._needs_picture() for notice in wizard.notice_ids
            )

    @api.depends("notice_ids", "outcome")
    def _compute_recipient(self):
        for wizard in self:
            met = wizard.outcome in ("acknowledged", "delivered")
            partners = wizard.notice_ids.partner_id
            wizard.recipient = partners.name if met and len(partners) == 1 else False

    @api.depends("recipient")
    def _compute_relation(self):
        for wizard in self:
            names = wizard.notice_ids.partner_id.mapped("name")
            if not wizard.recipient:
                wizard.relation = False
            elif wizard.recipient in names:
                wizard.relation = "owner"
            elif wizard.relation == "owner":
                wizard.relation = False

    def action_save(self):
        """Note one delivery for each notice and go back to the list.

        :raises UserError: in the quiet hours, or without what the outcome requires
        """
        self.ensure_one()
        self.env["property.delivery"].create(
            [
                {
                    "notice_id": notice.id,
                    "channel": self.channel,
                    "date": self.date,
                    "outcome": self.outcome,
                    "recipient": self.recipient,
                    "relation": self.relation,
                    "witness": self.witness,
                    "tracking_ref": self.tracking_ref,
                    "signature": self.signature,
                    "note": self.note,
                    "attachment_ids": self._pictures(notice),
                }
                for notice in self.notice_ids
            ]
        )
        return {"type": "ir.actions.act_window_close"}

    def _pictures(self, notice):
        """The picture as a file of its own for each delivery."""
        picture = self.with_context(bin_size=False).picture
        if not picture:
            return []
        return [
            fields.Command.create(
                {
                    "name": self.env._("Delivery %(number)s", number=notice.name),
                    "datas": picture,
                    "mimetype": guess_mimetype(b64decode(picture)),
                }
            )
        ]
