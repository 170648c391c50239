from odoo import fields, models


class PropertyHandoverBatch(models.Model):
    """Several hundred units, or property certificates, handed over with the developer:
    appointments in slots, invitations, a counter, and who did not come."""

    _name = "property.handover.batch"
    _description = "Handover Batch"
    _inherit = ["property.guarded", "property.community.bound", "mail.thread"]
    _guarded_fields = frozenset(("state",))
    _order = "date_from desc, id desc"

    name = fields.Char(required=True)
    community_id = fields.Many2one(
        "property.community", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [
            ("unit_handover", "Units"),
            ("certificate_handover", "Property certificates"),
        ],
        required=True,
        default="unit_handover",
    )
    date_from = fields.Date("First Day", required=True)
    date_to = fields.Date("Last Day", required=True)
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("running", "Running"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    moment_ids = fields.One2many("property.moment", "batch_id", "Appointments")

    _dates_ordered = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day cannot come before the first day."
    )
