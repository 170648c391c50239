from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class PropertyPrepaymentOffer(models.Model):
    """What an owner gets for paying months ahead: free months, or a value-added
    service (procedure, clause 5.3.2)."""

    _name = "property.prepayment.offer"
    _description = "Prepayment Offer"
    _inherit = ["property.community.bound"]
    _order = "sequence, months, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, default=lambda self: self.env.company
    )
    months = fields.Integer(
        required=True, default=12, help="Months covered, the free ones included."
    )
    free_months = fields.Integer(help="Of these months so many are free.")
    voucher_product_id = fields.Many2one(
        "product.product",
        "Value-Added Service",
        domain="[('type', '=', 'service')]",
        help="The owner gets a voucher for it.",
    )
    voucher_months = fields.Integer(
        "Voucher Valid for (months)", default=12, help="From the start of the term."
    )
    date_from = fields.Date("Valid from", help="First day on which it may be taken.")
    date_to = fields.Date("Valid to", help="Last day on which it may be taken.")
    community_ids = fields.Many2many(
        "property.community",
        "property_offer_community_rel",
        help="Empty: every community of the company.",
    )
    fee_item_ids = fields.Many2many(
        "property.fee.item",
        "property_offer_item_rel",
        domain="[('is_prepayable', '=', True)]",
        help="Empty: every fee that can be paid ahead.",
    )
    payment_days = fields.Integer(
        default=7,
        help="Days to pay the invoice. An agreement that is not paid by then lapses.",
    )
    price_rule = fields.Selection(
        [
            ("fixed", "Held for the whole term"),
            ("rate", "Follows the rate: the difference is billed or credited"),
        ],
        "When the Rate Changes",
        default="fixed",
        required=True,
    )
    refund_rule = fields.Selection(
        [
            ("list", "Months used count at their full price"),
            ("share", "What is not used is paid back"),
        ],
        "When It Ends Early",
        default="list",
        required=True,
    )

    agreement_count = fields.Integer("Sold", compute="_compute_agreement_count")

    _months_positive = models.Constraint(
        "CHECK(months > 0 AND free_months >= 0 AND free_months < months)",
        "The free months lie within the term: fewer than its months.",
    )

    def _compute_agreement_count(self):
        counts = self.env["property.prepayment"]._count_by("offer_id", self)
        for offer in self:
            offer.agreement_count = counts.get(offer._origin, 0)

    @api.constrains("date_from", "date_to")
    def _check_validity(self):
        for offer in self:
            if offer.date_from and offer.date_to and offer.date_to < offer.date_from:
                raise ValidationError(
                    self.env._("%(name)s ends before it begins.", name=offer.name)
                )

    @api.private
    @api.model
    def _on_offer(self, company, community=None):
        """The offers that may be taken today in a company, or in one of its
        communities.

        :param community: one or several; it is today where the first one is
        """
        day = (
            community[:1]._property_today()
            if community
            else fields.Date.context_today(self)
        )
        domain = Domain("company_id", "in", (False, company.id))
        domain &= Domain("date_from", "=", False) | Domain("date_from", "<=", day)
        domain &= Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        if community:
            everywhere = Domain("community_ids", "=", False)
            domain &= everywhere | Domain("community_ids", "in", community.ids)
        # sudo: an offer made elsewhere only must not seem to be made everywhere to
        # somebody who does not see those communities
        return self.search([("id", "in", self.sudo()._search(domain))])

    @api.private
    def _made_in(self):
        """{offer id: ids of its communities}, none for everywhere"""
        # sudo: as in _on_offer
        groups = self.sudo()._read_group(
            [("id", "in", self.ids), ("community_ids", "!=", False)],
            ["community_ids"],
            ["id:recordset"],
        )
        found = {offer: set() for offer in self.ids}
        for community, offers in groups:
            for offer in offers:
                found[offer.id].add(community.id)
        return found
