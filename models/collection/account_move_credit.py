from odoo import models
from odoo.fields import Command

KEY = "_property_line"


class AccountMove(models.Model):
    """Disputes of an invoice, and credit notes for a part of it."""

    _inherit = "account.move"

    def action_property_dispute(self):
        """A form to note that the customer questions this invoice, or its open dispute
        where there is one."""
        self.ensure_one()
        known = self.property_dispute_ids.filtered(lambda row: row.state == "open")
        return {
            "type": "ir.actions.act_window",
            "res_model": "property.dispute",
            "view_mode": "form",
            "name": self.env._("Dispute"),
            "res_id": known[:1].id,
            "context": {"default_move_id": self.id},
        }

    def _property_scale_to(self, amount):
        """Make a draft credit note one for ``amount``, taxes included, in its currency:
        the same products, accounts and taxes, each in its proportion. Odoo's tax
        engine sees to it that the total is right to the cent.

        An amount that the note already has leaves it as it is.
        """
        self.ensure_one()
        if not self.currency_id.compare_amounts(self.amount_total, amount):
            return
        taxes = self.env["account.tax"]
        base_lines, _tax_lines = self._get_rounded_base_and_tax_lines()
        for base_line in base_lines:
            # The engine hands on keys of others that begin with an underscore.
            base_line[KEY] = base_line["record"].id
        scaled = taxes._prepare_down_payment_lines(
            base_lines,
            self.company_id,
            "fixed",
            amount,
            computation_key="property_part",
            grouping_function=lambda base_line: {KEY: base_line[KEY]},
        )
        updates = {
            base_line[KEY]: {
                "price_unit": base_line["price_unit"],
                "quantity": 1.0,
                "discount": 0.0,
                "extra_tax_data": taxes._export_base_line_extra_tax_data(base_line),
            }
            for base_line in scaled
        }
        lines = self.invoice_line_ids.filtered(lambda line: line.id in updates)
        rest = self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product" and line.id not in updates
        )
        self.write(
            {
                "invoice_line_ids": [
                    *(Command.update(line.id, updates[line.id]) for line in lines),
                    *(Command.delete(line.id) for line in rest),
                ]
            }
        )
