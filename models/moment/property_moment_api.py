from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError, ValidationError

# What a repeated call must say again: a reference stands for one moment.
SAME = ("kind", "unit_id")
ONCE = "property_moment_reference_once"


class PropertyMoment(models.Model):
    """Moments that another system opens: Odoo's own external API,
    ``POST /json/2/property.moment/create`` (procedure, clause 5.6).

    A moment that comes again with the same ``external_ref`` is the same moment: its id
    is returned and nothing is changed.
    """

    _inherit = "property.moment"

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = self._check_input(vals_list)
        known = self._of_references(vals_list)
        new, places = [], []
        for vals in vals_list:
            key = self._reference_key(vals)
            if key and key in known:
                places.append(known[key])
                continue
            if key:
                known[key] = len(new)
            places.append(len(new))
            new.append(vals)
        created = self._create_new(new, super().create)
        found = [
            created[place] if isinstance(place, int) else place for place in places
        ]
        for moment, vals in zip(found, vals_list, strict=True):
            moment._check_same(vals)
        return self.browse([moment.id for moment in found])

    def _create_new(self, vals_list, create):
        """:raises ConcurrencyError: when another worker has just taken a reference.
        Odoo then does the whole request again, and finds the moment"""
        if not any(vals.get("external_ref") for vals in vals_list):
            return create(vals_list)
        try:
            with self.env.cr.savepoint():
                return create(vals_list)
        except UniqueViolation as error:
            if error.diag.constraint_name != ONCE:
                raise
            # The other one's moment is not visible before this transaction ends.
            raise ConcurrencyError(error.diag.message_primary) from error

    def write(self, vals):
        if "external_ref" in vals and not self.env.su:
            raise UserError(
                self.env._("An external reference comes with the moment, and stays.")
            )
        return super().write(vals)

    @api.model
    def _reference_key(self, vals):
        """(company id, reference); None without a reference"""
        if not vals.get("external_ref"):
            return None
        # sudo: whether the user may see the unit is checked when the moment is there.
        unit = self.env["property.unit"].sudo().browse(vals["unit_id"])
        return unit.company_id.id, vals["external_ref"]

    @api.model
    def _of_references(self, vals_list):
        """{(company id, reference): moment that is known already}"""
        references = {
            vals["external_ref"] for vals in vals_list if vals.get("external_ref")
        }
        if not references:
            return {}
        # sudo: the reference is taken, whoever may see the moment.
        known = self.sudo().search([("external_ref", "in", list(references))])
        return {
            (moment.company_id.id, moment.external_ref): moment.with_env(self.env)
            for moment in known
        }

    def _check_same(self, vals):
        """:raises ValidationError: for a reference that stands for something else
        :raises AccessError: for one whose moment the user may not see"""
        if not vals.get("external_ref"):
            return
        self.check_access("read")
        for name in SAME:
            value = self._fields[name].convert_to_write(self[name], self)
            if vals.get(name, value) != value:
                raise ValidationError(
                    self.env._(
                        "The external reference %(reference)s belongs to another "
                        "moment: %(moment)s.",
                        reference=self.external_ref,
                        moment=self.display_name,
                    )
                )
