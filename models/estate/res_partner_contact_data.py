from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, date_utils

from .contact_state import CYCLE_MONTHS, contact_state, flush, state_sql


class ResPartner(models.Model):
    """How far the contact data of owners and occupants can be trusted (procedure,
    clause 5.2)."""

    _inherit = "res.partner"

    property_other_phones = fields.Char("Other Phones", tracking=True)
    property_phone_verified = fields.Date("Phone Last Verified", tracking=True)
    property_address_verified = fields.Date("Address Last Verified", tracking=True)
    property_email_verified = fields.Date("E-mail Last Verified", tracking=True)
    property_phone_failed = fields.Date(
        "Phone Failed on", readonly=True, help="Wrong number; nothing newer is known."
    )
    property_address_failed = fields.Date(
        "Address Failed on", readonly=True, help="Mail came back."
    )
    property_email_failed = fields.Date(
        "E-mail Failed on", readonly=True, help="An e-mail bounced."
    )
    property_contact_state = fields.Selection(
        [
            ("fresh", "Verified"),
            ("stale", "To verify again"),
            ("failed", "Not reached"),
            ("missing", "Missing"),
        ],
        "Contact Data",
        compute="_compute_property_contact_state",
        search="_search_property_contact_state",
        help="Verified: phone and address are known and both were confirmed within the "
        "cycle of the community, six months where nothing else is set. Not reached: a "
        "wrong number or returned mail, and nothing newer is known.",
    )
    property_contact_check_ids = fields.One2many(
        "property.contact.check",
        "partner_id",
        "Contact Data History",
        groups="property_fee_collection.group_user",
    )

    @api.depends(
        "phone",
        "street",
        "property_phone_verified",
        "property_address_verified",
        "property_phone_failed",
        "property_address_failed",
    )
    def _compute_property_contact_state(self):
        today = fields.Date.context_today(self)
        cycles = self._origin._property_cycles(today)
        for partner in self:
            months = cycles.get(partner._origin, CYCLE_MONTHS)
            partner.property_contact_state = contact_state(
                (
                    partner.phone,
                    partner.property_phone_verified,
                    partner.property_phone_failed,
                ),
                (
                    partner.street,
                    partner.property_address_verified,
                    partner.property_address_failed,
                ),
                date_utils.subtract(today, months=months),
            )

    @api.model
    def _search_property_contact_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today, states = fields.Date.context_today(self), tuple(value) or ("",)

        def to_sql(model, alias, query):
            return SQL("%s IN %s", state_sql(alias, today), states)

        flush(self.env)
        return Domain.custom(to_sql=to_sql)

    def _property_cycles(self, today):
        """{partner: months for which a verification holds}, of those who own or occupy
        a unit today: the strictest of their communities says how often."""
        return {
            partner: min(places.mapped("contact_cycle_months"))
            for partner, places in self._property_communities(today).items()
        }

    def _property_communities(self, today=None):
        """{partner: communities where he owns or occupies a unit today}, in sudo."""
        today = today or fields.Date.context_today(self)
        # sudo: also of communities that the user does not see.
        tenures = self.env["property.unit.tenure"].sudo()
        rows = tenures._read_group(
            tenures._domain_valid_on(today) & Domain("partner_id", "in", self.ids),
            ["partner_id"],
            ["community_id:recordset"],
        )
        return {partner.with_env(self.env): places for partner, places in rows}
