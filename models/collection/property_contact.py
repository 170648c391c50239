from odoo import fields, models


class PropertyContact(models.Model):
    """A call, visit or message to a customer, with what came of it (clause 5.4)."""

    _name = "property.contact"
    _description = "Contact"
    _order = "date desc, id desc"

    case_id = fields.Many2one(
        "property.collection.case", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(related="case_id.partner_id", store=True, index=True)
    community_id = fields.Many2one(
        related="case_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True)
    channel = fields.Selection(
        [
            ("phone", "Phone"),
            ("sms", "SMS"),
            ("email", "E-mail"),
            ("letter", "Letter"),
            ("message", "Message"),
            ("poster", "Poster"),
            ("door", "At the door"),
            ("workplace", "At the workplace"),
            ("event", "Event"),
            ("counter", "At the counter"),
        ],
        required=True,
        default="phone",
    )
    date = fields.Datetime("When", required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", "By", required=True, default=lambda self: self.env.user
    )
    outcome = fields.Selection(
        [
            ("reached", "Reached"),
            ("no_answer", "No answer"),
            ("wrong_number", "Wrong number"),
            ("refused", "Refused to pay"),
            ("promised", "Promised"),
            ("disputed", "Disputed"),
            ("paid", "Paid"),
        ],
        required=True,
    )
    note = fields.Text("What Was Said")
