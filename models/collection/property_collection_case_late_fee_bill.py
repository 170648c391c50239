from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import date_utils


class PropertyCollectionCase(models.Model):
    """Invoicing the late fee: an ordinary posted invoice, which bears none itself."""

    _inherit = "property.collection.case"

    late_fee = fields.Monetary(
        "Late Fee Not Invoiced",
        compute="_compute_late_fee",
        help="Up to and including today, paid bills included.",
    )

    def _compute_late_fee(self):
        # sudo: a collector need not be an accountant to see what is owed.
        for community, cases in self.grouped("community_id").items():
            day = community._property_today()
            by_customer = cases.sudo()._late_fee_by_customer(day)
            for case in cases:
                case.late_fee = by_customer.get(case.partner_id.id, 0.0)

    def _late_fee_by_customer(self, day):
        fees, totals = self._late_fee(day), {}
        for move in self.env["account.move"].browse(fees):
            key = move.commercial_partner_id.id
            totals[key] = totals.get(key, 0.0) + fees[move.id]
        return totals

    def action_bill_late_fee(self):
        """Invoice the late fee up to and including today (Finance only): one line for
        each bill, due on the community's due day of next month.

        :raises UserError: where nothing is owed, or no product is set
        :raises AccessError: for others than Finance
        """
        if not self.env.user.has_group("property_fee_collection.group_finance"):
            raise AccessError(self.env._("Finance invoices the late fee."))
        moves = self.env["account.move"]
        for case in self:
            moves |= case._bill_late_fee(case.community_id._property_today())
        if not moves:
            raise UserError(self.env._("There is no late fee to invoice."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_out_invoice"
        )
        action["domain"] = [("id", "in", moves.ids)]
        return action

    def _bill_late_fee(self, day):
        self.ensure_one()
        self.check_access("read")
        fees = self._late_fee(day)
        if not fees:
            return self.env["account.move"]
        if not self.company_id.property_late_fee_product_id:
            raise UserError(self.env._("Choose a late fee product in the settings."))
        bills = self.env["account.move"].browse(fees)
        invoice = self.env["account.move"].create(
            self._late_fee_invoice(bills, fees, day)
        )
        # sudo: what is invoiced is written by the system alone. Rows of a cancelled
        # invoice of the same day make room.
        rows = self.env["property.late.fee"].sudo()
        rows.search(
            [
                ("move_id", "in", bills.ids),
                ("date_to", "=", day),
                ("fee_move_id.state", "=", "cancel"),
            ]
        ).unlink()
        rows.create(
            [
                {
                    "case_id": self.id,
                    "move_id": bill.id,
                    "fee_move_id": invoice.id,
                    "amount": fees[bill.id],
                    "date_to": day,
                }
                for bill in bills
            ]
        )
        invoice.action_post()
        return invoice

    def _late_fee_invoice(self, bills, fees, day):
        units = bills.property_unit_id
        company = self.company_id
        due = date_utils.add(day, months=1).replace(day=self.community_id.due_day)
        return {
            "move_type": "out_invoice",
            "company_id": company.id,
            "partner_id": self.partner_id.id,
            "currency_id": company.currency_id.id,
            "invoice_date": day,
            "invoice_payment_term_id": False,
            "invoice_date_due": due,
            "property_community_id": self.community_id.id,
            "property_unit_id": units.id if len(units) == 1 else False,
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": company.property_late_fee_product_id.id,
                        "name": self.env._(
                            "Late fee on %(bill)s up to %(day)s",
                            bill=bill.name,
                            day=day,
                        ),
                        "quantity": 1.0,
                        "price_unit": fees[bill.id],
                    }
                )
                for bill in bills
            ],
        }
