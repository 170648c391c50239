from odoo import api, fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    _inherit = "res.company"

    property_deposit_account_id = fields.Many2one(
        "account.account",
        "Deposits Account",
        check_company=True,
        help="The liability for deposits that owners and tenants paid.",
    )

    @api.private
    def _property_open_deposit_account(self):
        """The account of deposits; a company without one gets it now.

        :return: a current liability of this company, kept in its settings
        """
        return self._property_open_liability(
            "property_deposit_account_id",
            self.env._("Deposits of owners and tenants"),
            "219100",
        )

    @api.private
    def _property_misc_journal(self):
        """The journal of entries that move no money.

        :raises UserError: where the company has none
        """
        journals = self.env["account.journal"].sudo()  # sudo: chosen by the system
        journal = journals.search(
            [*journals._check_company_domain(self), ("type", "=", "general")], limit=1
        )
        if not journal:
            raise UserError(
                self.env._(
                    "%(company)s has no journal for miscellaneous entries.",
                    company=self.name,
                )
            )
        return journal


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    property_transfer_prepayment = fields.Selection(
        related="company_id.property_transfer_prepayment", readonly=False
    )
    property_deposit_account_id = fields.Many2one(
        related="company_id.property_deposit_account_id", readonly=False
    )
