"""What the invoice writer reads about the master data of a batch, once per key."""

from collections import defaultdict

from odoo import fields
from odoo.fields import Command

MOVE_FIELDS = {
    "move_type",
    "partner_id",
    "journal_id",
    "currency_id",
    "date",
    "invoice_date",
    "invoice_date_due",
    "invoice_payment_term_id",
    "invoice_line_ids",
    "invoice_origin",
    "invoice_user_id",
    "narration",
    "partner_bank_id",
    "payment_reference",
    "ref",
}
LINE_FIELDS = {
    "name",
    "product_id",
    "quantity",
    "price_unit",
    "discount",
    "account_id",
    "tax_ids",
    "sequence",
}


class InvoiceFacts:
    """Answers about journals, terms, products and taxes, each asked for only once.

    Lives as long as one batch.
    """

    def __init__(self, env):
        self.env = env
        self._known = {}

    def _once(self, read, *key):
        key = (read.__name__, *key)
        if key not in self._known:
            self._known[key] = read(*key[1:])
        return self._known[key]

    # Which invoices are plain

    def is_plain(self, vals):
        """Whether the ready-made entry of these values is known to be Odoo's own."""
        return bool(
            self._once(self._surroundings_are_plain)
            and known(vals, MOVE_FIELDS)
            and vals.get("move_type") == "out_invoice"
            and vals.get("partner_id")
            and vals.get("invoice_date")
            and vals.get("invoice_line_ids")
            and self._once(self._journal_is_plain, vals.get("journal_id"))
            and self._currency_is_plain(vals)
            and self._terms_are_plain(vals)
            and all(self._line_is_plain(vals, c) for c in vals["invoice_line_ids"])
        )

    def _surroundings_are_plain(self):
        context = self.env.context
        if any(key.startswith(("default_", "skip_")) for key in context):
            return False
        Models = self.env["account.analytic.distribution.model"].sudo()
        return not Models.search_count([], limit=1)

    def _journal_is_plain(self, journal_id):
        journal = self.env["account.journal"].browse(journal_id or ())
        company = journal.company_id
        return bool(
            journal.type == "sale"
            and journal.currency_id in (company.currency_id, company.currency_id[:0])
            and not company.parent_id
            and not company.sudo().child_ids
            and not company.account_storno
            and not company.account_discount_expense_allocation_id
        )

    def _currency_is_plain(self, vals):
        currency = self.company(vals).currency_id.id
        return vals.get("currency_id", currency) == currency

    def _terms_are_plain(self, vals):
        term = self.term(vals)
        if not term:
            return bool(vals.get("invoice_date_due"))
        return not vals.get("invoice_date_due") and self._once(
            self._term_is_plain, term.id
        )

    def _term_is_plain(self, term_id):
        term = self.env["account.payment.term"].browse(term_id)
        return len(term.line_ids) == 1 and not term.early_discount

    def _line_is_plain(self, vals, command):
        if command[0] != Command.CREATE or not known(command[2], LINE_FIELDS):
            return False
        line = command[2]
        return bool(
            line.get("price_unit") is not None
            and line.get("quantity", 1.0)
            and self._accounts_are_plain(vals, line)
            and self._taxes_are_plain(line.get("tax_ids", ()))
        )

    def _accounts_are_plain(self, vals, line):
        if "account_id" in line:
            return bool(line["account_id"])
        return line.get("product_id") and self._once(
            self._has_income_account, line["product_id"], self.company(vals).id
        )

    def _has_income_account(self, product_id, company_id):
        product = self.env["product.product"].browse(product_id)
        return bool(product.with_company(company_id)._get_product_accounts()["income"])

    def _taxes_are_plain(self, commands):
        known_commands = (Command.SET, Command.CLEAR, Command.LINK)
        return all(len(c) == 3 and c[0] in known_commands for c in commands or ())

    # What the plain ones need

    def company(self, vals):
        return self.env["account.journal"].browse(vals["journal_id"]).company_id

    def term(self, vals):
        if "invoice_payment_term_id" in vals:
            Term = self.env["account.payment.term"]
            return Term.browse(vals["invoice_payment_term_id"] or ())
        partner = self.env["res.partner"].browse(vals["partner_id"])
        return partner.with_company(self.company(vals)).property_payment_term_id

    def read_partners(self, vals_list):
        """Load all customers of a batch at once; Odoo would fetch them singly."""
        Partner = self.env["res.partner"]
        by_company = defaultdict(list)
        for vals in vals_list:
            by_company[self.company(vals)].append(vals["partner_id"])
        for company, ids in by_company.items():
            partners = Partner.browse(ids).with_company(company)
            partners.mapped("property_account_position_id")

    def due_date(self, vals):
        """Last day of payment, by the term or as given."""
        if term := self.term(vals):
            day = fields.Date.to_date(vals["invoice_date"])
            return self._once(self._term_date, term.id, day)
        return vals["invoice_date_due"]

    def _term_date(self, term_id, day):
        term = self.env["account.payment.term"].browse(term_id)
        return term.line_ids._get_due_date(day)

    def account_and_taxes(self, move, line):
        """What Odoo puts on an invoice line that names no account or no taxes."""
        if line.get("account_id") and "tax_ids" in line:
            taxes = self.env["account.tax"].browse(tax_ids(line["tax_ids"]))
            return self.env["account.account"].browse(line["account_id"]), taxes
        account, taxes = self._once(
            self._line_defaults,
            move.journal_id.id,
            move.fiscal_position_id.id,
            line.get("product_id"),
            line.get("account_id"),
        )
        if "tax_ids" in line:
            taxes = taxes.browse(tax_ids(line["tax_ids"]))
        return account, taxes

    def _line_defaults(self, journal_id, fiscal_position_id, product_id, account_id):
        line = {"product_id": product_id, "account_id": account_id}
        draft = self.env["account.move"].new(
            {
                "move_type": "out_invoice",
                "journal_id": journal_id,
                "fiscal_position_id": fiscal_position_id,
                "invoice_line_ids": [
                    Command.create({name: id_ for name, id_ in line.items() if id_})
                ],
            }
        )
        return draft.invoice_line_ids.account_id, draft.invoice_line_ids.tax_ids._origin


def known(vals, names):
    """Whether all keys are understood here or are this module's own fields."""
    return all(name in names or name.startswith("property_") for name in vals)


def tax_ids(commands):
    """The ids that SET, CLEAR and LINK commands leave."""
    ids = []
    for command, id_, new_ids in commands or ():
        ids = [*ids, id_] if command == Command.LINK else list(new_ids or ())
    return ids
