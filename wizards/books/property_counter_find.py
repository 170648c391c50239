import re

from odoo import api, models
from odoo.fields import Command, Domain

MATCHES = 20
PERSONS = 200
# What a scanner reads from the QR code of a notice.
NOTICE_PAGE = re.compile(r"/my/notices/(\d+)")
# Between building and room: 1-101, 1 101, 1/101, 1棟101, 1号楼101.
PARTS = re.compile(r"\s*(?:[-/#,，\s]|号楼|號樓|棟|栋|幢|座)\s*")


class PropertyCounter(models.TransientModel):
    """Who is meant by what was typed or scanned."""

    _inherit = "property.counter"

    @api.depends("query")
    def _compute_match_ids(self):
        for counter in self:
            found = counter.sudo(False)._matches(
                counter.query or "", counter.community_id
            )
            counter.match_ids = [
                Command.clear(),
                *(Command.create(vals) for vals in counter._match_values(found)),
            ]

    @api.model
    def _matches(self, query, community=None):
        """Customers of the user's communities that are meant.

        :param community: where several are found, those of this community
        :return: {customer: his units}; empty for a single letter or digit: one Chinese
            character may be a name
        """
        query = query.strip()
        if not query or (len(query) < 2 and query.isascii()):
            return {}
        found = (
            self._by_document(query)
            or self._by_units(self._units_named(query))
            or self._by_person(query)
        )
        return dict(list(found.items())[:MATCHES])

    def _by_document(self, query):
        """Of a notice, by number or by its QR code, or of an invoice."""
        page = NOTICE_PAGE.search(query)
        domain = [("id", "=", int(page[1]))] if page else [("name", "=ilike", query)]
        notice = self.env["property.notice"].search(domain, limit=1)
        if notice:
            return self._with_units(notice.partner_id)
        # sudo: customer service keeps no books; the communities are the user's.
        move = (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("name", "=ilike", query),
                    ("property_community_id", "in", self._communities().ids),
                ],
                limit=1,
            )
        )
        return self._with_units(move.commercial_partner_id.sudo(False))

    def _units_named(self, query):
        """Units by room, or by building and room."""
        units = self.env["property.unit"]
        found = units.search([("name", "=ilike", query)], limit=MATCHES)
        words = [word for word in PARTS.split(query) if word]
        for cut in range(1, len(words)) if not found else ():
            building, room = "%".join(words[:cut]), "-".join(words[cut:])
            found |= units.search(
                [
                    "|",
                    ("building_id.name", "=ilike", building),
                    ("building_id.name", "=ilike", f"{building}_%"),
                    ("name", "=ilike", room),
                ],
                limit=MATCHES,
            )
        return found

    def _by_units(self, units):
        found = {}
        for unit in units:
            for partner in (unit.owner_id | unit.occupant_id).commercial_partner_id:
                found[partner] = found.get(partner, units.browse()) | unit
        return found

    def _by_person(self, query):
        """By name or phone: the customer, or whoever is a contact of his."""
        named = Domain("name", "ilike", query)
        # Without the zeros of area and country: 0912… is +886 912… as well.
        digits = re.sub(r"\D", "", query).lstrip("0")
        if len(digits) >= 4:
            named |= Domain("phone_mobile_search", "ilike", digits)
        persons = self.env["res.partner"].search(named, limit=PERSONS)
        return self._with_units(persons.commercial_partner_id)

    def _with_units(self, customers):
        """Those of the customers that have a unit in the user's communities, or owe
        something there."""
        if not customers:
            return {}
        units = self._units_of(customers)
        found = {
            partner: theirs
            for partner, theirs in self._by_units(units).items()
            if partner in customers
        }
        rest = customers.filtered(lambda partner: partner not in found)
        for partner in rest.filtered(self._communities_of):
            found[partner] = units.browse()
        return found

    def _match_values(self, found):
        return [
            {
                "partner_id": partner.id,
                "community_id": (units.community_id or self._communities_of(partner))[
                    :1
                ].id,
                "unit_names": ", ".join(units.mapped("display_name")),
            }
            for partner, units in found.items()
        ]

    @api.model
    def _communities(self):
        """Those of the user."""
        # pylint: disable-next=no-search-all
        return self.env["property.community"].sudo(False).search([])

    @api.model
    def _communities_of(self, partner):
        """Those of the user in which the customer has a unit or owes something; the one
        with the oldest debt first."""
        customer = partner.commercial_partner_id
        if not customer:
            return self.env["property.community"]
        mine = self._communities()
        # sudo: as in _by_document
        moves = (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("commercial_partner_id", "=", customer.id),
                    ("property_community_id", "in", mine.ids),
                    ("state", "=", "posted"),
                    ("amount_residual", ">", 0),
                ],
                order="invoice_date_due",
            )
        )
        owing = mine.browse(moves.property_community_id.ids)
        return owing | self._units_of(customer).community_id

    @api.model
    def _units_of(self, customers):
        """Units of the user's communities that the customers own or live in."""
        owns = Domain("owner_id.commercial_partner_id", "in", customers.ids)
        lives = Domain("occupant_id.commercial_partner_id", "in", customers.ids)
        return self.env["property.unit"].sudo(False).search(owns | lives)
