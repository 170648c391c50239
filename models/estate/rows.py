"""Rows by the thousand, straight into their tables.

For rows of which every value is known beforehand. ``create`` and ``write`` would spend
most of their time on finding out that nothing follows from them. Whoever calls this has
the right to do so, gives stored values that follow from others as well, and rounds his
amounts: no access rule, default, constraint in Python, computed field or tracking takes
part. The constraints of the database hold as ever.
"""

import io

from psycopg2 import sql

from odoo.tools import float_round

COPY = sql.SQL("COPY {} ({}) FROM STDIN")
IDS = "SELECT nextval(%s) FROM generate_series(1, %s)"
UPDATE = sql.SQL("UPDATE {} t SET {} FROM (VALUES %s) v ({}) WHERE t.id = v.id")
UNLINK = sql.SQL("DELETE FROM {} WHERE {} IN %s")
# As COPY reads it.
NOTHING = "\\N"
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def reserve_rows(model, count):
    """:return: records that are not in the table yet; their ids are nobody else's"""
    model.env.cr.execute(IDS, [f"{model._table}_id_seq", count])
    return model.browse(row_id for (row_id,) in model.env.cr.fetchall())


def insert_rows(model, vals_list, records=None):
    """:param vals_list: the values of each row, all with the same names of stored
        columns, in their order
    :param records: of ``reserve_rows``, what the rows become; what the cache knows of
        them by then is what the caller has put there
    :return: the records, in the same order
    """
    if not vals_list:
        return model.browse()
    records = records or reserve_rows(model, len(vals_list))
    cr, uid = model.env.cr, model.env.uid
    names = list(vals_list[0])
    stamp = {"create_uid": uid, "create_date": cr.now()}
    stamp |= {"write_uid": uid, "write_date": cr.now()}
    columns = [records.ids, *_columns(model, names, vals_list)]
    columns += [[value] * len(records) for value in stamp.values()]
    _copy(cr, model._table, ("id", *names, *stamp), columns)
    _forget_inverses(model, names)
    return records


def update_rows(records, vals_list):
    """:param vals_list: the values of each record, as in ``insert_rows``"""
    if not vals_list:
        return
    names = list(vals_list[0])
    # What waits to be written goes first, and nobody reads what is overwritten, or
    # what may follow from it.
    records.invalidate_recordset(
        [
            name
            for name, field in records._fields.items()
            if name in (*names, "write_uid", "write_date") or not field.column_type
        ]
    )
    _forget_inverses(records, names)
    cr, uid = records.env.cr, records.env.uid
    rows = [
        (*row, uid, cr.now())
        for row in zip(records.ids, *_columns(records, names, vals_list), strict=True)
    ]
    names = (*names, "write_uid", "write_date")
    # The database cannot tell the type of a column that is empty in every row.
    sets = sql.SQL(", ").join(
        sql.SQL("{0} = v.{0}::{1}").format(
            sql.Identifier(name), sql.SQL(records._fields[name].column_type[1])
        )
        for name in names
    )
    query = UPDATE.format(sql.Identifier(records._table), sets, _listed(("id", *names)))
    cr.execute_values(query, rows, page_size=len(rows))


def replace_links(records, name, pairs):
    """Put links of a many2many field in place of those that the records have.

    :param pairs: (id of the record, id of the other one)
    """
    if not records:
        return
    field = records._fields[name]
    table, column = sql.Identifier(field.relation), sql.Identifier(field.column1)
    records.invalidate_recordset([name])
    cr = records.env.cr
    cr.execute(UNLINK.format(table, column).as_string(cr._obj), [tuple(records.ids)])
    pairs = list(dict.fromkeys(pairs))
    if pairs:
        names = (field.column1, field.column2)
        _copy(cr, field.relation, names, list(zip(*pairs, strict=True)))
    for inverse in records.pool.field_inverses[field]:
        records.env[inverse.model_name].invalidate_model([inverse.name])


def _listed(names):
    return sql.SQL(", ").join(map(sql.Identifier, names))


def _copy(cr, table, names, columns):
    query = COPY.format(sql.Identifier(table), _listed(names)).as_string(cr._obj)
    rows = zip(*map(_texts, columns), strict=True)
    cr.copy_expert(query, io.StringIO("\n".join(map("\t".join, rows))))


def _texts(column):
    # Most columns hold few different values.
    known = {value: _text(value) for value in set(column)}
    return [known[value] for value in column]


def _text(value):
    if value is None:
        return NOTHING
    return value.translate(ESCAPED) if isinstance(value, str) else str(value)


def _columns(model, names, vals_list):
    """The values of each name, as the database takes them."""
    values = ([vals[name] for name in names] for vals in vals_list)
    columns = zip(names, zip(*values, strict=True), strict=True)
    return [_as_column(model, name, column) for name, column in columns]


def _as_column(model, name, values):
    """A False of the ORM is no value in the database, except of a truth value."""
    field = model._fields[name]
    if field.type == "boolean":
        return list(map(bool, values))
    digits = field.type == "float" and field.get_digits(model.env)
    if digits:
        return [float_round(value or 0.0, digits[1]) for value in values]
    if bool in set(map(type, values)):
        return [None if value is False else value for value in values]
    return values


def _forget_inverses(model, names):
    """Whoever has read the lists that such rows stand in reads them anew."""
    for name in names:
        for inverse in model.pool.field_inverses[model._fields[name]]:
            model.env[inverse.model_name].invalidate_model([inverse.name])
