from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain

from ..estate.rows import insert_rows
from .reminder_rules import reach_of

MESSAGES = ("sms", "email")
BY_POST = ("letter", "event")


class PropertyReminderCampaign(models.Model):
    """The preview: who is reminded of what, through which channel, and why somebody is
    not. Read in sets, for the whole community at once."""

    _inherit = "property.reminder.campaign"

    def action_refresh(self):
        """Look again at what is owed, and by whom it can be asked for."""
        self._check_may_notify()
        # sudo: reminders are written by methods only.
        self.filtered(lambda campaign: campaign.state == "draft").sudo()._fill()
        return True

    def _fill(self):
        """Put the reminders of previews, in sudo, in place of those there are."""
        for campaign in self:
            campaign._fill_one()
        self.invalidate_recordset(["reminder_ids", "result_ids"])

    def _fill_one(self):
        rows = self.reminder_ids
        left_out = {row.partner_id.id: row.reason for row in rows if row.left_out}
        rows.unlink()
        composer = self.env["property.notice.composer"]
        owed = composer._reminder_owed(self.community_id, self.date_due)
        partners = self.env["res.partner"].browse(owed)
        asked = partners.filtered(lambda partner: not owed[partner.id].reason)
        refused = composer._reminder_reasons(self.community_id, self.date_due, asked)
        refused = {**refused, **{key: left_out[key] for key in left_out if key in owed}}
        refused |= {one: found.reason for one, found in owed.items() if found.reason}
        due = partners.filtered(lambda partner: partner.id not in refused)
        choice = self._choose(due)
        vals_list = []
        for partner, found in owed.items():
            channels = choice.get(partner) or [(None, refused.get(partner, ""))]
            for channel, reason in channels:
                vals_list.append(
                    {
                        **self._row_of(partner, found, channel),
                        "state": "skipped" if reason or not channel else "planned",
                        "reason": reason or None,
                        "left_out": partner in left_out,
                    }
                )
        self.env["property.reminder"].flush_model()
        insert_rows(self.env["property.reminder"], vals_list)
        self._fill_poster()

    def _row_of(self, partner, found, channel):
        unit = found.unit
        return {
            "campaign_id": self.id,
            "community_id": self.community_id.id,
            "company_id": self.company_id.id,
            "date_due": self.date_due,
            "partner_id": partner,
            "unit_id": unit.id or None,
            "building_id": unit.building_id.id or None,
            "sort_key": unit.sort_key or None,
            "currency_id": found.currency.id,
            "amount": found.amount,
            "channel": channel,
            "cost": 0.0,
        }

    def _fill_poster(self):
        if self.by_poster:
            self.env["property.reminder"].create(
                {
                    "campaign_id": self.id,
                    "channel": "poster",
                    "currency_id": self.currency_id.id,
                }
            )

    # Which channel -------------------------------------------------------------------

    def _choose(self, partners):
        """{customer id: [(channel, why not, or an empty text)]}, cheaper ones first"""
        channels = [name for name in self._channels() if name != "poster"]
        reasons = {name: self._channel_refusals(name, partners) for name in channels}
        earlier = self._earlier(partners)
        now = fields.Datetime.now()
        choice = {}
        for partner in partners.ids:
            known = earlier[partner]
            taken = {channel for channel, _state, _sent in known}
            messages = [row[1:] for row in known if row[0] in MESSAGES]
            lines = []
            for channel in channels:
                reason = reasons[channel].get(partner, "")
                if not reason and channel in taken:
                    reason = self.env._("reminded through this channel already")
                if not reason and self._only_unreached(channel):
                    if reach_of(messages, now) == "reached":
                        reason = self.env._("reached by a cheaper channel")
                    elif channel == "letter" and any(
                        by in MESSAGES and not why for by, why in lines
                    ):
                        reason = self.env._("a cheaper channel is used")
                lines.append((channel, reason))
            choice[partner] = lines
        return choice

    def _only_unreached(self, channel):
        """Whether a channel is for those alone whom no cheaper one reached."""
        return channel == "phone" or (channel == "letter" and not self.letter_to_all)

    def _earlier(self, partners):
        """{customer id: [(channel, state, when sent)]} of the same due date, in other
        campaigns"""
        found = defaultdict(list)
        for row in self.env["property.reminder"].search_fetch(
            Domain("community_id", "=", self.community_id.id)
            & Domain("date_due", "=", self.date_due)
            & Domain("campaign_id", "!=", self.id)
            & Domain("state", "!=", "skipped")
            & Domain("partner_id", "in", partners.ids),
            ["partner_id", "channel", "state", "sent_on"],
        ):
            found[row.partner_id.id].append((row.channel, row.state, row.sent_on))
        return found

    def _channel_refusals(self, channel, partners):
        """Why customers cannot be reminded through a channel.

        :return: {customer id: reason}
        """
        if channel in BY_POST:
            missing = partners.filtered(lambda partner: not partner.street)
            return dict.fromkeys(missing.ids, self.env._("no postal address"))
        if channel == "email":
            return self._email_refusals(partners)
        missing = partners.filtered(lambda partner: not partner.phone)
        reasons = dict.fromkeys(missing.ids, self.env._("no phone"))
        if channel == "sms":
            reasons |= self._sms_refusals(partners - missing)
        return reasons

    def _email_refusals(self, partners):
        missing = partners.filtered(lambda partner: not partner.email_normalized)
        reasons = dict.fromkeys(missing.ids, self.env._("no e-mail address"))
        # sudo: the blacklist is Odoo's, readable by those who mail.
        blocked = self.env["mail.blacklist"].sudo()
        addresses = (partners - missing).mapped("email_normalized")
        emails = set(blocked.search([("email", "in", addresses)]).mapped("email"))
        for partner in partners - missing:
            if partner.email_normalized in emails:
                reasons[partner.id] = self.env._("has opted out")
        return reasons

    def _sms_refusals(self, partners):
        numbers = {
            partner.id: partner._property_sms_number(self.company_id)
            for partner in partners
        }
        # sudo: the blacklist is Odoo's, readable by those who text.
        blocked = self.env["phone.blacklist"].sudo()
        asked = list(filter(None, numbers.values()))
        opted_out = set(blocked.search([("number", "in", asked)]).mapped("number"))
        reasons = {}
        for partner, number in numbers.items():
            if not number:
                reasons[partner] = self.env._("not a phone number")
            elif number in opted_out:
                reasons[partner] = self.env._("has opted out")
        return reasons
