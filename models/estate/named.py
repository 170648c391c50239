"""Which records the values of a client name."""

from odoo.fields import Command
from odoo.models import BaseModel

# They name a record to let it go.
LETTING_GO = frozenset((Command.DELETE, Command.UNLINK, Command.CLEAR))


def is_ours(name):
    """Whether the records of a model belong to a community, or to a company."""
    return name.startswith("property.") or name == "account.move"


def named_in(record, values, found):
    """Add to ``found`` what ``values`` name of this module's models, in new and changed
    lines too; what ``record`` names already is no news.

    :param record: the record that gets the values, or an empty one
    :param found: {model: ids}
    """
    for name, value in values.items():
        field = record._fields.get(name)
        if not value or not field or not field.relational:
            continue
        ids, lines = _in_one(value) if field.type == "many2one" else _in_many(value)
        if ids and is_ours(field.comodel_name):
            found[field.comodel_name].update(ids.difference(record[name].ids))
        for line_id, line_values in lines:
            comodel = record.env[field.comodel_name]
            known = line_id and line_id in record[name].ids
            named_in(comodel.browse(line_id if known else ()), line_values, found)


def _in_one(value):
    """(ids, [(id, values)]) of a many2one"""
    if isinstance(value, dict):
        return _real([value.get("id")]), [(False, value)]
    if isinstance(value, (list, tuple)):
        return _real(value[:1]), ()
    return _real(value._origin.ids if isinstance(value, BaseModel) else [value]), ()


def _in_many(value):
    """(ids, [(id, values)]) of a list of commands, of ids or of records"""
    if isinstance(value, BaseModel):
        return _real(value._origin.ids), ()
    ids, lines = set(), []
    for command in value:
        if not isinstance(command, (list, tuple)):
            ids |= _real([command])
        elif command[0] == Command.SET:
            ids |= _real(command[2])
        elif command[0] not in LETTING_GO:
            line = _real(command[1:2])
            ids |= line
            if command[0] != Command.LINK or len(command) > 2:
                lines.append((next(iter(line), False), command[2] or {}))
    return ids, lines


def _real(ids):
    """Without those of records that are not saved yet."""
    return {one for one in ids if isinstance(one, int) and one}
