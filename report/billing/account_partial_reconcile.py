from odoo import models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    # What has been paid since a day is asked for by every ledger.
    _property_max_date_idx = models.Index("(max_date)")
