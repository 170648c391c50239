from odoo import Command, api, fields, models
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
        self.ensure_one()
        if not self.property_deposit_account_id:
            # sudo: as for advance receipts; Finance may choose another account.
            accounts = self.env["account.account"].sudo().with_company(self)
            self.sudo().property_deposit_account_id = accounts.create(
                {
                    "name": self.env._("Deposits of owners and tenants"),
                    "code": accounts._search_new_account_code("219100"),
                    "account_type": "liability_current",
                    "company_ids": [Command.set(self.ids)],
                }
            )
        return self.property_deposit_account_id

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
