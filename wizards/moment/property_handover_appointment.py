from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.moment import slots


class PropertyHandoverAppointment(models.TransientModel):
    """Another appointment for somebody who did not come, in a batch that still
    receives or at the service centre."""

    _name = "property.handover.appointment"
    _description = "New Handover Appointment"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("moment_ids", "batch_id"))

    moment_ids = fields.Many2many("property.moment", required=True)
    partner_id = fields.Many2one(related="moment_ids.partner_id")
    community_id = fields.Many2one(
        "property.community", compute="_compute_community_id"
    )
    kind = fields.Selection(related="moment_ids.kind")
    batch_id = fields.Many2one(
        "property.handover.batch",
        compute="_compute_batch_id",
        store=True,
        readonly=False,
        domain="[('community_id', '=', community_id), ('kind', '=', kind),"
        " ('state', 'in', ('draft', 'running'))]",
        help="Empty: at the service centre, outside any batch.",
    )
    slot_start = fields.Datetime(
        "Appointment",
        compute="_compute_slot_start",
        store=True,
        readonly=False,
    )
    channel = fields.Selection(
        [("phone", "Phone"), ("letter", "Letter"), ("counter", "At the counter")],
        "Told by",
        required=True,
        default="phone",
    )

    @api.depends("moment_ids")
    def _compute_community_id(self):
        for wizard in self:
            wizard.community_id = wizard.moment_ids[:1].community_id

    @api.depends("moment_ids")
    def _compute_batch_id(self):
        for wizard in self:
            first = wizard.moment_ids[:1]
            batches = self.env["property.handover.batch"].search(
                [
                    ("community_id", "=", first.community_id.id),
                    ("kind", "=", first.kind),
                    ("state", "in", ("draft", "running")),
                ],
                order="date_from",
            )
            wizard.batch_id = next(
                (batch for batch in batches if wizard._free_places(batch)), False
            )

    @api.depends("batch_id")
    def _compute_slot_start(self):
        for wizard in self:
            free = wizard._free_places(wizard.batch_id)
            wizard.slot_start = (
                wizard.batch_id._utc(free[0].start) if free else wizard.slot_start
            )

    def _free_places(self, batch):
        if not batch:
            return []
        now, count = batch._local(None), len(self.moment_ids)
        found = slots.spread(batch._timetable(), count, batch._taken(), now)
        return found if len(found) == count else []

    def action_save(self):
        """Set the appointments one after the other, from the chosen time on, and put
        on record that the owner was told.

        :raises UserError: when there is no room from then on
        """
        self.ensure_one()
        moments = self.moment_ids.sorted("sort_key")
        moments.check_access("write")
        if not self.slot_start:
            raise UserError(self.env._("Choose day and time."))
        for moment, start in zip(moments, self._starts(), strict=True):
            moment.write({"batch_id": self.batch_id.id, "slot_start": start})
        # sudo: whoever has a new appointment is expected again
        moments.sudo().write({"attendance": "expected"})
        moments._cancel_calls()
        moments._invite(self.channel)
        return {"type": "ir.actions.act_window_close"}

    def _starts(self):
        """The times of the appointments (UTC): the first as chosen, the others in the
        seats that follow."""
        batch, count = self.batch_id, len(self.moment_ids)
        if not batch or count == 1:
            return [self.slot_start] * count
        table, wanted = batch._timetable(), batch._local(self.slot_start)
        starts = [start for start in slots.all_starts(table) if start >= wanted]
        free = list(slots.free_places(table, batch._taken(), starts))[:count]
        if len(free) < count:
            raise UserError(
                self.env._(
                    "%(count)s units need an appointment, but fewer seats are free "
                    "from then on.",
                    count=count,
                )
            )
        return [batch._utc(place.start) for place in free]
