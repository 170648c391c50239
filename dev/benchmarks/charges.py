"""Charges of a month, against creating the same rows with ready values."""

from odoo.models import MAGIC_COLUMNS

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "no_reset_password": True}


def community(env, units):
    """A community of UNITS units with three fees: by area, fixed, by meter."""
    env = env(context=QUIET)
    place = env["property.community"].create({"name": "Bench", "code": f"B{units}"})
    building = env["property.building"].create({"name": "1", "community_id": place.id})
    owners = env["res.partner"].create([{"name": f"Owner {n}"} for n in range(units)])
    made = env["property.unit"].create(
        [
            {
                "name": str(number),
                "building_id": building.id,
                "floor_area": 60 + number % 90 + 0.37,
                "owner_id": owner.id,
            }
            for number, owner in enumerate(owners)
        ]
    )
    items = [fee_item(env, place, basis) for basis in ("area", "fixed", "meter")]
    meters = env["property.meter"].create(
        [{"unit_id": unit.id, "fee_item_id": items[2].id} for unit in made]
    )
    env["property.meter.reading"].create(
        [
            {"meter_id": meter.id, "date": day, "value": value + meter.id % 50}
            for meter in meters
            for day, value in (("2025-12-31", 100), ("2026-01-31", 180))
        ]
    )
    return env["property.billing.run"].create(
        {"community_id": place.id, "period": "2026-01-01"}
    )


def fee_item(env, place, basis):
    product = env["product.product"].create({"name": basis, "type": "service"})
    code = f"{basis}{place.code}"
    item = env["property.fee.item"].create(
        {"name": basis, "code": code, "basis": basis, "product_id": product.id}
    )
    env["property.fee.rate"].create(
        {"fee_item_id": item.id, "community_id": place.id, "price": 2.8}
    )
    return item


def ready_values(run):
    """The rows of a computed run as one would hand them to create()."""
    run.action_compute()
    names = [
        name
        for name, field in run.charge_ids._fields.items()
        if field.store and name not in MAGIC_COLUMNS
    ]
    rows = run.charge_ids.read(names, load=None)
    run.charge_ids.unlink()
    run.state = "draft"
    run.env.flush_all()
    return [{name: row[name] for name in names} for row in rows]


def run(bench):
    small, large = community(bench.env, 1_000), community(bench.env, 10_000)
    rows = ready_values(large)

    def create():
        return bench.env["property.charge"].create([dict(row) for row in rows])

    yield bench.compare(
        "charges, 10,000 units × 3 items",
        large.action_compute,
        "create() with ready values",
        create,
        at_most=1.3,
    )
    yield bench.compare(
        "charges, 10,000 units",
        large.action_compute,
        "1,000 units",
        small.action_compute,
        at_most=11,
    )
