from odoo import fields, models
from odoo.fields import Domain

from .property_notice_composer import NO_LONGER_OWED

STILL_OPEN = (
    Domain("state", "=", "posted")
    & Domain("amount_residual", ">", 0)
    & Domain("payment_state", "not in", NO_LONGER_OWED)
)


class PropertyNotice(models.Model):
    """The customer's page of a notice: what of it is open now, and where to pay."""

    _inherit = "property.notice"

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for notice in self:
            notice.access_url = f"/my/notices/{notice.id}"
        return result

    def _pay_url(self):
        """The address behind the printed QR code: the notice's own page. It lists all
        its invoices with their pay links and stays right when they are paid."""
        self.ensure_one()
        return (
            f"{self.get_base_url()}{self.access_url}?access_token={self.access_token}"
        )

    def _open_moves(self):
        """Invoices of the notices of which something is still open now."""
        # A collector need not be an accountant to ask "paid?".
        return self.sudo().move_ids.filtered_domain(STILL_OPEN)

    def _portal_values(self):
        """What the portal shows of one notice."""
        open_moves = self._open_moves()
        return {
            "moves": self.sudo().move_ids.sorted("invoice_date_due"),
            "open_moves": open_moves,
            "amount_open": sum(open_moves.mapped("amount_residual_signed")),
        }

    def _note_seen_in_portal(self, user):
        """Evidence of delivery: the customer himself has opened the notice."""
        self.ensure_one()
        if user._is_public() or (
            user.partner_id.commercial_partner_id != self.partner_id
            or "portal" in self.delivery_ids.mapped("channel")
        ):
            return
        # Portal users write nothing; what they read is noted for them.
        self.env["property.delivery"].sudo().create(
            {
                "notice_id": self.id,
                "channel": "portal",
                "user_id": user.id,
                "date": fields.Datetime.now(),
                "recipient": user.partner_id.name,
                "relation": "owner",
                "outcome": "electronic",
            }
        )
