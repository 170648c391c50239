from odoo import models


class PropertyLegalCase(models.Model):
    _inherit = "property.legal.case"

    def _remind_of_hearing(self):
        """One activity for the next hearing; it moves with it and goes after the
        last."""
        # sudo: the reminder is the responsible person's, whoever enters a hearing.
        for legal in self.sudo():
            legal.hearing_activity_id.unlink()
            coming = legal.hearing_ids.filtered(
                lambda row, day=legal.next_hearing: row.date == day
            )[:1]
            if not legal.next_hearing or not legal.user_id or legal.stage == "closed":
                continue
            local = legal.case_id._local(legal.next_hearing)
            legal.hearing_activity_id = legal.activity_schedule(
                "property_fee_collection.activity_hearing",
                date_deadline=local.date(),
                summary=self.env._(
                    "Hearing at %(time)s, %(place)s",
                    time=f"{local:%H:%M}",
                    place=", ".join(filter(None, (legal.court, coming.room))),
                ),
                user_id=legal.user_id.id,
            )
