from odoo import fields, models


class AccountMove(models.Model):
    """Invoices for arrears that came in with an owner ledger."""

    _inherit = "account.move"

    property_ledger_import_id = fields.Many2one(
        "property.ledger.import",
        "Owner Ledger Import",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Set on opening arrears and on the entry of opening prepayments.",
    )

    _property_opening_uniq = models.UniqueIndex(
        "(property_unit_id, property_period)"
        " WHERE property_ledger_import_id IS NOT NULL AND state != 'cancel'",
        "The opening arrears of this unit and month have been brought in already.",
    )
