from odoo import api, models
from odoo.exceptions import AccessError

PLACES = frozenset(
    (
        "building_id",
        "community_id",
        "company_id",
        "fee_item_id",
        "import_id",
        "meter_id",
        "notice_id",
        "run_id",
        "unit_id",
    )
)


class PropertyCommunityBound(models.AbstractModel):
    """A record that belongs to a community and may be moved to another one only by
    somebody who works for both.

    Odoo holds a record against its rules before a change, not after it. Here it is
    looked at again wherever a field was written that says where the record belongs,
    and the user must be allowed to see what he named in it.
    """

    _name = "property.community.bound"
    _description = "Bound to a Community"

    # What says where a record belongs.
    _placing_fields = PLACES

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_followed(set().union(*vals_list))
        records._check_named(self._placing(set().union(*vals_list)))
        return records

    def write(self, vals):
        result = super().write(vals)
        self._check_followed(vals)
        placing = self._placing(vals)
        if placing and not self.env.su:
            # The rules look at stored fields that follow from those just written.
            self.flush_recordset()
            self.check_access("write")
            self._check_named(placing)
        return result

    def _check_followed(self, names):
        """:raises AccessError: for a field that was written to say something else than
        the record from which it follows"""
        fields = [self._fields[name] for name in names if name in self._fields]
        for field in fields if not self.env.su else ():
            if field.related and field.store and field.readonly:
                self._check_follows(field)

    def _check_follows(self, field):
        for record in self.sudo():
            value = record
            for name in field.related.split("."):
                value = value[name]
            if record[field.name] != value:
                raise AccessError(
                    self.env._(
                        "%(field)s follows from another record and is not written.",
                        field=field.string,
                    )
                )

    @api.model
    def _placing(self, names):
        return self._placing_fields.intersection(names, self._fields)

    def _check_named(self, placing):
        """:raises AccessError: for a place that the user may not see"""
        if self.env.su:
            return
        for name in sorted(placing):
            self[name].check_access("read")
