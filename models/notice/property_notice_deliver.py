from odoo import api, fields, models
from odoo.fields import Domain

from .property_notice import TO_DELIVER
from .property_notice_portal import STILL_OPEN


class PropertyNotice(models.Model):
    """Handing notices over, also by somebody with forty of them and a phone."""

    _inherit = "property.notice"

    to_deliver = fields.Boolean(
        compute="_compute_to_deliver",
        search="_search_to_deliver",
        help="Nobody has taken it yet and something on it is still open.",
    )
    delivery_count = fields.Integer(compute="_compute_last_delivery")
    last_delivery_date = fields.Datetime(compute="_compute_last_delivery")
    last_outcome = fields.Selection(
        lambda self: (
            self.env["property.delivery"]
            ._fields["outcome"]
            ._description_selection(self.env)
        ),
        compute="_compute_last_delivery",
    )
    partner_phone = fields.Char(related="partner_id.phone", string="Phone")

    @api.depends("state")
    def _compute_to_deliver(self):
        for notice in self:
            notice.to_deliver = notice.state in TO_DELIVER and bool(
                notice._open_moves()
            )

    @api.model
    def _search_to_deliver(self, operator, value):
        if operator != "in":
            return NotImplemented
        # A collector need not be an accountant to ask "paid?".
        waiting = Domain("state", "in", TO_DELIVER) & Domain(
            "move_ids", "any!", STILL_OPEN
        )
        return waiting if True in value else ~waiting

    @api.depends("delivery_ids.outcome", "delivery_ids.date")
    def _compute_last_delivery(self):
        for notice in self:
            notice.delivery_count = len(notice.delivery_ids)
            last = notice.delivery_ids[:1]
            notice.last_delivery_date = last.date
            notice.last_outcome = last.outcome

    def _needs_picture(self):
        """Whether a notice that is left without being taken needs a picture."""
        return False

    def action_deliver_signed(self):
        """Ask for recipient and signature, then go back to the list."""
        return self._action_record_delivery("acknowledged")

    def action_deliver_refused(self):
        """Ask for the witness of a refusal."""
        return self._action_record_delivery("refused")

    def action_deliver_other(self):
        """Any other way of delivering."""
        return self._action_record_delivery("delivered")

    def action_not_met(self):
        """Note that nobody was met at the door, now; two taps are one too many.

        :raises UserError: in the quiet hours
        """
        self.env["property.delivery"].create(
            [
                {"notice_id": notice.id, "channel": "door", "outcome": "not_met"}
                for notice in self
            ]
        )
        return True

    def action_open_deliveries(self):
        """Open all deliveries of the notice."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_delivery"
        )
        action["domain"] = [("notice_id", "in", self.ids)]
        action["context"] = {"default_notice_id": self.id if len(self) == 1 else False}
        return action

    def _action_record_delivery(self, outcome):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_delivery_record"
        )
        action["context"] = {
            "default_notice_ids": self.ids,
            "default_outcome": outcome,
            "default_channel": "door",
        }
        return action
