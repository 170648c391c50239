from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# What a repeated call must say again: a reference stands for one moment.
SAME = ("kind", "unit_id")


class PropertyMoment(models.Model):
    """Moments that another system opens: Odoo's own external API,
    ``POST /json/2/property.moment/create`` (procedure, clause 5.6).

    A moment that comes again with the same ``external_ref`` is the same moment: its id
    is returned and nothing is changed.
    """

    _inherit = "property.moment"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_input(vals_list)
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
        created = super().create(new)
        found = [
            created[place] if isinstance(place, int) else place for place in places
        ]
        for moment, vals in zip(found, vals_list, strict=True):
            moment._check_same(vals)
        return self.browse([moment.id for moment in found])

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

    @api.model
    def _check_input(self, vals_list):
        """:raises ValidationError: says which value of which row is wrong and what is
        allowed; another system has nobody who looks at a screen"""
        for number, vals in enumerate(vals_list, 1):
            problem = self._problem_of(vals)
            if problem:
                raise ValidationError(
                    self.env._(
                        "Row %(number)s: %(problem)s", number=number, problem=problem
                    )
                )
        self._check_known("property.unit", "unit_id", vals_list)
        self._check_known("res.partner", "partner_id", vals_list)
        self._check_customer(vals_list)

    @api.model
    def _problem_of(self, vals):
        unknown = sorted(set(vals) - set(self._fields))
        if unknown:
            return self.env._("unknown fields: %(names)s", names=", ".join(unknown))
        kinds = [key for key, _label in self._fields["kind"].selection]
        if "kind" in vals and vals["kind"] not in kinds:
            return self.env._("kind is one of %(kinds)s", kinds=", ".join(kinds))
        for name in ("unit_id", "partner_id"):
            value = vals.get(name)
            if value and (not isinstance(value, int) or isinstance(value, bool)):
                return self.env._("%(name)s is the id of a record", name=name)
        if not vals.get("unit_id") and not self.env.context.get("default_unit_id"):
            return self.env._("unit_id is missing")
        try:
            fields.Date.to_date(vals.get("date"))
        except (ValueError, TypeError):
            return self.env._("date is written YYYY-MM-DD")
        return ""

    @api.model
    def _check_known(self, model, name, vals_list):
        ids = {vals[name] for vals in vals_list if vals.get(name)}
        missing = ids - set(self.env[model].browse(ids).exists().ids)
        if missing:
            raise ValidationError(
                self.env._(
                    "%(name)s: there is no record %(ids)s",
                    name=name,
                    ids=", ".join(map(str, sorted(missing))),
                )
            )

    @api.model
    def _check_customer(self, vals_list):
        """:raises ValidationError: for a unit without owner when nobody is named"""
        ids = [vals.get("unit_id") for vals in vals_list if not vals.get("partner_id")]
        # sudo: whether the user may see the unit is checked when the moment is there.
        units = self.env["property.unit"].sudo().browse(filter(None, ids))
        if self.env.context.get("default_partner_id"):
            return
        for unit in units:
            if not unit.owner_id:
                raise ValidationError(
                    self.env._(
                        "%(unit)s has no owner: name the customer.",
                        unit=unit.display_name,
                    )
                )
