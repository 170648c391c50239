import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ...models.moment import slots
from ..estate.ledger_cells import phone_key
from ..estate.ledger_headers import name_key
from .handover_match import Known, UnitBook, sort_out
from .handover_messages import message
from .handover_sheet import NoList, read_list


class PropertyHandoverImport(models.TransientModel):
    """The developer's list brought into a handover batch. The preview writes nothing;
    on confirmation the good rows come in, and again they change nothing."""

    _name = "property.handover.import"
    _description = "Handover List Import"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("batch_id",))

    batch_id = fields.Many2one(
        "property.handover.batch", required=True, ondelete="cascade"
    )
    community_id = fields.Many2one(related="batch_id.community_id")
    company_id = fields.Many2one(related="batch_id.company_id")
    file = fields.Binary("Developer's List", attachment=False)
    filename = fields.Char()
    is_previewed = fields.Boolean(readonly=True)
    row_count = fields.Integer("Rows", readonly=True)
    new_count = fields.Integer("New Units", readonly=True)
    known_count = fields.Integer("In the Batch Already", readonly=True)
    error_count = fields.Integer("Rows Left Out", readonly=True)
    line_ids = fields.One2many("property.handover.import.line", "import_id")

    def write(self, vals):
        if "file" in vals:
            vals = {"is_previewed": False, **vals}
        return super().write(vals)

    def action_preview(self):
        """Read the file, count, and list errors and warnings; write nothing else.

        :raises UserError: if the file is no such list
        """
        self.ensure_one()
        self._read()
        self.is_previewed = True
        return self._stay()

    def action_import(self):
        """Take the good rows into the batch; calling this is the confirmation.

        :raises UserError: if no row is good
        """
        self.ensure_one()
        self.batch_id._check_prepared()
        taken, errors = self._read()
        if not taken and errors:
            raise UserError(self.env._("No row of the file can be imported."))
        owners = self._owners(taken)
        units = self.env["property.unit"]
        self.batch_id._add(
            {
                units.browse(known.id): (owners[row.number], row.date or False)
                for row, known in taken
            }
        )
        return {"type": "ir.actions.act_window_close"}

    def _stay(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import the Developer's List"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _read(self):
        """:return: (list of (row, Known) to take, number of rows with errors)"""
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        content = base64.b64decode(self.with_context(bin_size=False).file)
        try:
            headers, rows = read_list(content)
        except NoList as error:
            raise UserError(message(self.env, error.args[0])) from None
        table = self.batch_id._timetable()
        taken, known = sort_out(
            rows,
            UnitBook(self._known_units()),
            lambda day: slots.is_open_on(table, day),
        )
        errors = sum(not row.is_valid for row in rows)
        self.line_ids.unlink()
        lines = self.env["property.handover.import.line"]
        self.write(
            {
                "row_count": len(rows),
                "new_count": len(taken),
                "known_count": known,
                "error_count": errors,
                "line_ids": [
                    fields.Command.create(lines._vals(row, headers, issue, message))
                    for row in rows
                    for issue in row.issues
                ],
            }
        )
        return taken, errors

    def _known_units(self):
        units = self.env["property.unit"].search(
            [("community_id", "=", self.community_id.id)]
        )
        in_batch = set(self.batch_id._units().ids)
        return [
            Known(
                id=unit.id,
                building=unit.building_id.name,
                room=unit.name,
                shown=unit.display_name,
                owner=unit.owner_id.name or None,
                phones=_numbers(unit.owner_id),
                in_batch=unit.id in in_batch,
            )
            for unit in units
        ]

    def _owners(self, taken):
        """{row number: partner}: the owner on file, somebody of that name and number
        on file, or somebody new."""
        units = self.env["property.unit"]
        owners = {
            row.number: units.browse(known.id).owner_id
            for row, known in taken
            if known.owner
        }
        wanted = {}
        for row, _known in taken:
            if row.number not in owners:
                wanted.setdefault((name_key(row.owner), row.phones[:1]), row)
        people = self._people(wanted)
        for row, _known in taken:
            if row.number not in owners:
                owners[row.number] = people[name_key(row.owner), row.phones[:1]]
        self._note_phones(taken, owners)
        return owners

    def _people(self, wanted):
        partners = self.env["res.partner"]
        names = list({row.owner for row in wanted.values()})
        found = {}
        for partner in partners.search(
            [
                ("name", "in", names),
                ("company_id", "in", (False, self.company_id.id)),
            ]
        ):
            for number in _numbers(partner):
                found.setdefault((name_key(partner.name), (number,)), partner)
        missing = [key for key in wanted if key not in found]
        created = partners.create(
            [
                {
                    "name": wanted[key].owner,
                    "phone": wanted[key].phones[0] if wanted[key].phones else False,
                    "property_other_phones": ", ".join(wanted[key].phones[1:]) or False,
                }
                for key in missing
            ]
        )
        return found | dict(zip(missing, created, strict=True))

    def _note_phones(self, taken, owners):
        """A number that is not on file is added; none is replaced."""
        for row, _known in taken:
            owner = owners[row.number]
            new = [number for number in row.phones if number not in _numbers(owner)]
            if new and not owner.phone:
                owner.phone = new.pop(0)
            if new:
                others = [owner.property_other_phones, *new]
                owner.property_other_phones = ", ".join(filter(None, others))


def _numbers(partner):
    numbers = (partner.phone or "", *(partner.property_other_phones or "").split(","))
    return tuple(filter(None, map(phone_key, numbers)))
