import re

from odoo import api, fields, models

# What the history calls it: (fields, day of verification, day on which it failed)
DATA = {
    "phone": (["phone"], "property_phone_verified", "property_phone_failed"),
    "other_phones": (["property_other_phones"], None, None),
    "email": (["email"], "property_email_verified", "property_email_failed"),
    "address": (
        ["street", "street2", "city", "zip"],
        "property_address_verified",
        "property_address_failed",
    ),
}
WATCHED = frozenset(name for names, *_days in DATA.values() for name in names)
VERIFIED = frozenset(verified for _names, verified, _failed in DATA.values())
# In the context as ``property_contact_check``: the history is written by the caller.
# Compared by identity, so that no client can send it.
BY_FORM = object()
FAMILIAR = re.compile(r"[\s()/.-]+")


def as_text(values):
    """What a person reads of the fields of an address, or of one number."""
    return ", ".join(value for value in values if value)


def same(old, new):
    """Whether two texts say the same; how a number is grouped does not matter."""
    return FAMILIAR.sub("", old or "") == FAMILIAR.sub("", new or "")


class ResPartner(models.Model):
    """What is found out about contact data, and what a plain edit of it means
    (procedure, clause 5.2)."""

    _inherit = "res.partner"

    def write(self, vals):
        vals = self._property_with_failed(vals)
        is_noted = self.env.context.get("property_contact_check") is BY_FORM
        if is_noted or not WATCHED & set(vals):
            return super().write(vals)
        before = self._property_contact_texts()
        result = super().write(vals)
        self._property_note_edits(before, keep=VERIFIED & set(vals))
        return result

    @staticmethod
    def _property_with_failed(vals):
        """What is verified is no longer known to be wrong."""
        cleared = {
            failed: False
            for _names, verified, failed in DATA.values()
            if verified and vals.get(verified) and failed not in vals
        }
        return {**vals, **cleared} if cleared else vals

    def _property_contact_texts(self):
        """{partner: {name: text}} of those who have or had to do with a unit."""
        # sudo: a portal user who edits his address sees no tenures.
        partners = self.sudo().filtered("property_tenure_ids")
        return {
            partner: {
                name: as_text(partner[field] for field in names)
                for name, (names, *_days) in DATA.items()
            }
            for partner in partners
        }

    def _property_note_edits(self, before, keep):
        """Rows for what differs from ``before``; what is new is not verified yet.

        :param keep: days of verification that were written along with it
        """
        rows, forget = [], {}
        for partner, texts in self._property_contact_texts().items():
            for name, text in texts.items():
                old = before.get(partner, texts)[name]
                if same(old, text):
                    continue
                rows.append(
                    {
                        "partner_id": partner.id,
                        "source": "edited",
                        "field": name,
                        "old_value": old,
                        "new_value": text,
                        "result": "changed",
                    }
                )
                _names, verified, failed = DATA[name]
                days = tuple({verified, failed} - {None} - keep)
                forget[days] = forget.get(days, self.browse()) | partner
        for days, partners in forget.items():
            partners.sudo().write(dict.fromkeys(days, False))
        self._property_add_checks(rows)

    def _property_add_checks(self, rows):
        """History rows, each in the community of its ``community_id``, else in that
        where the partner has a unit."""
        partners = self.browse({row["partner_id"] for row in rows})
        places = {
            partner.id: places
            for partner, places in partners._property_places().items()
        }
        for row in rows:
            theirs = places.get(row["partner_id"])
            if not row.get("community_id") and theirs:
                row["community_id"] = theirs._nearest().id
        return self.env["property.contact.check"]._add(
            [row for row in rows if row.get("community_id")]
        )

    def _property_places(self):
        """{partner: communities he has to do with}: where he has a unit, else where he
        once had one; other rooms know more. In sudo."""
        places = self._property_communities()
        for partner in self - self.browse().union(*places):
            former = partner.sudo().property_tenure_ids.community_id
            if former:
                places[partner] = former
        return places

    def _property_by_day(self):
        """{today's date: partners for whom it is that day}: where they have to do with
        a community, else where the user is"""
        places, here = self._property_places(), fields.Date.context_today(self)
        return self.grouped(
            lambda one: places[one][:1]._property_today() if one in places else here
        )

    def action_property_phone_verified(self):
        """Note that the phone number was confirmed today."""
        self._property_confirmed("phone")

    def action_property_address_verified(self):
        """Note that the postal address was confirmed today."""
        self._property_confirmed("address")

    def _property_confirmed(self, name, source="other"):
        _names, verified, failed = DATA[name]
        for day, partners in self._property_by_day().items():
            partners.write({verified: day, failed: False})
        texts = self._property_contact_texts()
        self._property_add_checks(
            [
                {
                    "partner_id": partner.id,
                    "source": source,
                    "field": name,
                    "old_value": text[name],
                    "new_value": text[name],
                    "result": "confirmed",
                }
                for partner, text in texts.items()
            ]
        )
        self._property_verify_done()

    @api.private
    def _property_data_failed(self, name, source, reason=""):
        """It turned out that ``name`` is wrong: it is no longer verified, and somebody
        is asked to find the right one, sooner than the cycle would.

        :param name: of the history, for example "phone"
        """
        # sudo: the mail queue reports failures too, and a customer may belong to other
        # communities besides.
        partners = self.sudo()
        _names, verified, failed = DATA[name]
        for day, some in partners._property_by_day().items():
            some.write({verified: False, failed: day})
        partners._property_add_checks(
            [
                {
                    "partner_id": partner.id,
                    "source": source,
                    "field": name,
                    "old_value": as_text(partner[field] for field in DATA[name][0]),
                    "result": "failed",
                    "note": reason,
                }
                for partner in partners
            ]
        )
        partners._property_ask_to_verify(reason)

    def _property_ask_to_verify(self, subject):
        """A call for each partner, at once; the one that waits already is due now."""
        calls = self.env["property.call"].sudo()
        waiting = calls.search(
            [
                ("kind", "=", "verify"),
                ("state", "=", "open"),
                ("partner_id", "in", self.ids),
            ]
        )
        for place, theirs in waiting.grouped("community_id").items():
            today = place._property_today()
            theirs.filtered_domain([("date_due", ">", today)]).date_due = today
            theirs.subject = subject
        places = (self - waiting.partner_id)._property_places()
        calls._open(
            [
                {
                    "kind": "verify",
                    "partner_id": partner.id,
                    "community_id": theirs[0].id,
                    "subject": subject,
                }
                for partner, theirs in places.items()
            ]
        )

    def _property_verify_done(self):
        """Whose data is all verified is called for it no more."""
        fresh = self.sudo().filtered(lambda one: one.property_contact_state == "fresh")
        calls = self.env["property.call"].sudo()
        calls.search(
            [
                ("kind", "=", "verify"),
                ("state", "=", "open"),
                ("partner_id", "in", fresh.ids),
            ]
        )._close("done")

    def action_property_verify(self):
        """Open the form in which contact data is confirmed or corrected."""
        self.ensure_one()
        return self._property_action_verify()

    def _property_action_verify(self, community=None, call=None, by_phone=False):
        places = self._property_places().get(self)
        place = community or (places or self.env["property.community"])._nearest()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Verify Contact Data"),
            "res_model": "property.contact.verify",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_partner_id": self.id,
                "default_community_id": place.id,
                "default_call_id": call.id if call else False,
                "default_by_phone": by_phone,
            },
        }
