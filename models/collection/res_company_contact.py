from odoo import fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    """How customers may be contacted (procedure, section 4)."""

    _inherit = "res.company"

    property_contact_cap = fields.Integer(
        "Contacts per Week",
        default=3,
        help="Calls, texts and visits to one customer within seven days, notices "
        "handed over at the door included.",
    )
    property_workplace_visits = fields.Boolean(
        "Visits at the Workplace", help="Each one needs the manager's approval."
    )
    property_promise_days = fields.Integer(
        "Longest Promise",
        default=31,
        help="A promise to pay may lie so many days ahead.",
    )

    _property_contact_limits = models.Constraint(
        "CHECK(property_contact_cap > 0 AND property_promise_days > 0)",
        "At least one contact a week and one day for a promise.",
    )

    def _check_workplace_visits(self):
        """:raises UserError: where visits at the workplace are off"""
        for company in self:
            if not company.property_workplace_visits:
                raise UserError(
                    self.env._(
                        "%(company)s does not visit customers at their workplace. The "
                        "settings can allow it.",
                        company=company.name,
                    )
                )
