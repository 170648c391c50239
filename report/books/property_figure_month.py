from odoo import fields, models


class PropertyFigureMonth(models.Model):
    """Of which months of which communities figures are kept, and what they were worked
    out from: the bookkeeping of ``property.figure``. Whoever renews a month holds the
    lock of its row."""

    _name = "property.figure.month"
    _description = "Month of Figures"
    _order = "period desc, community_id"
    _rec_name = "community_id"
    _log_access = False

    community_id = fields.Many2one(
        "property.community", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, readonly=True
    )
    period = fields.Date("Month", required=True, readonly=True)
    as_of = fields.Date(readonly=True, help="Last day that was looked at.")
    computed_on = fields.Datetime("Worked Out on", readonly=True)
    fingerprint = fields.Char(
        readonly=True, help="Of all that happened until the end of the month."
    )

    _once = models.UniqueIndex("(community_id, period)", "This month is kept already.")
