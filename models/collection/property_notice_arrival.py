from odoo import models

from .limitation import is_provable


class PropertyNotice(models.Model):
    """Whether a notice has provably arrived."""

    _inherit = "property.notice"

    def _arrived_on(self):
        """The first day in the community on which it provably arrived, or None."""
        self.ensure_one()
        days = [
            row._local().date()
            for row in self.delivery_ids
            if not row.void_reason
            and is_provable(row.outcome, row.channel, row.tracking_ref)
        ]
        return min(days, default=None)

    def _report_label(self, name):
        """The value of a field in words."""
        return self._fields[name].convert_to_export(self[name], self)
