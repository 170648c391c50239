from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    _property_month_idx = models.Index(
        "(property_community_id, date) WHERE property_community_id IS NOT NULL"
    )
