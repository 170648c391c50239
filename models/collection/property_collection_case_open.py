from odoo import api, models
from odoo.fields import Domain

BATCH = 500
QUIET = {"tracking_disable": True, "mail_create_nolog": True}


class PropertyCollectionCase(models.Model):
    """Cases open and close by themselves."""

    _inherit = "property.collection.case"

    @api.model
    def _of_customers(self, partners, communities):
        """{(partner id, community id): case}"""
        cases = self.search(
            [
                ("partner_id", "in", partners.ids),
                ("community_id", "in", communities.ids),
            ],
            order="id",
        )
        return {(case.partner_id.id, case.community_id.id): case for case in cases}

    @api.model
    def _open_missing(self, community, partners=None):
        """Open a case for each customer of a community of whom something is due today
        and who has none.

        :return: the cases opened now
        """
        ledger = self.env["property.collection.ledger"].sudo()
        day = community._property_today()
        standings, _units = ledger._standings(community, day, partners)
        owing = {partner for partner, found in standings.items() if found.anchor}
        known = self.sudo().search([("community_id", "=", community.id)]).partner_id
        return self.sudo()._create_cases(community, owing - set(known.ids))

    @api.model
    def _create_cases(self, community, partner_ids):
        collectors = self._collectors(community)
        return self.with_context(**QUIET).create(
            [
                {
                    "partner_id": partner,
                    "community_id": community.id,
                    "user_id": next(collectors),
                }
                for partner in sorted(partner_ids)
            ]
        )

    @api.model
    def _collectors(self, community):
        """Whoever has the fewest open cases comes next; without staff its head."""
        loads = dict.fromkeys(community.cs_user_ids.ids, 0)
        for user, count in self.sudo()._read_group(
            [("community_id", "=", community.id), ("state", "!=", "closed")],
            ["user_id"],
            ["__count"],
        ):
            if user.id in loads:
                loads[user.id] = count
        while True:
            if not loads:
                yield community.cs_head_id.id
                continue
            user = min(loads, key=lambda user: (loads[user], user))
            loads[user] += 1
            yield user

    @api.model
    def _touch_customers(self, partners, communities):
        """The cases of these customers look at the ledger again."""
        domain = Domain("partner_id", "in", partners.ids)
        if communities:
            domain &= Domain("community_id", "in", communities.ids)
        # sudo: a payment moves a case, whoever took it. By id: the usual order would
        # first work out what is about to be worked out anew.
        self.sudo().search(domain, order="id")._touch()
