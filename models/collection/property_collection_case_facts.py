from odoo import api, models
from odoo.fields import Command

from .calendar import Standing, step_due, suspended_by
from .property_collection_case import FACTS

# What a refresh computes; dates of opening and closing follow from it.
COMPUTED = tuple(name for name in FACTS if not name.startswith("date_"))


class PropertyCollectionCase(models.Model):
    """Where a case stands: read from the ledger for many cases at once, whenever
    something that concerns them has happened."""

    _inherit = "property.collection.case"

    @api.depends("partner_id", "community_id", "hold_until", "is_malicious")
    def _compute_standing(self):
        """Facts of the calendar on today's date in the community's time zone."""
        for community, cases in self.grouped("community_id").items():
            day = community._property_today()
            standings, units = cases._standings(day)
            policies = cases._policies()
            for case in cases:
                found = standings.get(case.partner_id.id, Standing())
                case._set_standing(found, units.get(case.partner_id.id), day)
                steps = policies[case].step_ids
                case.step_id = step_due(steps, found.months, case.is_malicious)

    def _set_standing(self, found, units, day):
        units = (units or self.env["property.unit"]).sorted("sort_key")
        for name in ("open", "overdue", "disputed", "paused", "credit"):
            self[f"amount_{name}"] = getattr(found, f"amount_{name}")
        self.anchor_date, self.months_unpaid = found.anchor, found.months
        self.suspension = self._suspended_by(found, day)
        self.state = self._state_now(found, day)
        if units or not self.unit_ids:
            self.unit_ids = [Command.set(units.ids)]
            self.unit_id = units[:1]
            self.building_id = units[:1].building_id
            self.sort_key = units[:1].sort_key

    def _suspended_by(self, found, day):
        return suspended_by(
            day,
            settled=not found.anchor,
            hold_until=self.hold_until,
            promised_until=self._promised_until(),
            plan=self._plan_in_force(day),
        )

    def _state_now(self, found, day):
        if self._is_at_law():
            return "legal"
        if found.is_settled:
            return "closed"
        if self._plan_in_force(day):
            return "plan"
        return "held" if self.hold_until and self.hold_until >= day else "open"

    # Agreements add themselves here.

    def _promised_until(self):
        """The last day of an open promise, or None."""
        return None

    def _plan_in_force(self, day):
        """Whether an instalment plan is running and kept."""
        return False

    def _is_at_law(self):
        """Whether the company has gone to law."""
        return False

    def _standings(self, day):
        """:return: ({partner id: Standing}, {partner id: units in arrears})"""
        community = self.community_id
        return self.env["property.collection.ledger"]._standings(
            community, day, self.partner_id
        )

    def _policies(self):
        """{case: its policy}: the customer's, else the community's, else the company's,
        else the one that came with the module."""
        default = self.env.ref(
            "property_fee_collection.policy_default", raise_if_not_found=False
        )
        none = self.env["property.collection.policy"]
        return {
            case: case.partner_id.with_company(
                case.company_id
            ).property_collection_policy_id
            or case.community_id.policy_id
            or case.company_id.property_policy_id
            or default
            or none
            for case in self
        }

    def _touch(self):
        """Something happened that concerns these cases: they look at the ledger again
        before anybody reads or searches them, all in one go."""
        for name in COMPUTED:
            self.env.add_to_compute(self._fields[name], self)
