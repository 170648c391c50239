from odoo import api, models
from odoo.exceptions import AccessError


class PropertyGuarded(models.AbstractModel):
    """Fields that follow from methods and that no client may set: not by ``create``,
    not by ``write``, not through a ``default_…`` key of the context and not through a
    default that a user saved for himself."""

    _name = "property.guarded"
    _description = "Guarded Fields"

    _guarded_fields = frozenset()

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        if not self.env.su:
            for name in self._guarded_fields & set(fields):
                defaults.pop(name, None)
                default = self._fields[name].default
                if default:
                    # As Odoo does: a default may be a record.
                    defaults |= self._convert_to_write({name: default(self)})
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_guarded(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_guarded(vals)
        return super().write(vals)

    def _check_guarded(self, vals):
        if not self.env.su and self._guarded_fields & set(vals):
            raise AccessError(
                self.env._("State and signatures change through the buttons only.")
            )
