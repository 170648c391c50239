"""1,000 notices: one print file and 1,000 stored PDFs, against one call per notice."""

import time

COUNT = 1000
# So many single calls are timed; a thousand would take seven minutes.
SAMPLE = 20


def run(bench):
    env = bench.env
    run, notices = _drafts(env)

    def ours():
        notices._issue()
        return run.notice_ids._print_file()

    spent = bench.once(ours)

    env.invalidate_all()
    sample = notices[:SAMPLE]
    composer = env["property.notice.composer"].sudo()
    sample._write_contents(composer._contents("payment", sample))
    env.flush_all()
    sample = sample.with_context(lang="en_US")
    job = "1,000 notices: print file and stored PDFs"
    single = _single_calls(sample)
    # Ours also composes, numbers and stores the notices; the single calls only render.
    against = "one wkhtmltopdf call per notice, without waiting for scripts"
    yield bench.row(job, spent, against, single, at_least=20)

    # With another paper format the call waits for scripts, as Odoo's reports do.
    report = env.ref("property_fee_collection.action_report_notice")
    report.paperformat_id = report.paperformat_id.copy()
    single = _single_calls(sample)
    against = "one wkhtmltopdf call per notice, as Odoo makes it"
    yield bench.row(job, spent, against, single, at_least=20)


def _single_calls(notices):
    """Seconds that a thousand notices take one by one, from a sample."""
    began = time.perf_counter()
    for notice in notices:
        notice._render_pdfs("payment")
    return (time.perf_counter() - began) / len(notices) * COUNT


def _drafts(env):
    """Draft notices of a signed run of a thousand units and owners."""
    community = env["property.community"].create(
        {
            "name": "Sunrise Garden",
            "code": "BENCH",
            "payment_place": "Service centre",
            "service_phone": "0755-88886611",
        }
    )
    building = env["property.building"].create(
        {"name": "1", "community_id": community.id}
    )
    if not community._fee_journal:
        charts = env["account.chart.template"]
        charts.try_loading("generic_coa", env.company, install_demo=False)
    product = env["product.product"].create({"name": "Fee", "type": "service"})
    product.taxes_id = False
    item = env["property.fee.item"].create(
        {"name": "Fee", "code": "BENCH", "basis": "area", "product_id": product.id}
    )
    env["property.fee.rate"].create(
        {"fee_item_id": item.id, "community_id": community.id, "price": 2.8}
    )
    owners = env["res.partner"].create(
        [{"name": f"Owner {n}", "lang": "en_US"} for n in range(COUNT)]
    )
    env["property.unit"].create(
        [
            {
                "name": str(n),
                "building_id": building.id,
                "floor_area": 60 + n % 90,
                "owner_id": owner.id,
                "occupancy_status": "owner_occupied",
            }
            for n, owner in enumerate(owners)
        ]
    )
    run = env["property.billing.run"].create(
        {"community_id": community.id, "period": "2026-01-01"}
    )
    run.action_compute()
    signers = env["res.users"].create(
        [
            {"name": name, "login": f"bench_{name}", "group_ids": [(4, group)]}
            for name, group in (
                ("cs", env.ref("property_fee_collection.group_cs_head").id),
                ("finance", env.ref("property_fee_collection.group_finance").id),
            )
        ]
    )
    community.write({"cs_head_id": signers[0].id, "finance_user_id": signers[1].id})
    run.with_user(signers[0]).action_sign_cs()
    run.with_user(signers[1]).action_sign_finance()
    run.state = "invoicing"
    while run._invoice_batch(200):
        # Rows of one transaction are unknown to the planner until it is told.
        env.cr.execute("ANALYZE account_move, account_move_line")
    run._finish_invoicing()
    return run, run._draft_notices()
