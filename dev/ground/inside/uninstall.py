"""Whether a database does well without the module. `uninstall.py DATABASE BEFORE`.

DATABASE has the module with data, BEFORE is the database it was installed into. Prints
what is wrong, one line each, marked so that it is found among the lines of the log.
"""

import sys

import odoo.api
import odoo.modules.registry
from odoo.tools import SQL, config

MODULE = "property_fee_collection"
WRONG = "LEFT: "

# What must be the same before and after.
BOOKS = (
    "SELECT move_type, state, payment_state, count(*), sum(amount_total_signed),"
    " sum(amount_residual_signed) FROM account_move GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
    "SELECT parent_state, reconciled, count(*), sum(debit), sum(credit)"
    " FROM account_move_line GROUP BY 1, 2 ORDER BY 1, 2",
    "SELECT state, count(*), sum(amount) FROM account_payment GROUP BY 1 ORDER BY 1",
    "SELECT count(*), sum(amount) FROM account_partial_reconcile",
)
# What must be as it was before the module came.
SCHEMA = (
    "SELECT 'column ' || table_name || '.' || column_name"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT 'constraint ' || conrelid::regclass || '.' || conname FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT 'routine ' || routine_name FROM information_schema.routines"
    " WHERE routine_schema = 'public'",
    "SELECT 'sequence ' || code FROM ir_sequence WHERE code IS NOT NULL",
    "SELECT 'parameter ' || key FROM ir_config_parameter",
    "SELECT 'constraint kept: ' || name FROM ir_model_constraint",
    "SELECT 'relation kept: ' || name FROM ir_model_relation",
    "SELECT 'default ' || f.model || '.' || f.name FROM ir_default d"
    " JOIN ir_model_fields f ON f.id = d.field_id"
    " WHERE f.name NOT LIKE 'property_account_%%'",
)
# Records that a company or user can have made are not among them.
COUNTED = (
    "ir.model", "ir.model.fields", "ir.model.access", "ir.rule", "ir.ui.view",
    "ir.ui.menu", "ir.actions.actions", "ir.cron", "res.groups",
    "res.groups.privilege", "mail.template", "sms.template", "mail.activity.type",
    "report.paperformat", "spreadsheet.dashboard", "spreadsheet.dashboard.group",
    "ir.module.category",
)  # fmt: skip
OPENED = (
    "account.move", "account.payment", "account.journal", "account.bank.statement.line",
    "res.partner", "res.users", "res.company", "res.config.settings", "product.product",
)  # fmt: skip


def wrong(text):
    print(f"{WRONG}{text}", flush=True)


def inventory(env):
    """Names of what a module could leave in the database, and how many records."""
    names = {name for query in SCHEMA for (name,) in env.execute_query(SQL(query))}
    for model in COUNTED:
        records = env[model].sudo().with_context(active_test=False, lang="en_US")
        found = records.search_read([], ["display_name"], load=None)
        # An action loses its model with it, but not its name.
        names |= {f"{model} {row['display_name']} ({row['id']})" for row in found}
    return names


def books(env):
    return [env.execute_query(SQL(query)) for query in BOOKS]


def dangling(env):
    """External ids of what is no longer there, and those of the module."""
    groups = env["ir.model.data"]._read_group([], ["model"], ["res_id:array_agg"])
    for model, ids in groups:
        if model not in env:
            yield f"external ids of {model}, which is gone"
        elif gone := set(ids) - set(env[model].browse(ids).exists().ids):
            yield f"external ids of {len(gone)} records of {model} that are gone"
    for data in env["ir.model.data"].search([("module", "=", MODULE)]):
        yield f"external id {data.complete_name} ({data.model})"


def use(env):
    """What accountants do with the invoices of a module that went."""
    moves = env["account.move"].search(
        [("move_type", "=", "out_invoice"), ("state", "=", "posted")]
    )
    company = moves.company_id.sorted(lambda one: -one.id)[:1]
    env = env(context={"allowed_company_ids": company.ids})
    for model in OPENED:
        views = [(False, kind) for kind in ("form", "list", "search")]
        env[model].get_views(views, {"toolbar": True})
    moves = moves.with_env(env).filtered_domain([("company_id", "=", company.id)])
    moves.read()
    env["ir.actions.report"]._render_qweb_html(
        "account.report_invoice_with_payments", moves[:2].ids
    )
    owed = moves.filtered("amount_residual")[:1]
    context = {"active_model": "account.move", "active_ids": owed.ids}
    env["account.payment.register"].with_context(**context).create(
        {}
    ).action_create_payments()
    if owed.amount_residual:
        wrong(f"{owed.name} was paid and is still open")
    paid = moves.filtered("reconciled_payment_ids")[:1]
    for payment in paid.reconciled_payment_ids:
        payment.action_draft()
        payment.action_cancel()
    paid.button_draft()
    paid.action_post()
    env["ir.ui.menu"].load_menus(False)


def environment(database):
    registry = odoo.modules.registry.Registry(database)
    return odoo.api.Environment(registry.cursor(), odoo.api.SUPERUSER_ID, {})


def main(database, before):
    config.parse_config(["-d", database, "--no-http"], setup_logging=True)
    env = environment(before)
    expected = inventory(env)
    env.cr.close()
    env = environment(database)
    kept = books(env)
    if not any(row[0] == "out_invoice" for row in kept[0]):
        wrong("nothing: there are no invoices to look at")
    env["ir.module.module"].search([("name", "=", MODULE)]).button_immediate_uninstall()
    env.cr.close()
    env = environment(database)
    if books(env) != kept:
        wrong("other books than before")
    for name in sorted(inventory(env) - expected):
        wrong(name)
    for name in sorted(expected - inventory(env)):
        wrong(f"taken away: {name}")
    for name in dangling(env):
        wrong(name)
    use(env)
    env.cr.close()


main(*sys.argv[1:])
