from odoo import api, fields, models


class PropertyCall(models.Model):
    """A line of a call list: whom somebody is to ring up, why, and what came of it.

    Each room that needs people rung up adds its kind; the screen is the same for all.
    """

    _name = "property.call"
    _description = "Call"
    _inherit = ["property.guarded", "property.community.bound"]
    _guarded_fields = frozenset(
        ("state", "outcome", "attempts", "called_on", "called_by", "closed_on")
    )
    _placing_fields = frozenset(("community_id", "unit_id"))
    _order = "date_due, id"
    _rec_name = "partner_id"

    kind = fields.Selection(
        [("verify", "Verify contact data")], required=True, default="verify", index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict"
    )
    community_id = fields.Many2one(
        "property.community", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    unit_id = fields.Many2one(
        "property.unit", index="btree_not_null", help="The unit it is about, if one."
    )
    unit_text = fields.Char("Units", compute="_compute_unit_text")
    phone = fields.Char(related="partner_id.phone")
    other_phones = fields.Char(related="partner_id.property_other_phones")
    user_id = fields.Many2one(
        "res.users", "Responsible", index="btree_not_null", help="Who is to call."
    )
    date_due = fields.Date("Call from", required=True, index=True)
    amount = fields.Monetary("Sum Named", help="The sum to be mentioned.")
    amount_now = fields.Monetary("Amount", compute="_compute_amount_now")
    subject = fields.Char(help="What to say, in one line.")
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    outcome = fields.Selection(
        [
            ("reached", "Reached"),
            ("no_answer", "No answer"),
            ("wrong_number", "Wrong number"),
            ("refused", "Unwilling"),
        ],
        readonly=True,
        copy=False,
    )
    attempts = fields.Integer("Tried", readonly=True, copy=False)
    called_on = fields.Datetime(readonly=True, copy=False)
    called_by = fields.Many2one("res.users", readonly=True, copy=False)
    closed_on = fields.Date(
        readonly=True, copy=False, help="When it went off the list."
    )
    note = fields.Text("What Was Said")

    _open_once = models.UniqueIndex(
        "(kind, partner_id, community_id) WHERE state = 'open'",
        "This customer is on the call list already.",
    )

    @api.depends("amount", "state", "kind")
    def _compute_amount_now(self):
        """The sum as it is at this moment; hook of the rooms."""
        for call in self:
            call.amount_now = call.amount

    @api.depends("partner_id", "community_id", "unit_id")
    def _compute_unit_text(self):
        units = self.env["property.unit"].search(
            [
                "|",
                ("owner_id", "in", self.partner_id.ids),
                ("occupant_id", "in", self.partner_id.ids),
                ("community_id", "in", self.community_id.ids),
            ]
        )
        theirs = {}
        for unit in units:
            for partner in {unit.owner_id, unit.occupant_id}:
                theirs.setdefault((partner, unit.community_id), []).append(unit)
        for call in self:
            known = theirs.get((call.partner_id, call.community_id), [])
            names = [unit.display_name for unit in [call.unit_id] if unit] or [
                unit.display_name for unit in known
            ]
            more = len(names) - 3
            call.unit_text = ", ".join(names[:3]) + (f" +{more}" if more > 0 else "")
