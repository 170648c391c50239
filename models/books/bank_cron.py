from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

BATCH = 500
AGAIN = timedelta(hours=20)


class AccountBankStatementLine(models.Model):
    """New transfers, wherever they come from, are looked at by the scheduled action;
    those that nothing fits, again every day, since bills come later."""

    _inherit = "account.bank.statement.line"

    @api.model
    def _cron_property_bank(self):
        """Look at what nobody has looked at today, and match what is certain. Runs
        twice or late with the same result: a matched line is not open any more."""
        domain = self._property_open_domain() & (
            Domain("property_looked_on", "=", False)
            | Domain("property_looked_on", "<", fields.Datetime.now() - AGAIN)
        )
        cron, seen = self.env["ir.cron"], self.browse()
        cron._commit_progress(remaining=self.search_count(domain))
        while lines := self.search(
            domain & Domain("id", "not in", seen.ids), limit=BATCH, order="id"
        ):
            seen |= lines
            held = lines.try_lock_for_update()
            self.env["property.bank.matcher"]._suggest(held)
            held._property_match_certain()
            if not cron._commit_progress(len(lines)):
                break

    def _property_match_certain(self):
        """Match the certain ones, where the company wants it."""
        certain = self.filtered(
            lambda line: (
                line.company_id.property_bank_auto
                and line.property_match_level == "certain"
            )
        )
        pairs = [(line, line.sudo().property_match_ids[:1]) for line in certain]
        return self._property_match(pairs, certain=True) if pairs else self.browse()
