from odoo import models


class PropertyCall(models.Model):
    """A call is a contact: it counts for the weekly cap, and stands in the log
    (procedure, section 4 and clause 5.4)."""

    _inherit = "property.call"

    def _propose_user(self, vals_list):
        """Whoever collects from a customer calls him; the rest as ever."""
        rows = [vals for vals in vals_list if not vals.get("user_id")]
        # sudo: the case may be none of the caller's; its collector is no secret.
        cases = (
            self.env["property.collection.case"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", [vals["partner_id"] for vals in rows]),
                    ("community_id", "in", [vals["community_id"] for vals in rows]),
                    ("state", "!=", "closed"),
                    ("user_id", "!=", False),
                ]
            )
        )
        users = {
            (case.partner_id.id, case.community_id.id): case.user_id.id
            for case in cases
        }
        for vals in rows:
            key = vals["partner_id"], vals["community_id"]
            vals["user_id"] = users.get(key)
        return super()._propose_user(vals_list)

    def _check_may_call(self):
        result = super()._check_may_call()
        for call in self:
            company, community = call.company_id, call.community_id
            call.partner_id.commercial_partner_id._property_check_cap(
                company,
                community._property_today(),
                company._property_tz(community),
                planned=True,
            )
        return result

    def _after_call(self, outcome):
        result = super()._after_call(outcome)
        self.env["property.contact"].create(
            [call._contact_values(outcome) for call in self]
        )
        return result

    def _contact_values(self, outcome):
        # Only who was asked for money has refused to pay.
        if outcome == "refused" and not self.amount:
            outcome = "reached"
        said = [self.subject, self.note and self.note.strip()]
        return {
            "partner_id": self.partner_id.id,
            "community_id": self.community_id.id,
            "channel": "phone",
            "outcome": outcome,
            "note": "\n".join(filter(None, said)) or False,
        }
