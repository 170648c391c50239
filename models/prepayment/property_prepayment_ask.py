from markupsafe import Markup

from odoo import models

ACTIVITY = "property_fee_collection.activity_prepayment"


class PropertyPrepayment(models.Model):
    """What only a person can decide is put before Finance."""

    _inherit = "property.prepayment"

    def _ask_finance(self, text):
        for agreement in self:
            _ask(agreement, agreement.community_id, text)


class PropertyCommunity(models.Model):
    _inherit = "property.community"

    def _ask_finance(self, text, rows=()):
        items = Markup("").join(Markup("<li>%s</li>") % row for row in rows)
        _ask(self, self, Markup("<p>%s</p><ul>%s</ul>") % (text, items))


def _ask(record, community, text):
    """An activity for Finance of the community; an open one says the new text."""
    kind = record.env.ref(ACTIVITY)
    # sudo: whoever works with the community may not be allowed to see every activity.
    known = record.sudo().activity_ids.filtered(
        lambda activity: activity.activity_type_id == kind and activity.automated
    )
    if known:
        known.note = text
        return
    user = community._finance_user()
    record.sudo().activity_schedule(ACTIVITY, note=text, user_id=user.id)
