from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError

from .named import named_in

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
    looked at again wherever a field was written that says where the record belongs.

    The user must be allowed to see whatever he names: computed and related fields are
    worked out with all rights, so that a form would show him what belongs to others.
    """

    _name = "property.community.bound"
    _description = "Bound to a Community"

    # What says where a record belongs.
    _placing_fields = PLACES

    @api.model
    def default_get(self, fields):
        """Those of the context come from the client."""
        defaults = super().default_get(fields)
        self.browse()._check_seen([defaults])
        return defaults

    def onchange(self, values, field_names, fields_spec):
        """:raises AccessError: for a record in ``values`` that the user may not see"""
        self._check_seen([values])
        return super().onchange(values, field_names, fields_spec)

    @api.model_create_multi
    def create(self, vals_list):
        self.browse()._check_named(vals_list)
        records = super().create(vals_list)
        records._check_followed(set().union(*vals_list))
        return records

    def write(self, vals):
        self.browse()._check_named([vals])
        result = super().write(vals)
        self._check_followed(vals)
        placing = self._placing(vals)
        if placing and not self.env.su:
            # The rules look at stored fields that follow from those just written.
            self.flush_recordset()
            self.check_access("write")
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

    @api.model
    def _check_named(self, vals_list):
        """:raises AccessError: for a record about to be written that the user may not
        see"""
        self._check_seen(vals_list)

    def _check_seen(self, vals_list):
        """One look per model, however many values.

        :raises AccessError: for a record in the values that the user may not see,
            unless ``self`` shows it already
        """
        if self.env.su:
            return
        found = defaultdict(set)
        for values in vals_list:
            named_in(self, values, found)
        for name in sorted(found):
            self.env[name].browse(sorted(found[name])).check_access("read")
