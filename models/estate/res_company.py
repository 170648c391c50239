import pytz

from odoo import Command, api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    property_handover_rule = fields.Selection(
        [
            ("handover_date", "From the handover date"),
            ("next_month", "From the month after the handover"),
        ],
        "Owner Pays",
        default="handover_date",
        required=True,
    )
    property_transfer_rule = fields.Selection(
        [
            ("days", "Both, by days"),
            ("seller", "The seller; the buyer from the next month"),
            ("buyer", "The buyer"),
        ],
        "Month of a Change of Owner Is Paid by",
        default="days",
        required=True,
    )
    property_opening_account_id = fields.Many2one(
        "account.account",
        "Opening Balance Account",
        check_company=True,
        help="Counterpart of arrears and prepayments that come in with an owner "
        "ledger. An equity or balance-sheet account: old arrears are not this year's "
        "income.",
    )
    property_advance_account_id = fields.Many2one(
        "account.account",
        "Advance Receipts Account",
        check_company=True,
        help="The liability for fees that owners paid before their month.",
    )

    def _property_tz(self, community=None):
        """Time zone in which the company works, whoever asks: its own, else that of the
        community's manager, else the first of its country, else the user's."""
        self.ensure_one()
        # Not everybody may read the other's user record; the zone is no secret.
        manager = (community or self.env["property.community"]).sudo().manager_id
        zones = pytz.country_timezones.get(self.country_id.code or "", ())
        return (
            self.partner_id.tz
            or manager.tz
            or next(iter(zones), None)
            or self.env.user.tz
            or "UTC"
        )

    def _property_lang(self):
        """The language in which the company writes to nobody in particular."""
        return self.partner_id.lang or self.env.lang

    @api.private
    def _property_open_advance_account(self):
        """The advance receipts account; a company without one gets it now.

        :return: a current liability of this company, kept in its settings
        """
        return self._property_open_liability(
            "property_advance_account_id",
            self.env._("Advance receipts of property fees"),
            "219000",
        )

    def _property_open_liability(self, field, name, code):
        """:return: the account of that setting, made now where there is none"""
        self.ensure_one()
        if not self[field]:
            # sudo: whoever brings a ledger in, or notes a deposit, need not be an
            # accountant, and money that came in must not wait for one. Finance may
            # choose another.
            accounts = self.env["account.account"].sudo().with_company(self)
            self.sudo()[field] = accounts.create(
                {
                    "name": name,
                    "code": accounts._search_new_account_code(code),
                    "account_type": "liability_current",
                    "company_ids": [Command.set(self.ids)],
                }
            )
        return self[field]
