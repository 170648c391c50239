from itertools import chain

from odoo import api, models
from odoo.exceptions import UserError

from ..estate.rows import insert_rows, replace_links, reserve_rows, update_rows

# Of a line that does not say otherwise.
LINE = {"type": "current", "sequence": 0, "factor": 1.0}


class PropertyNotice(models.Model):
    """Puts contents on drafts: heads, lines and invoices, each in one go."""

    _inherit = "property.notice"

    def _write_contents(self, contents, numbers=None):
        """Put heads, lines and invoices on drafts of one kind.

        :param contents: of the composer, see ``_contents``
        :param numbers: {notice id: values} when for good
        """
        self._check_draft()
        self.line_ids.unlink()
        heads = [self._head_vals(*contents[notice.id][:2]) for notice in self]
        if numbers:
            for notice, head in zip(self, heads, strict=True):
                notice.write({**head, **numbers[notice.id]})
        else:
            # A draft moves nothing: neither its case nor what was billed.
            update_rows(self, heads)
        self._put_lines(contents)
        self.invalidate_recordset()

    @api.model
    def _create_filled(self, vals_list):
        """Drafts with what they would say if they were issued today.

        :param vals_list: values of what they are about, complete, see ``insert_rows``
        :return: the drafts, in this order; those that would ask for nothing are empty
        """
        notices = reserve_rows(self, len(vals_list))
        # The composer reads what they are about; in the table they stand afterwards,
        # once and for all: to write them twice would take twice as long.
        for name, field in self._fields.items():
            if field.store and field.column_type and name != "id":
                known = [vals.get(name) or None for vals in vals_list]
                field._insert_cache(notices, known)
        contents = {}
        for kind, of_kind in notices.grouped("kind").items():
            contents |= self.env["property.notice.composer"]._contents(kind, of_kind)
        heads = [
            self._head_vals(*contents[notice.id][:2]) if notice.id in contents else {}
            for notice in notices
        ]
        blank = dict.fromkeys(name for head in heads for name in head)
        rows = zip(vals_list, heads, strict=True)
        insert_rows(self, [{**blank, **vals, **head} for vals, head in rows], notices)
        notices.filtered(lambda notice: notice.id in contents)._put_lines(contents)
        notices.invalidate_recordset(flush=False)
        return notices

    def _put_lines(self, contents):
        self._insert_lines(contents)
        moves = {notice.id: contents[notice.id][2] for notice in self}
        links = [(notice, move) for notice, own in moves.items() for move in own.ids]
        replace_links(self, "move_ids", links)

    def _head_vals(self, vals, lines):
        """With all that follows from it."""
        apart, currency = self._apart(), self.env["res.currency"]
        unit = self.env["property.unit"].browse(vals["unit_id"])
        amounts = [line["amount"] for line in lines if line["type"] not in apart]
        return {
            **vals,
            "building_id": unit.building_id.id,
            "amount_total": currency.browse(vals["currency_id"]).round(sum(amounts)),
        }

    def _insert_lines(self, contents):
        model = self.env["property.notice.line"]
        every = [line for notice in self for line in contents[notice.id][1]]
        names = dict.fromkeys(chain.from_iterable(every))
        blank = {**dict.fromkeys(names), **LINE}
        money = [name for name in names if model._fields[name].type == "monetary"]
        vals_list = []
        for notice in self:
            vals, lines, _moves = contents[notice.id]
            currency = self.env["res.currency"].browse(vals["currency_id"])
            digits = currency.decimal_places
            common = {
                **blank,
                "notice_id": notice.id,
                "community_id": notice.community_id.id,
                "company_id": notice.company_id.id,
            }
            for line in lines:
                row = {**common, **line}
                for name in money:
                    amount = row[name]
                    # Nearly all of them are round already.
                    if amount and round(amount, digits) != amount:
                        row[name] = currency.round(amount)
                vals_list.append(row)
        insert_rows(model, vals_list)

    def _check_draft(self):
        """:raises UserError: what was issued never changes, nor do its lines"""
        for notice in self:
            if notice.state != "draft":
                raise UserError(
                    self.env._(
                        "%(notice)s is issued: its lines stay as they are.",
                        notice=notice.display_name,
                    )
                )
