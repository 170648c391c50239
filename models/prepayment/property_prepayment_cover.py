from odoo import fields, models


class PropertyPrepaymentCover(models.Model):
    """The days of one month for which one fee of a unit is paid ahead. The unique index
    is what keeps a month from being paid for twice; billing leaves these days out."""

    _name = "property.prepayment.cover"
    _description = "Covered Month"
    _order = "month, id"
    _rec_name = "month"

    prepayment_id = fields.Many2one(
        "property.prepayment", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one("property.community", required=True, index=True)
    company_id = fields.Many2one("res.company", required=True)
    unit_id = fields.Many2one("property.unit", required=True, ondelete="restrict")
    fee_item_id = fields.Many2one(
        "property.fee.item", required=True, ondelete="restrict"
    )
    month = fields.Date(required=True, help="First day of the month.")
    date_from = fields.Date(required=True)
    date_to = fields.Date(required=True)

    _once = models.UniqueIndex(
        "(unit_id, fee_item_id, month)",
        "Some of these months are paid ahead already.",
    )
    _of_month_idx = models.Index("(community_id, month)")
