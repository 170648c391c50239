from odoo import fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import SQL

from ..estate.rows import insert_rows
from .close_rows import CloseRows
from .property_period_close import MARKS, ROWS

# Who works out a close; managers and others look at it.
COMPUTERS = ("group_finance", "group_cs_head", "group_company")
LAST = """
    SELECT (SELECT coalesce(max(id), 0) FROM account_move_line),
           (SELECT coalesce(max(id), 0) FROM account_partial_reconcile),
           (SELECT coalesce(max(id), 0) FROM property_period_close_undone)
"""


class PropertyPeriodClose(models.Model):
    """Computing a close from the books and the close before."""

    _inherit = "property.period.close"

    def action_compute(self):
        """Work the close out anew, as often as needed until both have signed (clause
        4.1.7). A signature stays where nothing has changed, and is void otherwise.

        Amounts are company currency at the end of the month's last day, by today's
        knowledge.

        :raises AccessError: for other roles than Finance and customer service head
        :raises UserError: for a signed close, and before the month before is signed
        """
        self.check_access("write")
        if not self.env.su and not self.env.user._has_property_role(*COMPUTERS):
            raise AccessError(
                self.env._("Only Finance and the customer service head close a month.")
            )
        for close in self.sorted("period"):
            # sudo: figures are made by the system alone.
            close.sudo()._compute_close()
        return True

    def _compute_close(self):
        self.ensure_one()
        self._lock()
        self._check_computable()
        content, marks = CloseRows(self).all(), self._marks()
        for name in ROWS:
            # Rows are gone with all that is known of them.
            self[ROWS[name]].unlink()
            self._insert(name, content[name])
        self.write(
            {
                **content["close"],
                **marks,
                "previous_id": self._before().id,
                "computed_on": fields.Datetime.now(),
            }
        )
        self._content_changed()

    def _lock(self):
        """:raises UserError: when somebody else is at it"""
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Somebody else is working on %(name)s.", name=self.name)
            ) from error
        self.invalidate_recordset(["state", "cs_signed_by", "finance_signed_by"])

    def _check_computable(self):
        if self.state == "signed":
            raise UserError(self.env._("A signed close does not change."))
        before = self._before()
        if before.state == "draft":
            raise UserError(
                self.env._(
                    "%(name)s comes first: its closing is the opening here. Both have "
                    "to sign it.",
                    name=before.name,
                )
            )

    def _marks(self):
        """How far the books had come when they were read."""
        [row] = self.env.execute_query(SQL(LAST))
        return dict(zip(MARKS, row, strict=True))

    def _insert(self, name, rows):
        model = self.env[f"property.period.close.{name}"]
        common = {
            "close_id": self.id,
            "community_id": self.community_id.id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "period": self.period,
        }
        if name == "tie":
            rows = self._named_ties(rows)
        insert_rows(model, [{**common, **row} for row in rows])
        self.invalidate_recordset([ROWS[name]])

    def _named_ties(self, ties):
        accounts = self.env["account.account"].with_company(self.company_id)
        accounts = accounts.browse({tie["account_id"] for tie in ties} - {None})
        names = {account.id: account.display_name for account in accounts}
        return [
            {**tie, "sequence": place, "account_name": names.get(tie["account_id"])}
            for place, tie in enumerate(ties)
        ]
