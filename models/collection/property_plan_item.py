from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


def check_proposed(rows):
    """:raises UserError: what the company has decided on stays as it is"""
    if not rows.env.su and any(row.plan_id.state != "proposed" for row in rows):
        raise UserError(rows.env._("The company has decided on it; it stays as it is."))


class PropertyPlanItem(models.Model):
    """A bill that a plan covers, or of which a waiver gives something up. Amounts are
    in company currency, as they stood when it was proposed."""

    _name = "property.plan.item"
    _description = "Bill of a Plan"
    _inherit = ["property.guarded", "property.community.bound"]
    _guarded_fields = frozenset(("residual", "credit", "credit_move_id"))
    _placing_fields = frozenset(("plan_id", "move_id"))
    _order = "plan_id, date_due, id"
    _rec_name = "move_id"

    plan_id = fields.Many2one(
        "property.plan", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="plan_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    move_id = fields.Many2one(
        "account.move", "Invoice", required=True, index=True, ondelete="restrict"
    )
    unit_id = fields.Many2one(related="move_id.property_unit_id", store=True)
    period = fields.Date(related="move_id.property_period")
    date_due = fields.Date("Due on", readonly=True)
    residual = fields.Monetary(
        "Open Then", readonly=True, help="What was open of it when it was proposed."
    )
    credit = fields.Monetary(
        "Credits Then",
        readonly=True,
        help="What credits covered of it when it was proposed, the oldest bill first.",
    )
    amount = fields.Monetary(
        required=True, help="Paid by instalments, or waived, of the bill."
    )
    credit_move_id = fields.Many2one("account.move", "Credit Note", readonly=True)

    _once = models.UniqueIndex(
        "(plan_id, move_id)", "The bill stands in the proposal already."
    )
    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "The amount must be above zero."
    )

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        check_proposed(items)
        items.filtered(lambda item: not item.residual)._read_invoice()
        return items

    def write(self, vals):
        check_proposed(self)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_proposals(self):
        check_proposed(self)
        # Its credits serve the bill, not the plan.
        for item in self.filtered("credit"):
            # sudo: the snapshot is written by the system alone.
            item.plan_id.sudo().credit_elsewhere += item.credit

    @api.constrains("amount", "residual", "credit", "move_id", "plan_id")
    def _check_amount(self):
        for item in self:
            case, move = item.plan_id.case_id, item.move_id
            if (
                move.commercial_partner_id != case.partner_id
                or move.property_community_id != case.community_id
            ):
                raise ValidationError(
                    self.env._("A plan covers bills of its own customer only.")
                )
            left = item.residual - item.credit if item.residual else item.amount
            if item.currency_id.compare_amounts(item.amount, left) > 0:
                raise ValidationError(
                    self.env._(
                        "No more than what is open of %(invoice)s: %(open)s.",
                        invoice=move.name,
                        open=item.currency_id.format(left),
                    )
                )

    def _read_invoice(self):
        """A bill added by hand: what is open of it and since when."""
        for item in self:
            lines = item.move_id.line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
            )
            # sudo: the snapshot is written by the system alone.
            item.sudo().write(
                {
                    "residual": sum(lines.mapped("amount_residual")),
                    "date_due": item.move_id.invoice_date_due,
                }
            )
