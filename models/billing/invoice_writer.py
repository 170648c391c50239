from itertools import groupby  # neighbours only: the order of numbers must stay

from markupsafe import Markup
from psycopg2 import DataError, IntegrityError

from odoo import api, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command

from .invoice_facts import InvoiceFacts

# Every line is ready: nothing is left for Odoo's line synchronisation to add. The
# check that an entry is balanced has its own switch and stays on.
# No plain invoice has analytic distribution, so there is none to synchronise either.
READY_MADE = {
    "skip_invoice_sync": True,
    "skip_invoice_line_sync": True,
    "skip_analytic_sync": True,
}
NO_PRICE = {"price_subtotal": 0.0, "price_total": 0.0}


class PropertyInvoiceWriter(models.AbstractModel):
    """Posts many customer invoices in one go, with the very entries that
    ``account.move.create`` and ``action_post`` would give.

    The heads are created by Odoo as always; the time goes into the lines, which Odoo
    creates first and then corrects one by one. Here amounts and tax lines come from
    Odoo's own tax engine beforehand and all lines are created once. What is not a
    plain case (see ``InvoiceFacts.is_plain``) takes Odoo's normal way.
    """

    _name = "property.invoice.writer"
    _description = "Invoice Writer"

    @api.private
    @api.model
    def _create_posted(self, vals_list):
        """Create and post customer invoices.

        :param vals_list: values as for ``account.move.create``; prices are in the
            currency of the invoice
        :return: the posted invoices, in the order of ``vals_list``
        :raise UserError: as ``create`` and ``action_post`` do; then nothing of the
            batch may be kept, so call it in a savepoint
        """
        moves = self._create_drafts(vals_list)
        moves.action_post()
        return moves

    @api.private
    @api.model
    def _create_posted_or_report(self, vals_list):
        """Create and post what can be posted, and tell why the rest cannot.

        The whole batch is tried first; if it fails, each invoice on its own. Nothing
        of a failed one stays. What another transaction causes (locks, serialization)
        is nobody's mistake and is raised for the caller to try again.

        :return: the posted invoices in the order of ``vals_list``, and a list of
            (index in ``vals_list``, message for the user)
        """
        moves, message = self._try_posted(vals_list)
        if not message or len(vals_list) == 1:
            return moves, [(0, message)] if message else []
        failures = []
        for index, vals in enumerate(vals_list):
            move, message = self._try_posted([vals])
            moves += move
            if message:
                failures.append((index, message))
        return moves, failures

    def _try_posted(self, vals_list):
        try:
            with self.env.cr.savepoint():
                return self._create_posted(vals_list), ""
        except LockError:
            raise
        except UserError as error:
            message = str(error)
        except (IntegrityError, DataError) as error:
            message = self.env["account.move"]._sql_error_to_message(error)
        return self.env["account.move"], message or self.env._("Unknown error")

    def _create_drafts(self, vals_list):
        # In runs of equal kind, so that ids rise, and numbers are given, in the
        # order asked for.
        facts = InvoiceFacts(self.env)
        moves = self.env["account.move"]
        # pylint: disable-next=bad-builtin-groupby
        for plain, run in groupby(vals_list, facts.is_plain):
            run = [dict(vals) for vals in run]
            moves += self._create_plain(run, facts) if plain else moves.create(run)
        return moves

    def _create_plain(self, vals_list, facts):
        lines_of = [vals.pop("invoice_line_ids") for vals in vals_list]
        for vals in vals_list:
            vals["invoice_date_due"] = facts.due_date(vals)
        facts.read_partners(vals_list)
        # Odoo would post "Invoice Created" one by one.
        heads = self.env["account.move"].with_context(mail_create_nolog=True)
        moves = heads.create(vals_list).with_env(self.env)
        line_vals = []
        for move, commands in zip(moves, lines_of, strict=True):
            line_vals += self._line_vals(move, [c[2] for c in commands], facts)
        self.env["account.move.line"].with_context(**READY_MADE).create(line_vals)
        self._log_creation(moves)
        return moves

    def _log_creation(self, moves):
        """Write Odoo's "Invoice Created" into the chatter.

        Where someone follows the invoice Odoo posts it, so that he is told. The
        others only keep it as a record, and it is written for all at once.
        """
        context = self.env.context
        if context.get("mail_create_nolog") or context.get("tracking_disable"):
            return
        subtype, body = self._creation_note(moves)
        followed = moves.filtered("message_follower_ids")
        for move in followed.sudo():
            move.message_post(subtype_id=subtype.id, body=body)
        silent = moves - followed
        notes = silent._message_log_batch({move.id: body for move in silent})
        notes.write({"subtype_id": subtype.id, "is_internal": subtype.internal})

    def _creation_note(self, moves):
        text = moves[0]._creation_message()
        body = Markup('<div summary="o_mail_notification"><p>%s</p></div>') % text
        return moves[0]._creation_subtype(), body

    def _line_vals(self, move, given, facts):
        """Values of all journal items of one invoice: products, taxes, receivable."""
        products = [self._product_vals(move, vals, facts) for vals in given]
        base_lines = [self._base_line(move, vals) for vals in products]
        tax_lines = self._tax_vals(move, products, base_lines)
        entries = products + tax_lines
        for vals in entries:
            vals["move_id"] = move.id
        return [*entries, self._receivable_vals(move, entries)]

    def _product_vals(self, move, vals, facts):
        account, taxes = facts.account_and_taxes(move, vals)
        return {
            **vals,
            # As the database will hold them: the amounts follow from that.
            "quantity": self._stored("quantity", vals.get("quantity", 1.0)),
            "discount": self._stored("discount", vals.get("discount", 0.0)),
            "display_type": "product",
            "analytic_distribution": False,
            "account_id": account.id,
            "tax_ids": [Command.set(taxes.ids)],
            "currency_id": move.currency_id.id,
        }

    def _stored(self, name, value):
        lines = self.env["account.move.line"]
        return lines._fields[name].convert_to_cache(value, lines)

    def _base_line(self, move, vals):
        product = self.env["product.product"].browse(vals.get("product_id"))
        return self.env["account.tax"]._prepare_base_line_for_taxes_computation(
            None,
            product_id=product,
            product_uom_id=product.uom_id,
            tax_ids=self.env["account.tax"].browse(vals["tax_ids"][0][2]),
            price_unit=vals["price_unit"],
            quantity=vals["quantity"],
            discount=vals["discount"],
            currency_id=move.currency_id,
            partner_id=move.commercial_partner_id,
            account_id=self.env["account.account"].browse(vals["account_id"]),
            rate=move.invoice_currency_rate,
            sign=move.direction_sign,
        )

    def _tax_vals(self, move, products, base_lines):
        """Put the amounts into ``products`` and return the tax lines."""
        Tax, company = self.env["account.tax"], move.company_id
        Tax._add_tax_details_in_base_lines(base_lines, company)
        for vals, base_line in zip(products, base_lines, strict=True):
            # Subtotals are rounded line by line, balances over the whole invoice.
            Tax._round_base_lines_tax_details([base_line], company)
            details = base_line["tax_details"]
            vals["price_subtotal"] = details["total_excluded_currency"]
            vals["price_total"] = details["total_included_currency"]
        Tax._round_base_lines_tax_details(base_lines, company)
        Tax._add_accounting_data_in_base_lines_tax_details(base_lines, company)
        results = Tax._prepare_tax_lines(base_lines, company)
        for vals, (_line, amounts) in zip(
            products, results["base_lines_to_update"], strict=True
        ):
            vals.update(amounts)
        return [
            {**vals, "display_type": "tax", **NO_PRICE}
            for vals in results["tax_lines_to_add"]
        ]

    def _receivable_vals(self, move, entries):
        # The account is left to Odoo: partner, company and fiscal position decide.
        total = -sum(vals["balance"] for vals in entries)
        total_currency = -sum(vals["amount_currency"] for vals in entries)
        return {
            "move_id": move.id,
            "display_type": "payment_term",
            **NO_PRICE,
            "date_maturity": move.invoice_date_due,
            "currency_id": move.currency_id.id,
            "balance": move.company_currency_id.round(total),
            "amount_currency": move.currency_id.round(total_currency),
            "discount_balance": 0.0,
            "discount_amount_currency": 0.0,
        }
