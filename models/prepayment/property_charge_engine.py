from collections import defaultdict

from odoo import models

from ..billing.payers import Span


class PropertyChargeEngine(models.AbstractModel):
    """Days that are paid ahead are not billed: those of the covered fees only."""

    _inherit = "property.charge.engine"

    def _covered(self, community, first, last):
        covered = defaultdict(list, super()._covered(community, first, last))
        rows = self.env["property.prepayment.cover"].search_read(
            [
                ("community_id", "=", community.id),
                ("month", ">=", first),
                ("month", "<=", last),
            ],
            ["unit_id", "fee_item_id", "date_from", "date_to"],
            load=None,
        )
        for row in rows:
            covered[row["unit_id"], row["fee_item_id"]].append(
                Span(row["date_from"], row["date_to"], None)
            )
        return covered
