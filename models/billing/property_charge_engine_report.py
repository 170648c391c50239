from odoo import models


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
        data = problem.data
        if problem.kind == "no_rate" and not item:
            return self.env._(
                "%(unit)s: no fee item has a rate for this unit.", unit=unit
            )
        if problem.kind == "no_rate":
            return self.env._(
                "%(unit)s: no rate of %(item)s is valid in this month.",
                unit=unit,
                item=item,
            )
        if problem.kind == "no_area":
            return self.env._(
                "%(unit)s: no floor area for %(item)s.", unit=unit, item=item
            )
        if problem.kind == "no_owner":
            return self.env._(
                "%(unit)s: nobody to pay from %(date_from)s to %(date_to)s.",
                unit=unit,
                **data,
            )
        if problem.kind == "no_reading":
            return self.env._(
                "%(unit)s: %(item)s has no reading in this month, or none before it.",
                unit=unit,
                item=item,
            )
        if problem.kind == "backwards":
            return self.env._(
                "%(unit)s: %(item)s counts backwards, from %(previous).10g to "
                "%(current).10g.",
                unit=unit,
                item=item,
                **data,
            )
        if problem.kind == "absurd_usage":
            return self.env._(
                "%(unit)s: %(item)s shows %(quantity).10g against an average of "
                "%(average).10g a month.",
                unit=unit,
                item=item,
                **data,
            )
        if problem.kind == "billed_otherwise":
            return self.env._(
                "%(unit)s: days of %(item)s are charged to somebody else who should "
                "not pay them. Credit that invoice and invoice the other by hand.",
                unit=unit,
                item=item,
            )
        if problem.kind == "billed_partly":
            return self.env._(
                "%(unit)s: some days of %(item)s are not charged, though the month is. "
                "Invoice them by hand.",
                unit=unit,
                item=item,
            )
        if problem.kind == "shared_billed":
            return self.env._(
                "%(item)s: the cost of the month is %(cost).2f, but %(billed).2f were "
                "shared already. Share the difference in another month.",
                item=item,
                **data,
            )
        return self.env._("%(item)s: no unit has a share in this cost.", item=item)
