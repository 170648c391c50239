from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError

INT4 = 2**31 - 1
NUMBERS = ("integer", "float", "monetary")
TEXTS = ("char", "text", "html")
COMMANDS = range(7)


class PropertyMoment(models.Model):
    """What another system sends is looked at before anything is done with it: it has
    nobody who looks at a screen, and is told which value of which row is wrong."""

    _inherit = "property.moment"

    @api.model
    def _check_input(self, vals_list):
        """:return: the rows with the defaults of the context; a blank reference is none
        :raises ValidationError: says which value of which row is wrong and what is
            allowed"""
        if not isinstance(vals_list, (list, tuple)):
            raise ValidationError(self.env._("vals_list is a list of rows."))
        rows = []
        for number, vals in enumerate(vals_list, 1):
            is_row = isinstance(vals, dict)
            row = self._with_defaults(vals) if is_row else {}
            problem = (
                self._problem_of(row)
                if is_row
                else self.env._("a row has fields and values")
            )
            if problem:
                raise ValidationError(
                    self.env._(
                        "Row %(number)s: %(problem)s", number=number, problem=problem
                    )
                )
            rows.append(self._with_reference(row))
        self._check_known(rows)
        self._check_customer(rows)
        return rows

    @api.model
    def _with_defaults(self, vals):
        """The row, and what the context says of fields that it leaves out."""
        given = {
            key.removeprefix("default_"): value
            for key, value in self.env.context.items()
            if key.startswith("default_")
        }
        defaults = {
            name: value
            for name, value in given.items()
            if name in self._fields and name not in self._guarded_fields
        }
        return {**defaults, **vals}

    @api.model
    def _with_reference(self, vals):
        reference = (vals.get("external_ref") or "").strip() or False
        return {**vals, "external_ref": reference} if "external_ref" in vals else vals

    @api.model
    def _problem_of(self, vals):
        unknown = sorted(str(name) for name in vals if name not in self._fields)
        if unknown:
            return self.env._("unknown fields: %(names)s", names=", ".join(unknown))
        if not vals.get("unit_id"):
            return self.env._("unit_id is missing")
        problems = (self._problem_with(name, value) for name, value in vals.items())
        return next(filter(None, problems), "")

    @api.model
    def _problem_with(self, name, value):
        """What is wrong with the value of a field; nothing with an empty one."""
        field = self._fields[name]
        if field.type == "selection" and (value or field.required):
            return self._problem_with_choice(name, value)
        if value is None or value is False:
            return ""
        if field.type == "many2one":
            if not _is_id(value):
                return self.env._("%(name)s is the id of a record", name=name)
        elif field.type in TEXTS:
            if not isinstance(value, str) or "\0" in value:
                return self.env._("%(name)s is a text", name=name)
        elif field.type in NUMBERS:
            if not isinstance(value, (int, float)) or abs(value) > INT4:
                return self.env._("%(name)s is a number", name=name)
        elif field.type in ("one2many", "many2many"):
            if not isinstance(value, (list, tuple)) or not all(map(_is_command, value)):
                return self.env._("%(name)s is a list of commands", name=name)
        return self._problem_with_day(field, value)

    @api.model
    def _problem_with_choice(self, name, value):
        field = self._fields[name]
        choices = field.get_values(self.env)
        if value in choices:
            return ""
        return self.env._(
            "%(name)s is one of %(choices)s", name=name, choices=", ".join(choices)
        )

    @api.model
    def _problem_with_day(self, field, value):
        try:
            if field.type == "date":
                fields.Date.to_date(value)
            elif field.type == "datetime":
                fields.Datetime.to_datetime(value)
        except (ValueError, TypeError, OverflowError):
            if field.type == "date":
                return self.env._("%(name)s is written YYYY-MM-DD", name=field.name)
            return self.env._(
                "%(name)s is written YYYY-MM-DD HH:MM:SS", name=field.name
            )
        return ""

    @api.model
    def _check_known(self, vals_list):
        """:raises ValidationError: for the id of a record that there is not"""
        named = defaultdict(set)
        for vals in vals_list:
            for name, value in vals.items():
                if self._fields[name].type == "many2one" and value:
                    named[name].add(value)
        for name, ids in named.items():
            comodel = self.env[self._fields[name].comodel_name]
            missing = ids - set(comodel.browse(ids).exists().ids)
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
        ids = [vals["unit_id"] for vals in vals_list if not vals.get("partner_id")]
        # sudo: whether the user may see the unit is checked when the moment is there.
        for unit in self.env["property.unit"].sudo().browse(ids):
            if not unit.owner_id:
                raise ValidationError(
                    self.env._(
                        "%(unit)s has no owner: name the customer.",
                        unit=unit.display_name,
                    )
                )


def _is_id(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= INT4


def _is_command(value):
    return (
        isinstance(value, (list, tuple))
        and 0 < len(value) <= 3
        and value[0] in COMMANDS
    )
