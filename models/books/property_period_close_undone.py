from odoo import fields, models
from odoo.tools import SQL

FIND = """
    SELECT x.community_id, x.line_key, o.id, o.name, x.amount, x.max_date, x.partial
      FROM (
            SELECT m.property_community_id AS community_id, l.id AS line_key,
                   s.other_id, s.amount, s.max_date, s.partial
              FROM (
                    SELECT id AS partial, debit_move_id AS line_id,
                           credit_move_id AS other_id, amount, max_date
                      FROM account_partial_reconcile WHERE id IN %(partials)s
                     UNION ALL
                    SELECT id, credit_move_id, debit_move_id, -amount, max_date
                      FROM account_partial_reconcile WHERE id IN %(partials)s
                   ) s
              JOIN account_move_line l ON l.id = s.line_id
              JOIN account_move m ON m.id = l.move_id
           ) x
      JOIN account_move_line n ON n.id = x.other_id
      JOIN account_move o ON o.id = n.move_id
     WHERE EXISTS (SELECT FROM property_period_close c
                    WHERE c.community_id = x.community_id AND c.date_to >= x.max_date)
"""


class PropertyPeriodCloseUndone(models.Model):
    """A matching within a closed month that was undone: Odoo keeps no trace of it, the
    next close names it. Rows are only ever added."""

    _name = "property.period.close.undone"
    _description = "Matching Undone in a Closed Month"
    _order = "id"
    _rec_name = "move_name"

    community_id = fields.Many2one(
        "property.community", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="community_id.company_id", store=True)
    line_key = fields.Integer(required=True, index=True)
    move_id = fields.Many2one("account.move", index="btree_not_null")
    move_name = fields.Char()
    amount = fields.Float(digits=(16, 6), required=True)
    date = fields.Date(required=True)
    partial_key = fields.Integer(required=True)


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def unlink(self):
        self._note_property_undone()
        return super().unlink()

    def _note_property_undone(self):
        """Keep what is about to go where a month was closed over it."""
        if not self.ids:
            return
        self.flush_recordset()
        names = (
            "community_id",
            "line_key",
            "move_id",
            "move_name",
            "amount",
            "date",
            "partial_key",
        )
        found = self.env.execute_query(SQL(FIND, partials=tuple(self.ids)))
        # sudo: whoever may undo a matching leaves this trace.
        self.env["property.period.close.undone"].sudo().create(
            [dict(zip(names, row, strict=True)) for row in found]
        )
