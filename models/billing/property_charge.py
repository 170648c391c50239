from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

PIECE = 2000
# What the invoicing of a signed run notes on a charge; nothing of it is signed.
BOOKKEEPING = {"move_id", "invoice_error"}


class PropertyCharge(models.Model):
    """One fee of one unit in one month for one payer. 應收

    amount = quantity × price_unit × months × factor, rounded half up in the company's
    currency; an apportioned charge is its share of the cost.
    """

    _name = "property.charge"
    _inherit = ["property.guarded"]
    _description = "Charge"
    _order = "period desc, community_id, sort_key, unit_id, fee_item_id, id"
    _rec_name = "unit_id"

    run_id = fields.Many2one(
        "property.billing.run", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one("property.community", required=True, index=True)
    company_id = fields.Many2one("res.company", required=True)
    currency_id = fields.Many2one("res.currency", required=True)
    unit_id = fields.Many2one(
        "property.unit", required=True, index=True, ondelete="restrict"
    )
    building_id = fields.Many2one("property.building")
    sort_key = fields.Char(help="The unit's place in building and room order.")
    partner_id = fields.Many2one(
        "res.partner", "Payer", required=True, index=True, ondelete="restrict"
    )
    fee_item_id = fields.Many2one(
        "property.fee.item", required=True, index=True, ondelete="restrict"
    )
    period = fields.Date(required=True, index=True, help="First day of the month.")
    date_from = fields.Date(required=True)
    date_to = fields.Date(required=True, help="Last day charged for.")
    quantity = fields.Float(
        digits=(16, 4), help="Floor area, usage, weight of the share, or one."
    )
    price_unit = fields.Float(digits=(16, 6), aggregator=None)
    months = fields.Float(
        digits=(16, 6), default=1.0, aggregator=None, help="Part of the month charged."
    )
    factor = fields.Float(digits=(16, 4), default=1.0, aggregator=None)
    amount = fields.Monetary(help="Without the taxes that are added on the invoice.")
    amount_previous = fields.Monetary(
        "Last Month", help="Charged for the same unit and fee in the month before."
    )
    reading_previous = fields.Float(digits=(16, 3), aggregator=None)
    reading_current = fields.Float(digits=(16, 3), aggregator=None)
    is_estimate = fields.Boolean("Estimated")
    move_id = fields.Many2one(
        "account.move",
        "Invoice",
        index=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    invoice_error = fields.Char(readonly=True, copy=False)

    _guarded_fields = frozenset(BOOKKEEPING)

    _once = models.UniqueIndex(
        "(unit_id, fee_item_id, period, partner_id)",
        "This unit, fee, month and payer is already charged.",
    )
    _to_invoice_idx = models.Index("(run_id, sort_key) WHERE move_id IS NULL")

    @api.model_create_multi
    def create(self, vals_list):
        charges = super().create(vals_list)
        charges.run_id._check_open()
        charges.run_id._charges_changed()
        return charges

    def _create_computed(self, vals_list):
        """Create the charges of a run that is being computed: in pieces, so that memory
        and time grow no faster than their number, and without looking at signatures
        after each piece; ``action_compute`` does so once, at the end."""
        # pylint: disable=missing-return,bad-super-call,super-method-mismatch
        for piece in split_every(PIECE, vals_list):
            super().create(piece)
            self.env.flush_all()
            self.env.invalidate_all()

    def write(self, vals):
        if self.env.su and set(vals) <= BOOKKEEPING:
            return super().write(vals)
        runs = self.run_id
        runs._check_open()
        result = super().write(vals)
        self.run_id._check_open()
        (runs | self.run_id)._charges_changed(touched=True)
        return result

    def unlink(self):
        runs = self.run_id
        runs._check_open()
        result = super().unlink()
        runs.exists()._charges_changed()
        return result

    def action_open_invoice(self):
        """Open the invoice on which the charge stands."""
        self.ensure_one()
        if not self.move_id:
            raise UserError(self.env._("This charge is not invoiced yet."))
        return self.move_id.get_formview_action()
