from odoo import api, models
from odoo.exceptions import AccessError


class PropertyGuarded(models.AbstractModel):
    """Fields that follow from methods and that no client may set: not by ``create``,
    not by ``write`` and not through a ``default_…`` key of the context."""

    _name = "property.guarded"
    _description = "Guarded Fields"

    _guarded_fields = frozenset()
    _guarded_writes = True

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._check_guarded(vals)
        defaults = {f"default_{name}" for name in self._guarded_fields}
        context = {
            key: value for key, value in self.env.context.items() if key not in defaults
        }
        # Keys can only be taken out by replacing the context as a whole.
        # pylint: disable-next=context-overridden
        clean = self.with_context(context)
        return super(PropertyGuarded, clean).create(vals_list)

    def write(self, vals):
        if self._guarded_writes and not self.env.su:
            self._check_guarded(vals)
        return super().write(vals)

    def _check_guarded(self, vals):
        if self._guarded_fields & set(vals):
            raise AccessError(
                self.env._("State and signatures change through the buttons only.")
            )
