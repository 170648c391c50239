from odoo import models
from odoo.exceptions import UserError

from .contact_hours import hour_text, is_quiet, quiet_ends


class PropertyCommunity(models.Model):
    """The quiet hours where the community is (procedure, section 4)."""

    _inherit = "property.community"

    def _is_quiet(self, moment=None):
        """Whether ``moment`` (UTC, default now) lies in the quiet hours."""
        local, company = self._clock(moment), self.company_id
        return is_quiet(
            local.hour + local.minute / 60,
            company.property_quiet_from,
            company.property_quiet_to,
        )

    def _check_quiet(self, moment):
        """:raises UserError: when ``moment`` (UTC) lies in the quiet hours"""
        if not self._is_quiet(moment):
            return
        raise UserError(
            self.env._(
                "Nobody is called, texted or visited between %(quiet_from)s and "
                "%(quiet_to)s; this would be at %(time)s in %(community)s.",
                quiet_from=hour_text(self.company_id.property_quiet_from),
                quiet_to=hour_text(self.company_id.property_quiet_to),
                time=f"{self._clock(moment):%H:%M}",
                community=self.name,
            )
        )

    def _quiet_ends(self, moment=None):
        """When (UTC) the quiet hours around ``moment`` are over."""
        local = self._clock(moment)
        end = quiet_ends(local.replace(tzinfo=None), self.company_id.property_quiet_to)
        return self._utc(end)
