from odoo import models

from ..estate.dates import ONE_DAY


class PropertyPrepayment(models.Model):
    """The end of an agreement that came in with an owner ledger: the unit says itself,
    too, how far it is paid."""

    _inherit = "property.prepayment"

    def _cut_cover(self, last_day):
        result = super()._cut_cover(last_day)
        unit = self.unit_id
        # What somebody noted beyond the term is not of this agreement.
        if self.is_opening and unit.paid_directly == self.date_to:
            unit.paid_directly = max(last_day, self.date_from - ONE_DAY)
        return result
