from odoo import api, fields, models
from odoo.fields import Command

ACTION = "property_fee_collection.action_property_prepayment_sell"


class PropertyPrepaymentSell(models.TransientModel):
    """Sell an offer for one unit or for hundreds (procedure, clause 5.3.2): what it
    costs, what it saves, who may take it, and why somebody may not."""

    _name = "property.prepayment.sell"
    _description = "Sell Prepayments"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("unit_ids",))

    offer_id = fields.Many2one(
        "property.prepayment.offer",
        required=True,
        domain="[('id', 'in', offer_ids)]",
        default=lambda self: self._default_offer_id(),
    )
    offer_ids = fields.Many2many(
        "property.prepayment.offer", string="Offers", compute="_compute_offer_ids"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Payer",
        help="Empty: who is billed for each unit.",
    )
    unit_ids = fields.Many2many(
        "property.unit",
        "property_prepayment_sell_unit_rel",
        compute="_compute_unit_ids",
        store=True,
        readonly=False,
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    line_ids = fields.One2many(
        "property.prepayment.sell.line",
        "sell_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    leave_out = fields.Boolean(
        "Leave these out", help="Sell to the others and leave these units out."
    )
    paid_now = fields.Boolean(help="The new invoices are paid on the spot.")
    journal_id = fields.Many2one(
        "account.journal",
        "Received in",
        domain="[('type', 'in', ('cash', 'bank')), ('company_id', '=', company_id)]",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
    )

    count_possible = fields.Integer("Possible", compute="_compute_totals")
    count_refused = fields.Integer("Not Possible", compute="_compute_totals")
    amount_list = fields.Monetary("List Price", compute="_compute_totals")
    amount_discount = fields.Monetary("Discount", compute="_compute_totals")
    amount_total = fields.Monetary("To Pay", compute="_compute_totals")
    amount_saving = fields.Monetary("Saving", compute="_compute_totals")
    amount_arrears = fields.Monetary("Overdue", compute="_compute_totals")

    @api.model
    def _default_offer_id(self):
        # Only what is made in one of the user's communities, or everywhere.
        company = self.env.company
        mine = self.env["property.community"].search([("company_id", "=", company.id)])
        offers = self.env["property.prepayment.offer"]
        return offers._on_offer(company, mine)[:1]

    @api.model
    def default_get(self, names):
        """Opened from a list of units, they are what it is about."""
        defaults = super().default_get(names)
        context = self.env.context
        if context.get("active_model") == "property.unit" and not (
            context.get("default_unit_ids") or context.get("default_partner_id")
        ):
            units = context.get("active_ids") or ()
            defaults["unit_ids"] = [Command.set(list(units))]
        return defaults

    @api.depends("partner_id")
    def _compute_unit_ids(self):
        """The units that the payer owns or occupies today, unless some are chosen; of
        the user's communities."""
        # Stored fields are worked out with all rights, the search is the user's own.
        units = self.env["property.unit"].sudo(False)
        for sell in self:
            partner = sell.partner_id
            if partner and not sell.unit_ids:
                sell.unit_ids = units.search(
                    [
                        "|",
                        ("owner_id", "child_of", partner.commercial_partner_id.ids),
                        ("occupant_id", "child_of", partner.commercial_partner_id.ids),
                    ]
                )

    @api.depends("unit_ids", "company_id")
    def _compute_offer_ids(self):
        """What is on offer in one of the communities."""
        offers = self.env["property.prepayment.offer"]
        for sell in self:
            communities = sell.unit_ids.community_id
            sell.offer_ids = offers._on_offer(sell.company_id, communities)

    @api.depends("unit_ids")
    def _compute_company_id(self):
        for sell in self:
            sell.company_id = sell.unit_ids[:1].company_id or self.env.company

    @api.depends("company_id")
    def _compute_journal_id(self):
        for sell in self:
            if sell.journal_id.company_id != sell.company_id:
                sell.journal_id = self.env["account.journal"].search(
                    [
                        ("type", "in", ("cash", "bank")),
                        ("company_id", "=", sell.company_id.id),
                    ],
                    order="type desc, sequence, id",
                    limit=1,
                )

    @api.depends("unit_ids")
    def _compute_line_ids(self):
        for sell in self:
            known = sell.line_ids.unit_id
            gone = sell.line_ids.filtered(
                lambda line, sell=sell: line.unit_id.id not in sell.unit_ids.ids
            )
            if gone:
                sell.line_ids -= gone
            new = [unit for unit in sell.unit_ids.ids if unit not in known.ids]
            if new:
                sell.line_ids = [
                    Command.create(vals) for vals in sell._line_values(new)
                ]

    def _line_values(self, unit_ids):
        """A draft of a renewal is taken up, not doubled."""
        drafts = self.env["property.prepayment"].search(
            [
                ("unit_id", "in", unit_ids),
                ("state", "=", "draft"),
                ("renewal_of_id", "!=", False),
            ]
        )
        of_unit = {draft.unit_id.id: draft.id for draft in drafts}
        return [
            {"unit_id": unit, "prepayment_id": of_unit.get(unit, False)}
            for unit in unit_ids
        ]

    @api.depends(
        "line_ids.is_possible",
        "line_ids.amount_total",
        "line_ids.amount_arrears",
        "line_ids.partner_id",
    )
    def _compute_totals(self):
        for sell in self:
            possible = sell.line_ids.filtered("is_possible")
            sell.count_possible = len(possible)
            sell.count_refused = len(sell.line_ids) - len(possible)
            sell.amount_list = sum(possible.mapped("amount_list"))
            sell.amount_discount = sum(possible.mapped("amount_discount"))
            sell.amount_total = sum(possible.mapped("amount_total"))
            sell.amount_saving = sum(possible.mapped("amount_saving"))
            # Whoever stands here with several units owes once.
            owed = {
                (line.community_id, line.partner_id.commercial_partner_id): line
                for line in sell.line_ids
            }
            sell.amount_arrears = sum(line.amount_arrears for line in owed.values())

    @api.private
    @api.model
    def _action_open(self, **defaults):
        """The wizard as an action.

        :param defaults: values of its fields; ids in place of records
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(ACTION)
        action["context"] = {
            **{f"default_{name}": value for name, value in defaults.items()},
            "dialog_size": "extra-large",
        }
        return action
