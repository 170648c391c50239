from odoo import fields, models


class AccountJournal(models.Model):
    _inherit = "account.journal"

    property_at_counter = fields.Boolean(
        "At the Counter",
        help="Offered where customer service takes money of owners: cash, card, "
        "transfer, mobile money.",
    )

    def _property_counter_domain(self, company):
        """Journals into which money may be taken; without any that is marked, every
        cash and bank journal of the company."""
        domain = [
            *self._check_company_domain(company),
            ("type", "in", ("cash", "bank", "credit")),
        ]
        marked = [*domain, ("property_at_counter", "=", True)]
        return marked if self.sudo().search_count(marked, limit=1) else domain
