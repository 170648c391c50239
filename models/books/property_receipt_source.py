from odoo import api, fields, models


class PropertyReceiptSource(models.AbstractModel):
    """What receipts were given for."""

    _name = "property.receipt.source"
    _description = "Has Receipts"

    property_receipt_count = fields.Integer(
        "Receipts",
        compute="_compute_property_receipt_count",
        groups="property_fee_collection.group_user",
    )

    @api.depends_context("uid")
    def _compute_property_receipt_count(self):
        for record in self:
            record.property_receipt_count = len(record._property_receipts())

    def action_open_property_receipts(self):
        """Open the receipts that the user may see."""
        return self._property_receipts()._action_show()

    def _property_receipts(self):
        """The receipts that the user may see."""
        ids = self._origin.ids
        if not ids:
            return self.env["property.receipt"]
        return (
            self.env["property.receipt"]
            .sudo(False)
            .search(self._property_receipt_domain(ids))
        )

    @api.model
    def _property_receipt_domain(self, ids):
        raise NotImplementedError
