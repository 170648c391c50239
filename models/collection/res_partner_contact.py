from odoo import api, models

# What a failed channel says is wrong, and how it came out.
FAILED = {
    "phone": ("phone", "wrong_number"),
    "sms": ("phone", "wrong_number"),
    "message": ("phone", "wrong_number"),
    "letter": ("address", "returned_mail"),
    "door": ("address", "visit"),
    "email": ("email", "bounce"),
}


class ResPartner(models.Model):
    """Wrong numbers and returned mail are verified anew (procedure, clause 5.2)."""

    _inherit = "res.partner"

    @api.private
    def _property_contact_failed(self, channel, reason=""):
        """The customers cannot be reached through ``channel`` any more: their data is
        no longer verified, and a call is opened to find the right one.

        :param channel: as in ``property.contact``
        :param reason: what happened, noted on the customer
        """
        # sudo: the mail queue reports failures too, and a customer may belong to other
        # communities besides.
        partners = self.sudo()
        label = dict(
            self.env["property.contact"]
            ._fields["channel"]
            ._description_selection(self.env)
        ).get(channel, channel)
        text = self.env._("Not reached by %(channel)s.", channel=label)
        if reason:
            text = f"{text} {reason}"
        partners._message_log_batch(bodies={partner.id: text for partner in partners})
        if channel in FAILED:
            partners._property_data_failed(*FAILED[channel], text)

    def _property_places(self):
        """Whoever sold his unit may owe still; his case says where."""
        places = super()._property_places()
        rest = self - self.browse().union(*places)
        cases = (
            self.env["property.collection.case"]
            .sudo()
            .search(
                [("partner_id", "in", rest.commercial_partner_id.ids)],
                order="state, id",
            )
        )
        theirs = cases.grouped("partner_id")
        for partner in rest:
            found = theirs.get(partner.commercial_partner_id.sudo())
            if found:
                places[partner] = found.community_id
        return places
