from odoo import api, models

VERIFY = "property_fee_collection.activity_verify_contact"
# Which day of verification a failed channel makes worthless.
VERIFIED = {
    "phone": "property_phone_verified",
    "sms": "property_phone_verified",
    "message": "property_phone_verified",
    "letter": "property_address_verified",
    "door": "property_address_verified",
}


class ResPartner(models.Model):
    """Wrong numbers and returned mail are verified anew (procedure, clause 5.2)."""

    _inherit = "res.partner"

    @api.private
    def _property_contact_failed(self, channel, reason=""):
        """The customers cannot be reached through ``channel`` any more: their data is
        no longer verified, and somebody is asked, once, to find the right one.

        :param channel: as in ``property.contact``; of e-mail only the request is made
        :param reason: what happened, noted on the customer
        """
        # sudo: the mail queue reports failures too, and a customer may belong to other
        # communities besides.
        partners = self.sudo()
        name = VERIFIED.get(channel)
        if name:
            partners.filtered(name).write({name: False})
        label = dict(
            self.env["property.contact"]
            ._fields["channel"]
            ._description_selection(self.env)
        ).get(channel, channel)
        text = self.env._("Not reached by %(channel)s.", channel=label)
        if reason:
            text = f"{text} {reason}"
        partners._message_log_batch(bodies={partner.id: text for partner in partners})
        partners._property_ask_to_verify(text)

    def _property_ask_to_verify(self, note):
        asked = self.env["mail.activity"]._read_group(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", self.env.ref(VERIFY).id),
            ],
            ["res_id"],
        )
        todo = self - self.browse(partner_id for (partner_id,) in asked)
        for user, partners in todo._property_verifiers().items():
            partners.with_context(mail_activity_quick_update=True).activity_schedule(
                VERIFY, user_id=user, note=note
            )

    def _property_verifiers(self):
        """{user id: customers}: who collects from them, else the customer service head
        of their community."""
        cases = self.env["property.collection.case"].search(
            [("partner_id", "in", self.commercial_partner_id.ids)], order="state, id"
        )
        staff = {}
        for case in cases:
            user = case.user_id or case.community_id.cs_head_id
            staff.setdefault(case.partner_id, user.id)
        found = {}
        for partner in self:
            customer = partner.commercial_partner_id
            community = customer.property_unit_ids.community_id[:1]
            user = staff.get(customer) or community.cs_head_id.id or self.env.uid
            found[user] = found.get(user, self.browse()) | partner
        return found
