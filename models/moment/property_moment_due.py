from odoo import api, fields, models

from .sums import Account, Sums, asked_for


class PropertyMoment(models.Model):
    """What is due when the customer stands at the desk, and what has been agreed with
    him: read for many moments at once."""

    _inherit = "property.moment"

    due_now = fields.Monetary(
        compute="_compute_now",
        help="In all units of the customer in the community, today included; without "
        "what is disputed, less credits.",
    )
    due_unit_now = fields.Monetary("Of This Unit", compute="_compute_now")
    later_now = fields.Monetary("Not Yet Due", compute="_compute_now")
    disputed_now = fields.Monetary("In Dispute", compute="_compute_now")
    credit_now = fields.Monetary("On Account", compute="_compute_now")
    open_move_ids = fields.Many2many(
        "account.move", string="Open Bills", compute="_compute_now"
    )
    case_id = fields.Many2one(
        "property.collection.case", "Collection Case", compute="_compute_agreed"
    )
    promise_id = fields.Many2one(
        "property.promise", "Open Promise", compute="_compute_agreed"
    )
    plan_id = fields.Many2one(
        "property.plan", "Instalment Plan", compute="_compute_agreed"
    )
    prepayment_ids = fields.Many2many(
        "property.prepayment", string="Paid Ahead", compute="_compute_prepayment_ids"
    )
    offer_ids = fields.Many2many(
        "property.prepayment.offer",
        string="Offers",
        compute="_compute_offer_ids",
        help="Prepayment offers that are open today.",
    )

    @api.depends("partner_id", "unit_id")
    def _compute_now(self):
        found = self._sums()
        for moment in self:
            standing, moves = found.get(moment, (Sums(), ()))
            moment.due_now = standing.due
            moment.due_unit_now = standing.due_unit
            moment.later_now = standing.later
            moment.disputed_now = standing.disputed
            moment.credit_now = standing.credit
            moment.open_move_ids = self.env["account.move"].browse(moves)

    @api.private
    def _sums(self):
        """Where the customers of moments stand today.

        :return: {moment: (Sums, ids of the open bills, the oldest first)}
        """
        return {
            moment: (account.sums(moment.unit_id.id), account.bills())
            for moment, account in self._accounts().items()
        }

    def _accounts(self):
        """What is open of the customers of moments today, a few queries for each
        community.

        :return: {moment: Account}
        """
        found = {}
        # sudo: whoever opens a moment need not be an accountant. What is read is of the
        # moment's own customer and community.
        ledger = self.env["property.collection.ledger"].sudo()
        for community, moments in self.sudo().grouped("community_id").items():
            partners = moments.partner_id.commercial_partner_id
            if not community or not partners:
                continue
            items = ledger._open_by_customer(community, partners)
            credits = ledger._unallocated(community, partners)
            waiting, owed = self._of_agreements(
                {item.move_id for own in items.values() for item in own}
            )
            for moment in moments:
                customer = moment.partner_id.commercial_partner_id.id
                found[moment.with_env(self.env)] = Account(
                    asked_for(items.get(customer, ()), owed),
                    community._property_today(),
                    waiting,
                    credits.get(customer, 0.0),
                    community.currency_id.decimal_places,
                )
        return found

    @api.model
    def _of_agreements(self, move_ids):
        """Which of these invoices ask for months paid ahead and are not owed yet, and
        what else agreements left open: that is owed as any bill.

        :return: (ids that are not owed yet, ids that are)
        """
        moves = self.env["account.move"].sudo()  # sudo: see _accounts
        domain = [
            ("id", "in", list(move_ids)),
            ("property_prepayment_id", "!=", False),
        ]
        found = moves.search(domain) if move_ids else moves
        waiting = found._property_is_unpaid_advance()
        return set(waiting.ids), set((found - waiting).ids)

    @api.private
    def _record_due(self):
        """Put on record what is due now."""
        found = self._sums()
        for amount, moments in self.grouped(
            lambda moment: found[moment][0].due if moment in found else 0.0
        ).items():
            # sudo: the sum is written by the system alone.
            moments.sudo().amount_due = amount

    @api.depends("partner_id", "unit_id")
    def _compute_agreed(self):
        cases = self.env["property.collection.case"]._of_customers(
            self.partner_id.commercial_partner_id, self.community_id
        )
        none = self.env["property.collection.case"]
        for moment in self:
            customer = moment.partner_id.commercial_partner_id
            case = cases.get((customer.id, moment.community_id.id), none)
            moment.case_id = case
            moment.promise_id = case._open_promise()
            moment.plan_id = case._running_plan()

    @api.depends("partner_id", "unit_id")
    def _compute_prepayment_ids(self):
        running = self.env["property.prepayment"].search(
            [("unit_id", "in", self.unit_id.ids), ("state", "=", "running")]
        )
        of_units = running.grouped("unit_id")
        for moment in self:
            moment.prepayment_ids = of_units.get(moment.unit_id, False)

    @api.depends("unit_id")
    def _compute_offer_ids(self):
        for community, moments in self.grouped("community_id").items():
            moments.offer_ids = self._open_offers(community)

    @api.model
    def _open_offers(self, community):
        """Offers that may be taken in the community today; whether this customer may,
        the form that sells them says with the reasons."""
        offers = self.env["property.prepayment.offer"]
        if not community:
            return offers
        cap = community.company_id.property_prepayment_cap
        return offers._on_offer(community.company_id, community).filtered(
            lambda offer: not cap or offer.months <= cap
        )
