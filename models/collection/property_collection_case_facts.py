from odoo import api, models
from odoo.fields import Command

from .calendar import Standing, step_due, suspended_by
from .property_collection_case import FACTS

# What a refresh computes; the links to units follow from it.
COMPUTED = tuple(name for name in FACTS if name != "unit_ids")
# Found out anew when a customer falls into arrears again.
OF_EPISODE = {
    "reason": False,
    "reason_note": False,
    "is_malicious": False,
    "malicious_reason": False,
    "hold_until": False,
    "hold_reason": False,
}


class PropertyCollectionCase(models.Model):
    """Where a case stands: read from the ledger for many cases at once, whenever
    something that concerns them has happened."""

    _inherit = "property.collection.case"

    @api.depends("partner_id", "community_id", "hold_until", "is_malicious")
    def _compute_standing(self):
        """Facts of the calendar on today's date in the community's time zone."""
        links, ended = [], self.browse()
        policies = self._policies()
        for community, cases in self.grouped("community_id").items():
            day = community._property_today()
            standings, units = cases._standings(day)
            for case in cases:
                found = standings.get(case.partner_id.id, Standing())
                if case._set_standing(found, policies[case], day):
                    ended += case
                links += case._set_units(units.get(case.partner_id.id))
        # One statement for all links; write() would take two for each case.
        self._fields["unit_ids"].write_batch(links)
        ended.write(OF_EPISODE)

    def _set_standing(self, found, policy, day):
        """:return: whether the case has closed now"""
        was_open = self.state and self.state != "closed"
        for name, value in self._standing_vals(found, policy).items():
            self[name] = value
        self.suspension = self._suspended_by(found, day)
        self.state = self._state_now(found, day)
        is_open = self.state != "closed"
        opened, closed = self.date_opened, self.date_closed
        has_ended = was_open and not is_open
        self.date_opened = day if is_open and not was_open else opened
        self.date_closed = day if has_ended else closed
        return has_ended

    def _standing_vals(self, found, policy):
        """What follows from ledger and calendar alone."""
        step = step_due(policy.step_ids, found.months, self.is_malicious)
        return {
            "amount_open": found.amount_open,
            "amount_overdue": found.amount_overdue,
            "amount_disputed": found.amount_disputed,
            "amount_paused": found.amount_paused,
            "amount_credit": found.amount_credit,
            "anchor_date": found.anchor,
            "months_unpaid": found.months,
            "step_id": step.id if step else None,
        }

    def _set_units(self, units):
        """Units in arrears in room order; a closed case keeps those it had.

        :return: the links to write, none where they stand as they are
        """
        units = (units or self.env["property.unit"]).sorted("sort_key")
        changed = units and units != self.unit_ids.sorted("sort_key")
        kept = units or self.unit_id
        for name, value in self._place_vals(kept).items():
            self[name] = value
        return [(self, [Command.set(units.ids)])] if changed else []

    @api.model
    def _place_vals(self, units):
        """Where a case stands in room order, from its units in that order."""
        first = units[:1]
        return {
            "unit_id": first.id,
            "building_id": first.building_id.id,
            "sort_key": first.sort_key,
        }

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
        if self._has_running_plan():
            return "plan"
        return "held" if self.hold_until and self.hold_until >= day else "open"

    # Agreements add themselves here.

    def _promised_until(self):
        """The last day of an open promise, or None."""
        return None

    def _plan_in_force(self, day):
        """Whether an instalment plan is running and kept."""
        return False

    def _has_running_plan(self):
        """Whether an instalment plan is running, be it kept or late."""
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
        policies = {}
        for community, cases in self.grouped("community_id").items():
            of_customers = self._policies_of(community, cases.partner_id)
            policies |= {case: of_customers[case.partner_id.id] for case in cases}
        return policies

    @api.model
    def _policies_of(self, community, partners):
        """{partner id: policy} in a community"""
        default = self.env.ref(
            "property_fee_collection.policy_default", raise_if_not_found=False
        )
        none = self.env["property.collection.policy"]
        company = community.company_id
        usual = community.policy_id or company.property_policy_id or default or none
        return {
            partner.id: partner.property_collection_policy_id or usual
            for partner in partners.with_company(company)
        }

    def _touch(self):
        """Something happened that concerns these cases: they look at the ledger again
        before anybody reads or searches them, all in one go."""
        for name in COMPUTED:
            self.env.add_to_compute(self._fields[name], self)
