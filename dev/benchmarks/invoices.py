"""Posted invoices, against create() in one batch and action_post()."""

from odoo.fields import Command

COUNT = 1_000
ROUNDS = 3


class Month:
    """COUNT invoices of three fees, one for each owner."""

    def __init__(self, env):
        self.env = env
        company = env.company
        if not company.chart_template:
            env["account.chart.template"].try_loading(
                "generic_coa", company, install_demo=False
            )
        domain = [("type", "=", "sale"), ("company_id", "=", company.id)]
        self.journal = env["account.journal"].search(domain, limit=1)
        self.tax = env["account.tax"].create(
            {"name": "Bench", "amount": 6, "type_tax_use": "sale"}
        )
        product = {"type": "service", "taxes_id": [Command.clear()]}
        self.products = env["product.product"].create(
            [{"name": f"Fee {n}", **product} for n in range(3)]
        )
        self.owners = env["res.partner"].create(
            [{"name": f"Owner {n}"} for n in range(COUNT)]
        )
        # Every run numbers in a journal of its own: what was rolled back before
        # stays in the table and would slow the search for the last number.
        self.journals = iter(
            env["account.journal"].create(
                [
                    {
                        "name": f"Bench {n}",
                        "code": f"BN{n:02}",
                        "type": "sale",
                        "default_account_id": self.journal.default_account_id.id,
                    }
                    for n in range(4 * ROUNDS)
                ]
            )
        )

    def vals(self, taxes):
        journal = next(self.journals)
        return [
            {
                "move_type": "out_invoice",
                "partner_id": owner.id,
                "journal_id": journal.id,
                "invoice_date": "2026-01-31",
                "invoice_date_due": "2026-02-20",
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create(self.line(owner, product, taxes))
                    for product in self.products
                ],
            }
            for owner in self.owners
        ]

    def line(self, owner, product, taxes):
        return {
            "product_id": product.id,
            "name": f"{product.name} 2026-01",
            "quantity": 60 + owner.id % 90 + 0.25,
            "price_unit": 2.8,
            "account_id": self.journal.default_account_id.id,
            "tax_ids": [Command.set(taxes.ids)],
        }


def run(bench):
    month = Month(bench.env)
    for words, taxes in (("no tax", month.tax[:0]), ("one tax", month.tax)):

        def ours(taxes=taxes):
            writer = bench.env["property.invoice.writer"]
            writer._create_posted(month.vals(taxes))

        def ordinary(taxes=taxes):
            bench.env["account.move"].create(month.vals(taxes)).action_post()

        yield bench.compare(
            f"{COUNT:,} invoices × 3 lines, {words}",
            ours,
            "create() in one batch and action_post()",
            ordinary,
            rounds=ROUNDS,
            at_least=1.6,
        )
