from odoo import api, fields, models

from ...models.prepayment import terms


class PropertyPrepaymentSellLine(models.TransientModel):
    """What the offer is for one unit. Nothing is written before it is confirmed: the
    figures are those of an agreement that is not there yet."""

    _name = "property.prepayment.sell.line"
    _description = "Unit of a Sale"
    _inherit = ["property.community.bound"]
    _order = "id"

    sell_id = fields.Many2one(
        "property.prepayment.sell", required=True, ondelete="cascade", index=True
    )
    prepayment_id = fields.Many2one(
        "property.prepayment", "Draft", ondelete="cascade", help="It is taken up."
    )
    unit_id = fields.Many2one("property.unit", required=True, ondelete="cascade")
    community_id = fields.Many2one(related="unit_id.community_id")
    company_id = fields.Many2one(related="unit_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        "Payer",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
    )
    date_from = fields.Date(
        "First Month",
        compute="_compute_date_from",
        store=True,
        readonly=False,
        help="The first month that is neither billed nor paid ahead.",
    )
    date_to = fields.Date("Last Day", compute="_compute_quote")
    months = fields.Integer(compute="_compute_quote")
    amount_list = fields.Monetary("List Price", compute="_compute_quote")
    amount_discount = fields.Monetary("Discount", compute="_compute_quote")
    amount = fields.Monetary("Net Price", compute="_compute_quote")
    amount_total = fields.Monetary(
        "To Pay", compute="_compute_quote", help="The invoice, with taxes."
    )
    amount_month = fields.Monetary(
        "A Month", compute="_compute_quote", help="To pay ÷ months covered."
    )
    amount_otherwise = fields.Monetary(
        "Without the Offer",
        compute="_compute_quote",
        help="The same months billed one by one, at the rates known today.",
    )
    amount_saving = fields.Monetary("Saving", compute="_compute_quote")
    amount_arrears = fields.Monetary(
        "Overdue", compute="_compute_quote", help="What the payer is asked to pay."
    )
    refusal = fields.Text("Why Not", compute="_compute_quote")
    is_possible = fields.Boolean("Possible", compute="_compute_quote")

    @api.depends("unit_id", "sell_id.offer_id", "prepayment_id")
    def _compute_date_from(self):
        for offer, lines in self.grouped(lambda line: line.sell_id.offer_id).items():
            agreements = self.env["property.prepayment"]
            months = agreements._next_months(lines.unit_id, offer) if offer else {}
            for line in lines:
                line.date_from = line.prepayment_id.date_from or months.get(
                    line.unit_id
                )

    @api.depends("unit_id", "date_from", "prepayment_id", "sell_id.partner_id")
    def _compute_partner_id(self):
        proposed = {}
        quotes = self.filtered(
            lambda line: line.unit_id and terms.is_in_range(line.date_from)
        )._drafts()
        usual = self._together(quotes)._usual_payers()
        for line, quote in quotes.items():
            proposed[line] = usual[quote]
        for line in self:
            line.partner_id = (
                line.sell_id.partner_id
                or line.prepayment_id.partner_id
                or proposed.get(line)
                or line.unit_id.owner_id
            )

    @api.depends("unit_id", "partner_id", "date_from", "sell_id.offer_id")
    def _compute_quote(self):
        quotes = self.filtered(lambda line: line._is_complete())._drafts()
        agreements = self._together(quotes)
        fees, positions = agreements._fees(), agreements._tax_positions()
        arrears = agreements._arrears()
        refusals = agreements._refusals(fees, arrears)
        otherwise = agreements._otherwise(fees, positions)
        agreements._following_rates()._put_amounts(fees, positions)
        none = self.env["property.prepayment"]
        for line in self:
            quote = quotes.get(line, none)
            line.date_to = quote.date_to
            line.months = quote.months
            line.amount_list = quote.amount_list
            line.amount_discount = quote.amount_discount
            line.amount = quote.amount
            line.amount_total = quote.amount_total
            line.amount_month = quote.amount_total / quote.months if quote else 0.0
            line.amount_otherwise = otherwise.get(quote, 0.0)
            line.amount_saving = line.amount_otherwise - line.amount_total
            line.amount_arrears = arrears.get(quote, 0.0)
            reasons = refusals[quote] if quote else [line._what_is_missing()]
            line.refusal = "\n".join(reasons)
            line.is_possible = not reasons

    def _is_complete(self):
        first = self.date_from
        return bool(
            self.sell_id.offer_id
            and self.unit_id
            and self.partner_id
            and terms.is_first(first)
            and terms.is_in_range(first)
        )

    def _what_is_missing(self):
        if not self.sell_id.offer_id:
            return self.env._("choose an offer")
        if not self.partner_id:
            return self.env._("choose who pays: nobody owns the unit")
        if self.date_from and not terms.is_in_range(self.date_from):
            return self.env._("a term begins in one of the years 2000 to 2100")
        return self.env._("a term begins on the first day of a month")

    def _drafts(self):
        """{line: an agreement in memory as it would be confirmed}"""
        agreements = self.env["property.prepayment"]
        return {
            line: agreements.new(line._agreement_values(), origin=line.prepayment_id)
            for line in self
        }

    def _agreement_values(self):
        return {
            "unit_id": self.unit_id.id,
            "partner_id": self.partner_id.id,
            "offer_id": self.sell_id.offer_id.id,
            "date_from": self.date_from,
            "currency_id": self.company_id.currency_id.id,
        }

    @api.model
    def _together(self, quotes):
        return self.env["property.prepayment"].concat(*quotes.values())

    def action_settle(self):
        """Take a payment of what this payer has overdue; see the wizard."""
        self.ensure_one()
        self.sell_id._settle(self)
        return self.sell_id._action_again()

    def _agreements(self):
        """Drafts, those that were there already brought up to date."""
        new = self.filtered(lambda line: not line.prepayment_id)
        drafts = self.env["property.prepayment"].create(
            [line._agreement_values() for line in new]
        )
        for line in self - new:
            line.prepayment_id.write(line._agreement_values())
        return drafts | self.prepayment_id
