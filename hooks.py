"""What Odoo leaves behind when a module goes, taken away before it goes."""

MODULE = "property_fee_collection"


def uninstall_hook(env):
    """Invoices, payments and what belongs to the company stay; all else goes."""
    # Tables that all go stand in each other's way, and then Odoo keeps a record that
    # another one needs.
    env["ir.model.constraint"].search(
        [("module.name", "=", MODULE), ("type", "=", "f")]
    ).unlink()
    # Made for each company, so that no external id names them.
    env["ir.sequence"].with_context(active_test=False).search(
        [("code", "=like", "property.%")]
    ).unlink()
    _forget_parts(env)


def _forget_parts(env):
    """External ids that Odoo's modules gave to what our models have of theirs."""
    names = env["ir.model.data"].search([("model", "=", "ir.model")])
    others = names.filtered(lambda name: name.module != MODULE)
    ours = list({*names.mapped("res_id")} - {*others.mapped("res_id")})
    parts = (
        env["ir.model.inherit"].search([("model_id", "in", ours)]),
        env["ir.model.fields.selection"].search([("field_id.model_id", "in", ours)]),
    )
    for records in parts:
        env["ir.model.data"].search(
            [
                ("module", "!=", MODULE),
                ("model", "=", records._name),
                ("res_id", "in", records.ids),
            ]
        ).unlink()
