from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .reminder_rules import MOST_DAYS, parse_days


class ResCompany(models.Model):
    """When customers are reminded before a due date (procedure, clause 5.3.1)."""

    _inherit = "res.company"

    property_reminder_days = fields.Char(
        "Remind before the Due Date",
        default="10, 3",
        required=True,
        help="Days before it, one or several: 10, 3.",
    )
    property_reminder_auto = fields.Boolean(
        "Send Reminders without Asking",
        help="Otherwise each campaign waits for somebody who looks at it and sends it.",
    )
    property_reminder_offer = fields.Char(
        "Line about Paying Ahead",
        translate=True,
        default=lambda self: self.env._("Ask us what you save by paying a year ahead."),
        help="Printed on posters.",
    )

    @api.constrains("property_reminder_days")
    def _check_property_reminder_days(self):
        for company in self:
            company._property_check_days(company.property_reminder_days)

    @api.model
    def _property_check_days(self, text):
        """:raises ValidationError: for what is no list of days"""
        try:
            parse_days(text)
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "%(text)s: write whole days from 1 to %(most)s, such as 10, 3.",
                    text=text or "",
                    most=MOST_DAYS,
                )
            ) from error

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env["property.reminder.channel"]._of(companies)
        return companies


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    property_reminder_days = fields.Char(
        related="company_id.property_reminder_days", readonly=False, required=True
    )
    property_reminder_auto = fields.Boolean(
        related="company_id.property_reminder_auto", readonly=False
    )
    property_reminder_offer = fields.Char(
        related="company_id.property_reminder_offer", readonly=False
    )
