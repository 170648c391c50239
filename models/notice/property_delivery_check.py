from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .delivery_facts import CHANNELS_BY_HAND, what_is_missing

MANAGER = "property_fee_collection.group_manager"
PROOF_TYPES = ("image/", "application/pdf")


class PropertyDelivery(models.Model):
    """What makes a delivery evidence, however it is entered."""

    _inherit = "property.delivery"

    @api.constrains(
        "outcome",
        "channel",
        "recipient",
        "witness",
        "tracking_ref",
        "signature",
        "attachment_ids",
        "date",
    )
    def _check_facts(self):
        for row in self:
            missing = what_is_missing(
                row.outcome,
                row.channel,
                row.recipient,
                row.witness,
                row.tracking_ref,
                bool(row.signature) or row._has_picture(),
                not row.notice_id._needs_picture() or row._has_picture(),
            )
            if missing:
                raise UserError(row._what_to_add(missing))
            row._check_date()
            if row.channel == "door":
                row.community_id._check_quiet(row.date)

    def _has_picture(self):
        # Whoever records a delivery need not see every file of the company.
        return any(
            file.file_size and (file.mimetype or "").startswith(PROOF_TYPES)
            for file in self.sudo().attachment_ids
        )

    def _what_to_add(self, missing):
        texts = {
            "outcome": self.env._("Say what came of the delivery."),
            "channel": self.env._(
                "Only letters are posted, and only e-mail and the portal are received "
                "electronically."
            ),
            "recipient": self.env._("Say to whom the notice was handed."),
            "proof": self.env._(
                "A signed notice needs the signature, or a picture of the signed stub."
            ),
            "witness": self.env._(
                "A refused or left notice needs the name of a witness."
            ),
            "picture": self.env._(
                "A notice of this kind that is left needs a picture as well: what was "
                "left, and where."
            ),
            "tracking": self.env._("A registered letter needs its tracking number."),
        }
        return texts[missing]

    def _check_date(self):
        """:raises UserError: before the day of issue, or later than now"""
        if self.date > fields.Datetime.now():
            raise UserError(self.env._("A delivery cannot lie in the future."))
        # Notices bear the day of whoever issued them; the latest of days counts.
        zones = (self._tz(), self.env.user.tz or "UTC", "UTC")
        day = max(self._local(zone).date() for zone in zones)
        if self.notice_id.date_issued and day < self.notice_id.date_issued:
            raise UserError(
                self.env._("A delivery cannot lie before the notice was issued.")
            )

    def _tz(self):
        return self.company_id._property_tz(self.community_id)

    def _local(self, zone=None):
        """When it was by the clock of the community, or of another zone."""
        if not zone:
            return self.community_id._clock(self.date)
        return fields.Datetime.context_timestamp(self.with_context(tz=zone), self.date)

    def _check_issued(self):
        for notice in self.notice_id:
            if notice.state in ("draft", "cancelled"):
                raise UserError(
                    self.env._(
                        "%(notice)s is not issued: there is nothing to deliver.",
                        notice=notice.display_name,
                    )
                )

    def _check_author(self):
        """:raises AccessError: for what only the system notes, or in another's name"""
        if self.env.su:
            return
        if self.mail_notification_id or any(
            row.channel not in CHANNELS_BY_HAND for row in self
        ):
            raise AccessError(
                self.env._(
                    "Deliveries by e-mail, SMS and the portal are noted by the system."
                )
            )
        if self.user_id - self.env.user and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only managers record a delivery of somebody else.")
            )
