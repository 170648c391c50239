from odoo import models

from ...models.estate.dates import ONE_DAY
from ...models.prepayment.property_prepayment_opening import Opening


class PropertyLedgerImport(models.Model):
    """What owners had paid ahead goes on as agreements: each month of it is released
    like one that was sold here."""

    _inherit = "property.ledger.import"

    def _post_advances(self, work):
        if work.advances:
            self._open_agreements(work)
        return super()._post_advances(work)

    def _open_agreements(self, work):
        first = work.as_of + ONE_DAY
        openings = [
            Opening(
                advance.unit_id,
                advance.payer_id,
                first,
                advance.date_to,
                float(advance.amount),
                self._agreement_name(number),
            )
            for number, advance in enumerate(work.advances, 1)
        ]
        self.env.flush_all()
        made = self.env["property.prepayment"]._open_paid(
            self.community_id, openings, self.fee_item_id
        )
        for advance in work.advances:
            advance.links["property_prepayment_id"] = made.get(advance.unit_id, False)

    def _agreement_name(self, number):
        return f"PP/{self.community_id.code}/{self.id}/{number:05d}"
