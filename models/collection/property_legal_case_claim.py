from odoo import api, fields, models
from odoo.exceptions import UserError

from .property_legal_case import BY_METHOD

# Until the suit is filed the claim follows what is owed.
BEFORE_FILING = ("proposed", "approved", "letter")


class PropertyLegalCase(models.Model):
    """The sum that is claimed: what may be demanded now, or less."""

    _inherit = "property.legal.case"
    _guarded_fields = BY_METHOD | {"amount_set"}

    amount_claimed = fields.Monetary(
        "Claimed",
        compute="_compute_amount_claimed",
        inverse="_inverse_amount_claimed",
        store=True,
        precompute=True,
        help="Due and undisputed, less credits, with the late fee; follows the case "
        "until the suit is filed. Write another sum to claim less, and empty it to let "
        "it follow again.",
    )
    amount_set = fields.Monetary(
        "Claim Set by Hand", readonly=True, copy=False, tracking=True
    )

    @api.depends("case_id", "amount_set")
    def _compute_amount_claimed(self):
        """Computed anew whenever the case looks at the ledger, see its ``_touch``."""
        following = self.filtered(
            lambda legal: legal.stage in BEFORE_FILING and not legal.amount_set
        )
        demandable = following.case_id._demandable()
        for legal in self:
            legal.amount_claimed = (
                demandable.get(legal.case_id, 0.0)
                if legal in following
                else legal.amount_set or legal.amount_claimed
            )

    def _inverse_amount_claimed(self):
        # sudo: what was set is noted by the system alone, and the late fee of what is
        # emptied is read from the ledger.
        legals = self.sudo()
        for legal in legals:
            legal.amount_set = legal.amount_claimed
        legals.filtered(lambda legal: not legal.amount_set)._compute_amount_claimed()
        self.filtered(lambda legal: legal.stage not in BEFORE_FILING)._check_claim()

    def _check_claim(self):
        """:raises UserError: where more is claimed than may be demanded now"""
        # sudo: whoever may write the claim may hear what it may be at most.
        demandable = self.case_id.sudo()._demandable()
        for legal in self:
            most = demandable.get(legal.case_id, 0.0)
            if legal.currency_id.compare_amounts(legal.amount_claimed, most) > 0:
                raise UserError(
                    self.env._(
                        "%(claimed)s is claimed, but no more than %(most)s can be "
                        "demanded now. Empty the claim to let it follow.",
                        claimed=legal.currency_id.format(legal.amount_claimed),
                        most=legal.currency_id.format(most),
                    )
                )
