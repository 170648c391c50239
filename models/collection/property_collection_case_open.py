from odoo import api, models
from odoo.fields import Domain

from ..estate.rows import insert_rows, replace_links

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
        return self._open_owing(community, *ledger._standings(community, day, partners))

    @api.model
    def _open_owing(self, community, standings, units):
        """``_open_missing`` for whoever has read where the customers stand."""
        known = self.sudo().search([("community_id", "=", community.id)]).partner_id
        has_case = set(known.ids)
        owing = {
            partner: found
            for partner, found in standings.items()
            if found.anchor and partner not in has_case
        }
        return self.sudo()._create_cases(community, owing, units)

    @api.model
    def _create_cases(self, community, standings, units):
        """Cases as they would compute themselves: a customer who is new has no
        agreement, no notice and no contact, so that all of it follows from where he
        stands. A community opens hundreds in its first month.

        :param standings: {partner id: Standing}, each with something due
        :param units: {partner id: units in arrears}
        """
        day, collectors = community._property_today(), self._collectors(community)
        partners = self.env["res.partner"].browse(sorted(standings))
        policies = self._policies_of(community, partners)
        common = {
            "community_id": community.id,
            "company_id": community.company_id.id,
            "state": "open",
            "date_opened": day,
            "amount_expired": 0.0,
        }
        in_order = {
            partner: units[partner].sorted("sort_key") for partner in partners.ids
        }
        cases = insert_rows(
            self,
            [
                {
                    **common,
                    "partner_id": partner,
                    "user_id": next(collectors),
                    **self._standing_vals(standings[partner], policies[partner]),
                    **self._place_vals(in_order[partner]),
                    **self._first_work(day),
                }
                for partner in partners.ids
            ],
        )
        pairs = zip(cases.ids, in_order.values(), strict=True)
        links = [(case, unit) for case, own in pairs for unit in own.ids]
        replace_links(cases, "unit_ids", links)
        return cases

    @api.model
    def _first_work(self, day):
        """What a new case calls for on the day on which it is opened."""
        return {}

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
