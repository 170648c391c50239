import logging

from psycopg2 import OperationalError

from odoo import fields, models

_logger = logging.getLogger(__name__)


class PropertyPeriodCloseBatchLine(models.Model):
    _name = "property.period.close.batch.line"
    _description = "Community of a Month to Close"
    _order = "batch_id, community_id, id"
    _rec_name = "community_id"

    batch_id = fields.Many2one(
        "property.period.close.batch", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one("property.community", required=True, readonly=True)
    company_id = fields.Many2one(related="community_id.company_id", store=True)
    close_id = fields.Many2one(
        "property.period.close", readonly=True, ondelete="set null"
    )
    state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Computed"), ("failed", "Failed")],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    error = fields.Char("Reason", readonly=True)

    _once = models.UniqueIndex("(batch_id, community_id)")

    def _try(self):
        """Open and compute the close of the community; why it could not be done stands
        in the row."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                close = self._close()
                close._compute_close()
                self.write({"state": "done", "close_id": close.id, "error": False})
                self.env.flush_all()
        except OperationalError:
            # Nobody's mistake: another worker's doing, tried again.
            raise
        except Exception as error:
            _logger.warning("Period close of %s", self.community_id.id, exc_info=True)
            self.env.invalidate_all()
            self.write({"state": "failed", "error": str(error)})

    def _close(self):
        closes = self.env["property.period.close"]
        values = {
            "community_id": self.community_id.id,
            "period": self.batch_id.period,
        }
        known = closes.search([(name, "=", value) for name, value in values.items()])
        return known or closes.create(values)
