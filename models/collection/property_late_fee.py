from odoo import fields, models


class PropertyLateFee(models.Model):
    """How much late fee for a bill has been invoiced, and by which invoice. An invoice
    named here is a late fee itself and never bears one."""

    _name = "property.late.fee"
    _description = "Invoiced Late Fee"
    _inherit = ["property.case.bound"]
    _order = "date_to desc, id desc"
    _rec_name = "move_id"

    move_id = fields.Many2one(
        "account.move", "Bill", required=True, index=True, ondelete="restrict"
    )
    fee_move_id = fields.Many2one(
        "account.move", "Invoice", required=True, index=True, ondelete="cascade"
    )
    amount = fields.Monetary(required=True, help="Before taxes.")
    date_to = fields.Date("Up to", required=True, help="The last day that counts.")

    # Two at once must not invoice the same days twice.
    _once = models.UniqueIndex(
        "(move_id, date_to)", "The late fee up to this day is invoiced already."
    )
