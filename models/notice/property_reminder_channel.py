from odoo import api, fields, models

CHANNELS = [
    ("sms", "SMS"),
    ("email", "E-mail"),
    ("letter", "Letter"),
    ("phone", "Phone"),
    ("event", "Invitation"),
    ("poster", "Poster"),
]
# What a company begins with: (cost of one, in the first reminder, in later ones).
DEFAULTS = {
    "sms": (0.05, True, False),
    "email": (0.0, True, False),
    "letter": (1.5, False, False),
    "phone": (0.5, False, True),
    "event": (2.0, False, False),
    "poster": (3.0, True, False),
}


class PropertyReminderChannel(models.Model):
    """What a company reminds its customers by, when, and what one reminder costs."""

    _name = "property.reminder.channel"
    _description = "Reminder Channel"
    _order = "company_id, sequence, id"
    _rec_name = "channel"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(default=10)
    channel = fields.Selection(CHANNELS, required=True, readonly=True)
    cost = fields.Monetary("Cost of One", help="Postage, provider, paper, time.")
    in_first = fields.Boolean(
        "First Reminder", help="Used the first time before a due date."
    )
    in_later = fields.Boolean(
        "Later Reminders", help="Used when the due date comes nearer."
    )

    _once = models.UniqueIndex(
        "(company_id, channel)", "The company has this channel already."
    )
    _cost_not_negative = models.Constraint(
        "CHECK(cost >= 0)", "A reminder costs nothing or something."
    )

    @api.model
    def _init_companies(self):
        # pylint: disable-next=no-search-all
        self._of(self.env["res.company"].with_context(active_test=False).search([]))

    @api.model
    def _of(self, companies):
        """The channels of companies; those that are missing are added now."""
        # sudo: whoever reminds need not be allowed to change settings.
        rows = self.sudo()
        found = rows.search([("company_id", "in", companies.ids)])
        known = {(row.company_id.id, row.channel) for row in found}
        return found | rows.create(
            [
                {
                    "company_id": company.id,
                    "sequence": 10 * place,
                    "channel": channel,
                    "cost": DEFAULTS[channel][0],
                    "in_first": DEFAULTS[channel][1],
                    "in_later": DEFAULTS[channel][2],
                }
                for company in companies
                for place, (channel, _label) in enumerate(CHANNELS, 1)
                if (company.id, channel) not in known
            ]
        )
