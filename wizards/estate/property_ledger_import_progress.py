from odoo import fields, models
from odoo.tools import SQL


class PropertyLedgerImportProgress(models.Model):
    """How far a queued import has come.

    A row of its own, because the import is one long transaction: what it writes itself
    nobody sees before the end. The row is written in a separate transaction.
    """

    _name = "property.ledger.import.progress"
    _description = "Owner Ledger Import Progress"

    import_id = fields.Many2one(
        "property.ledger.import", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="import_id.company_id", store=True)
    done = fields.Integer()
    total = fields.Integer()

    _import_uniq = models.UniqueIndex("(import_id)")

    def _publish(self, done):
        """Tell ``done`` rows at once, whatever becomes of this transaction."""
        with self.env.registry.cursor() as other:
            other.execute(
                SQL(
                    "UPDATE property_ledger_import_progress SET done = %s "
                    "WHERE id IN %s",
                    done,
                    tuple(self.ids) or (0,),
                )
            )
