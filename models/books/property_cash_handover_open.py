from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command


class PropertyCashHandover(models.Model):
    """Which cash goes into a handover: that of one collector, one community and one
    currency, each payment once."""

    _inherit = "property.cash.handover"

    journal_ids = fields.Many2many(
        "account.journal", compute="_compute_journal_ids", string="Possible Journals"
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.browse()._check_free(vals_list)
        handovers = super().create(vals_list)
        handovers._adopt()
        return handovers

    def write(self, vals):
        if "payment_ids" in vals:
            self._check_free([vals])
        result = super().write(vals)
        if "payment_ids" in vals:
            self._adopt()
        return result

    def _check_free(self, vals_list):
        """:raises UserError: for a payment that another handover holds already"""
        for vals in vals_list:
            ids = self._named_payments(vals.get("payment_ids") or ())
            # sudo: what is in a handover of somebody else is in one.
            payments = self.env["account.payment"].sudo().browse(ids)
            others = payments.property_handover_id - self
            if others:
                raise UserError(
                    self.env._(
                        "Some of this cash is in %(handover)s already.",
                        handover=others[0].display_name,
                    )
                )

    @api.model
    def _named_payments(self, commands):
        ids = []
        for command in commands:
            if isinstance(command, int):
                ids.append(command)
            elif command[0] == Command.SET:
                ids += command[2]
            elif command[0] == Command.LINK:
                ids.append(command[1])
        return ids

    def _adopt(self):
        """Payments that an accountant put in get their receipts now; what was taken
        out is free again."""
        for handover in self:
            payments = handover.sudo().payment_ids
            for payment in payments.filtered(lambda row: not row.property_receipt_id):
                payment._property_adopt(handover)
            taken = payments.property_receipt_id
            (handover.sudo().receipt_ids - taken).handover_id = False
            (taken - handover.sudo().receipt_ids).handover_id = handover.id
            if not handover.amount_declared:
                handover.sudo()._declare_taken()

    def _declare_taken(self):
        for handover in self:
            handover.amount_declared = handover.amount_total

    @api.constrains("payment_ids", "community_id", "currency_id", "user_id")
    def _check_payments(self):
        for handover in self:
            for payment in handover.sudo().payment_ids:
                handover._check_payment(payment)

    def _check_payment(self, payment):
        if payment.journal_id.type != "cash" or payment.payment_type != "inbound":
            raise ValidationError(
                self.env._("%(name)s is no cash received.", name=payment.display_name)
            )
        if payment.state not in ("in_process", "paid"):
            raise ValidationError(
                self.env._("%(name)s is not posted.", name=payment.display_name)
            )
        if payment.currency_id != self.currency_id:
            raise ValidationError(
                self.env._("Each currency is handed over with a slip of its own.")
            )
        if payment._property_community() not in (self.community_id, False):
            raise ValidationError(
                self.env._("Each community is handed over with a slip of its own.")
            )
        if (payment.property_collector_id or self.user_id) != self.user_id:
            raise ValidationError(
                self.env._(
                    "%(name)s was taken by %(user)s, who hands it over himself.",
                    name=payment.display_name,
                    user=payment.property_collector_id.name,
                )
            )

    @api.depends("company_id", "currency_id", "user_id")
    def _compute_journal_ids(self):
        """Cash journals of the currency that nobody takes money into at the counter."""
        # sudo: journals are for accountants; who confirms is offered some of them.
        journals = self.env["account.journal"].sudo()
        for handover in self:
            company = handover.company_id
            found = journals.search(
                [
                    *journals._check_company_domain(company),
                    ("type", "=", "cash"),
                    ("id", "not in", handover.sudo().payment_ids.journal_id.ids),
                ]
            )
            handover.journal_ids = found.filtered(
                lambda journal, handover=handover, company=company: (
                    (journal.currency_id or company.currency_id) == handover.currency_id
                )
            )
