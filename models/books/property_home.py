from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL
from odoo.tools.misc import format_amount

from .property_home_cards_work import CARDS

MODULE = "property_fee_collection"
SECTIONS = [
    ("decisions", "Decisions"),
    ("finance", "Finance"),
    ("team", "Team"),
    ("day", "My Day"),
    ("figures", "Figures"),
]
PLACES = {key: place for place, key in enumerate(CARDS)}
# Rows are the user's own, in the cache of records, too.
ROOM = 100


class PropertyHome(models.Model):
    """The home screen: what waits for whoever looks at it. One row for each card that
    he may see; all numbers are counted in one query, under his own record rules."""

    _name = "property.home"
    _inherit = ["property.home.now"]
    _description = "Home Screen"
    _auto = False
    _order = "sequence, id"
    _rec_name = "key"

    key = fields.Char(readonly=True)
    section = fields.Selection(SECTIONS, readonly=True)
    sequence = fields.Integer(readonly=True)
    level = fields.Selection(
        [("danger", "Late"), ("warning", "Important"), ("info", "Work")],
        "Urgency",
        readonly=True,
    )
    number = fields.Integer(readonly=True, aggregator=None)
    amount = fields.Float(readonly=True, aggregator=None)
    title = fields.Char("What Waits", compute="_compute_title")
    figure = fields.Char(compute="_compute_title")
    amount_text = fields.Char("Sum", compute="_compute_title")
    detail = fields.Char(compute="_compute_title")
    trend = fields.Text(compute="_compute_title")

    @property
    def _table_query(self):
        now = self._now()
        rows = [self._row(card, now) for card in self._cards()] + self._figure_rows()
        none = SQL(
            "SELECT 0 AS id, '' AS key, '' AS section, 0 AS sequence, '' AS level, "
            "0 AS number, 0.0 AS amount WHERE false"
        )
        return SQL(" UNION ALL ").join([none, *rows])

    def _cards(self):
        """The cards whose list the user may open."""
        user = self.env.user
        return [card for card in CARDS.values() if self._may_open(card, user)]

    def _may_open(self, card, user):
        return (
            user._has_property_role(*card.roles)
            and card.model in self.env
            and self.env[card.model].has_access("read")
        )

    def _card_id(self, place):
        return self.env.uid * ROOM + place

    def _row(self, card, now):
        model = self.env[card.model]
        query = model._search(card.domain(now))
        return SQL(
            "SELECT %s, %s, %s, %s, %s, %s::int, %s::float",
            self._card_id(PLACES[card.key]),
            card.key,
            card.section,
            [key for key, _label in SECTIONS].index(card.section),
            card.level,
            SQL("(%s)", query.select("COUNT(*)")),
            self._sum(card, now),
        )

    def _sum(self, card, now):
        """Sum in the company's currency; other currencies are counted only."""
        if not card.amount:
            return SQL("0")
        model, currency = self.env[card.model], self.env.company.currency_id
        query = model._search([*card.domain(now), ("currency_id", "=", currency.id)])
        field = model._field_to_sql(model._table, card.amount, query)
        return SQL("(%s)", query.select(SQL("COALESCE(SUM(%s), 0)", field)))

    def _figure_rows(self):
        """Rows of the figures of the month."""
        return []

    def _compute_title(self):
        for row in self:
            card = CARDS.get(row.key)
            row.title = card and self.env._(card.title)
            row.figure = str(row.number)
            row.amount_text = (
                row.amount
                and format_amount(self.env, row.amount, self.env.company.currency_id)
                or ""
            )
            row.detail = row.trend = False

    def action_open(self):
        """Open exactly what the card counts.

        :raises AccessError: for a card that is not the user's
        """
        self.ensure_one()
        ids = {self._card_id(PLACES[card.key]): card for card in self._cards()}
        if self.id not in ids:
            raise AccessError(self.env._("This card is not for you."))
        card = ids[self.id]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"{MODULE}.action_{card.action}"
        )
        return {
            **action,
            "name": self.env._(card.title),
            "display_name": self.env._(card.title),
            "domain": card.domain(self._now()),
            "context": {"create": False} if card.model == "property.takings" else {},
            "path": False,
        }

    def action_take_money(self):
        """Open the counter."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            f"{MODULE}.action_property_counter"
        )
