from odoo import fields, models

from ..notice.property_notice import BY_METHOD


class PropertyNotice(models.Model):
    """Notices of a collection case: one per step and anchor, whatever happens."""

    _inherit = "property.notice"
    _guarded_fields = frozenset(BY_METHOD | {"case_id", "step_id", "anchor_date"})

    case_id = fields.Many2one(
        "property.collection.case",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    step_id = fields.Many2one(
        "property.collection.step", "Stage", ondelete="restrict", copy=False
    )
    step_months = fields.Integer(
        readonly=True, copy=False, aggregator=None, help="Of the step, when it was due."
    )
    anchor_date = fields.Date(
        "Unpaid Since",
        readonly=True,
        copy=False,
        help="Due date of the oldest open charge for which the notice was due.",
    )
    statement_id = fields.Many2one(
        "property.arrears.statement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The signed statement from which it was made.",
    )

    _step_once = models.UniqueIndex(
        "(case_id, step_id, anchor_date) WHERE case_id IS NOT NULL "
        "AND state != 'cancelled'",
        "The customer already has the notice of this stage for this arrears.",
    )
