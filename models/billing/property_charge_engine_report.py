from odoo import models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# By the kind of the exception. Lazy: translated into the user's language when written.
MESSAGES = {
    "no_rate_at_all": _lt("%(unit)s: no fee item has a rate for this unit."),
    "no_rate": _lt("%(unit)s: no rate of %(item)s is valid in this month."),
    "no_area": _lt("%(unit)s: no floor area for %(item)s."),
    "no_owner": _lt("%(unit)s: nobody to pay from %(date_from)s to %(date_to)s."),
    "no_reading": _lt(
        "%(unit)s: %(item)s has no reading in this month, or none before it."
    ),
    "backwards": _lt(
        "%(unit)s: %(item)s counts backwards, from %(previous).10g to %(current).10g."
    ),
    "absurd_usage": _lt(
        "%(unit)s: %(item)s shows %(quantity).10g against an average of "
        "%(average).10g a month."
    ),
    "billed_otherwise": _lt(
        "%(unit)s: days of %(item)s are charged to somebody else who should not pay "
        "them. Credit that invoice and invoice the other by hand."
    ),
    "billed_partly": _lt(
        "%(unit)s: some days of %(item)s are not charged, though the month is. Invoice "
        "them by hand."
    ),
    "shared_billed": _lt(
        "%(item)s: the cost of the month is %(cost).2f, but %(billed).2f were shared "
        "already. Share the difference in another month."
    ),
    "no_weight": _lt("%(item)s: no unit has a share in this cost."),
}


class PropertyChargeEngine(models.AbstractModel):
    """What the engine found amiss, in words."""

    _inherit = "property.charge.engine"

    def _exception_vals(self, problems):
        units = self.env["property.unit"].browse({p.unit_id for p in problems} - {None})
        items = self.env["property.fee.item"].browse(
            {p.item_id for p in problems} - {None}
        )
        unit_names = {unit.id: unit.display_name for unit in units}
        item_names = {item.id: item.name for item in items}
        return [
            {
                "unit_id": problem.unit_id,
                "fee_item_id": problem.item_id,
                "meter_id": problem.meter_id,
                "kind": problem.kind,
                "message": self._message(
                    problem,
                    unit_names.get(problem.unit_id, ""),
                    item_names.get(problem.item_id, ""),
                ),
            }
            for problem in self._once(problems)
        ]

    @staticmethod
    def _once(problems):
        return {(p.unit_id, p.item_id, p.kind): p for p in problems}.values()

    def _message(self, problem, unit, item):
        kind = problem.kind
        if kind == "no_rate" and not item:
            kind = "no_rate_at_all"
        # Lazy texts take no arguments when they are translated.
        text = self.env._(MESSAGES[kind])
        return text % {**problem.data, "unit": unit, "item": item}
