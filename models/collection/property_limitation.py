from odoo import api, fields, models
from odoo.tools.misc import format_date

from .limitation import expiry

FACTS = (
    "case_id",
    "partner_id",
    "community_id",
    "unit_id",
    "period",
    "date_due",
    "date",
    "is_expired",
    "event",
    "event_date",
    "res_model",
    "res_id",
)


class PropertyLimitation(models.Model):
    """Until when an open charge can be enforced, and what moved that day (procedure,
    section 4): a table of its own, for nothing is written into invoices. The system
    alone keeps it; it is made anew from its evidence and may be deleted any time."""

    _name = "property.limitation"
    _description = "Limitation"
    _order = "date, date_due, id"
    _rec_name = "move_id"

    move_id = fields.Many2one(
        "account.move", "Charge", required=True, readonly=True, ondelete="cascade"
    )
    case_id = fields.Many2one(
        "property.collection.case", readonly=True, index="btree_not_null"
    )
    user_id = fields.Many2one(
        related="case_id.user_id", string="Collector", store=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True
    )
    community_id = fields.Many2one(
        "property.community", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one(related="community_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    unit_id = fields.Many2one("property.unit", readonly=True)
    period = fields.Date("Month", readonly=True, help="First day of the month charged.")
    date_due = fields.Date("Due on", readonly=True)
    date = fields.Date(
        "Limitation",
        readonly=True,
        index=True,
        help="The last day on which the charge can be enforced.",
    )
    is_expired = fields.Boolean("Expired", readonly=True)
    event = fields.Selection(
        [
            ("demand", "Demand"),
            ("part_payment", "Part payment"),
            ("promise", "Promise"),
            ("plan", "Instalment plan"),
            ("suit", "Suit"),
        ],
        "Moved by",
        readonly=True,
        help="Empty: it runs from the due date.",
    )
    event_date = fields.Date("Moved on", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    evidence = fields.Char(compute="_compute_evidence")
    amount_residual = fields.Monetary(
        related="move_id.amount_residual_signed", string="Open", store=True
    )

    _once = models.UniqueIndex("(move_id)", "The charge has its limitation already.")

    @api.depends("event", "event_date", "res_model", "res_id")
    @api.depends_context("lang")
    def _compute_evidence(self):
        labels = dict(self._fields["event"]._description_selection(self.env))
        for row in self:
            if not row.event:
                day = format_date(self.env, row.date_due)
                row.evidence = self.env._("Due on %(day)s", day=day) if day else ""
                continue
            row.evidence = self.env._(
                "%(event)s of %(day)s: %(name)s",
                event=labels[row.event],
                day=format_date(self.env, row.event_date),
                name=row._evidence_name(),
            )

    def _evidence_name(self):
        if self.res_model not in self.env or not self.res_id:
            return ""
        # sudo: the name of a payment is no secret to whoever sees the charge.
        record = self.env[self.res_model].sudo().browse(self.res_id).exists()
        return record.display_name or ""

    def action_open_evidence(self):
        """Open what moved the limitation; the invoice where nothing did."""
        self.ensure_one()
        is_moved = bool(self.event)
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model if is_moved else "account.move",
            "res_id": self.res_id if is_moved else self.move_id.id,
            "views": [(False, "form")],
        }

    @api.model
    def _refresh_community(self, community, partners=None):
        """Bring the rows of a community up to today's knowledge and date there; twice
        is as good as once.

        :param partners: only those customers
        """
        # sudo: the table follows from ledger and evidence; no user writes it.
        rows = self.sudo()
        wanted = rows._wanted(community, partners)
        domain = [("community_id", "=", community.id)]
        if partners is not None:
            domain.append(("partner_id", "in", partners.ids))
        known = rows.search(domain, order="id")
        gone = known.filtered(lambda row: row.move_id.id not in wanted)
        gone.unlink()
        for row in known - gone:
            row._write_changed(wanted.pop(row.move_id.id))
        rows.create([{"move_id": move, **vals} for move, vals in wanted.items()])

    @api.model
    def _refresh_cases(self, cases):
        """The same for the customers of these cases only."""
        for community, of_community in cases.grouped("community_id").items():
            self._refresh_community(community, of_community.partner_id)

    def _write_changed(self, vals):
        now = self._convert_to_write({name: self[name] for name in FACTS})
        changed = {name: vals[name] for name in FACTS if now[name] != vals[name]}
        if changed:
            self.write(changed)

    @api.model
    def _wanted(self, community, partners):
        """{move id: values} of the charges that are due and open."""
        profile = community.company_id.property_jurisdiction
        if profile == "none":
            return {}
        day = community._property_today()
        charges = self._due_charges(community, partners, day)
        events = self._events(community, charges)
        cases = self.env["property.collection.case"]._of_customers(
            self.env["res.partner"].browse({row[0] for row in charges.values()}),
            community,
        )
        months = {
            move.id: move.property_period
            for move in self.env["account.move"].browse(charges)
        }
        wanted = {}
        for move, (partner, unit, date_due) in charges.items():
            last_day, event = expiry(profile, date_due, events.get(move, ()))
            case = cases.get((partner, community.id))
            wanted[move] = {
                "case_id": case.id if case else False,
                "partner_id": partner,
                "community_id": community.id,
                "unit_id": unit or False,
                "period": months[move],
                "date_due": date_due,
                "date": last_day,
                "is_expired": last_day < day,
                "event": event.kind if event else False,
                "event_date": event.date if event else False,
                "res_model": event.res_model if event else False,
                "res_id": event.res_id if event else False,
            }
        return wanted

    @api.model
    def _due_charges(self, community, partners, day):
        """{move id: (partner id, unit id, due date)}; of several due dates the first.
        Disputed and paused ones run all the same; what may be paid ahead does not: an
        agreement that is not paid lapses."""
        ledger = self.env["property.collection.ledger"]
        charges = {}
        for item in ledger._open_items(community, partners):
            if item.residual > 0 and item.date_due < day:
                known = charges.get(item.move_id)
                if not known or item.date_due < known[2]:
                    charges[item.move_id] = (
                        item.partner_id,
                        item.unit_id,
                        item.date_due,
                    )
        moves = self.env["account.move"].browse(charges)
        ahead = moves._property_is_unpaid_advance()
        return {move: row for move, row in charges.items() if move not in ahead._ids}
