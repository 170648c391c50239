from odoo import api, fields, models
from odoo.tools import date_utils

FRESH_MONTHS = 6


class ResPartner(models.Model):
    """Owners and occupants: their units and how far their contact data can be
    trusted (procedure, clause 5.2)."""

    _inherit = "res.partner"

    property_unit_ids = fields.One2many(
        "property.unit", "owner_id", groups="property_fee_collection.group_user"
    )
    property_tenure_ids = fields.One2many(
        "property.unit.tenure",
        "partner_id",
        groups="property_fee_collection.group_user",
    )
    property_unit_count = fields.Integer(
        compute="_compute_property_unit_count",
        groups="property_fee_collection.group_user",
    )
    property_other_phones = fields.Char("Other Phones", tracking=True)
    property_phone_verified = fields.Date("Phone Last Verified", tracking=True)
    property_address_verified = fields.Date("Address Last Verified", tracking=True)
    property_contact_state = fields.Selection(
        [
            ("fresh", "Verified"),
            ("stale", "To verify again"),
            ("missing", "Missing"),
        ],
        "Contact Data",
        compute="_compute_property_contact_state",
        search="_search_property_contact_state",
        help="Verified: phone and address are known and both were confirmed within six "
        "months.",
    )

    @api.depends("property_tenure_ids")
    def _compute_property_unit_count(self):
        tenures = self.env["property.unit.tenure"]
        today = fields.Date.context_today(self)
        counts = dict(
            tenures._read_group(
                tenures._domain_valid_on(today)
                & fields.Domain("partner_id", "in", self.ids),
                ["partner_id"],
                ["unit_id:count_distinct"],
            )
        )
        for partner in self:
            partner.property_unit_count = counts.get(partner, 0)

    @api.depends(
        "phone", "street", "property_phone_verified", "property_address_verified"
    )
    def _compute_property_contact_state(self):
        oldest = self._property_oldest_fresh_day()
        for partner in self:
            if not partner.phone or not partner.street:
                partner.property_contact_state = "missing"
            elif (
                partner.property_phone_verified
                and partner.property_phone_verified >= oldest
                and partner.property_address_verified
                and partner.property_address_verified >= oldest
            ):
                partner.property_contact_state = "fresh"
            else:
                partner.property_contact_state = "stale"

    @api.model
    def _search_property_contact_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        oldest = self._property_oldest_fresh_day()
        missing = fields.Domain("phone", "in", [False, ""]) | fields.Domain(
            "street", "in", [False, ""]
        )
        fresh = (
            ~missing
            & fields.Domain("property_phone_verified", ">=", oldest)
            & fields.Domain("property_address_verified", ">=", oldest)
        )
        states = {"missing": missing, "fresh": fresh, "stale": ~missing & ~fresh}
        return fields.Domain.OR(states[state] for state in value if state in states)

    @api.model
    def _property_oldest_fresh_day(self):
        return date_utils.subtract(fields.Date.context_today(self), months=FRESH_MONTHS)

    def action_property_phone_verified(self):
        """Note that the phone number was confirmed today."""
        self.property_phone_verified = fields.Date.context_today(self)

    def action_property_address_verified(self):
        """Note that the postal address was confirmed today."""
        self.property_address_verified = fields.Date.context_today(self)

    def action_open_property_units(self):
        """Open the units that the partner owns or occupies today."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_unit"
        )
        action["domain"] = [
            "|",
            ("owner_id", "in", self.ids),
            ("occupant_id", "in", self.ids),
        ]
        return action
