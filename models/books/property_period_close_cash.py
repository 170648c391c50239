from odoo import fields, models


class PropertyPeriodCloseCash(models.Model):
    """What one member of the staff took and handed over (design, invariant 6)."""

    _name = "property.period.close.cash"
    _description = "Staff Cash of a Period Close"
    _inherit = "property.period.close.row"
    _order = "close_id, held desc, id"
    _rec_name = "user_id"
    _signed_names = (
        "user_id",
        "opening",
        "taken",
        "taken_cash",
        "handed",
        "voided",
        "returned",
        "held",
        "unconfirmed",
    )

    user_id = fields.Many2one("res.users", "Cashier", readonly=True)
    opening = fields.Monetary(
        "Held Before",
        readonly=True,
        help="Cash still held when the month began, as the close before says.",
    )
    taken = fields.Monetary(
        readonly=True, help="All receipts of the month, voided ones left out."
    )
    taken_cash = fields.Monetary("Taken in Cash", readonly=True)
    handed = fields.Monetary(
        "Handed Over", readonly=True, help="Cash handed over in the month."
    )
    voided = fields.Monetary(
        readonly=True, help="Cash held before whose receipts were voided in the month."
    )
    returned = fields.Monetary(
        "Given Back",
        readonly=True,
        help="Cash of earlier months that Finance gave back.",
    )
    held = fields.Monetary(
        "Still Held",
        readonly=True,
        help="Cash not handed over at the end of the month, whenever it was taken.",
    )
    unconfirmed = fields.Monetary(
        "Not Confirmed Yet",
        readonly=True,
        help="Handed over, but not counted and confirmed by Finance at the end of the "
        "month.",
    )

    def action_open_takings(self):
        """Open the receipts of the month."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_takings"
        )
        action["domain"] = [
            ("community_id", "=", self.community_id.id),
            ("user_id", "=", self.user_id.id),
            ("date", ">=", self.close_id.period),
            ("date", "<=", self.close_id.date_to),
        ]
        action["context"] = {}
        return action
