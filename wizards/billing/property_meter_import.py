import base64

from odoo import fields, models
from odoo.exceptions import UserError

from .meter_match import sort_out
from .meter_messages import message
from .meter_sheet import NotReadings, read_sheet

INPUTS = frozenset(("file", "community_id", "date"))


class PropertyMeterImport(models.Model):
    """Meter readings 抄表 brought in from a workbook.

    The preview writes nothing but counters and messages. On confirmation the good rows
    come in; the same file a second time changes nothing.
    """

    _name = "property.meter.import"
    _description = "Meter Reading Import"
    _inherit = ["property.community.bound", "mail.thread"]
    _order = "id desc"
    _rec_name = "filename"

    file = fields.Binary(attachment=True, copy=False)
    filename = fields.Char()
    community_id = fields.Many2one(
        "property.community",
        required=True,
        index=True,
        default=lambda self: self._default_community_id(),
    )
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, index=True
    )
    date = fields.Date(
        "Day of the Readings",
        required=True,
        default=fields.Date.context_today,
        help="For a sheet that has no column with the day.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("previewed", "Previewed"), ("done", "Imported")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users", "Imported by", readonly=True, copy=False, tracking=True
    )
    row_count = fields.Integer("Rows", readonly=True, copy=False)
    new_count = fields.Integer("New Readings", readonly=True, copy=False)
    corrected_count = fields.Integer("Estimates Replaced", readonly=True, copy=False)
    unchanged_count = fields.Integer("Known Already", readonly=True, copy=False)
    empty_count = fields.Integer("Not Read", readonly=True, copy=False)
    error_count = fields.Integer("Rows Left Out", readonly=True, copy=False)
    warning_count = fields.Integer("Warnings", readonly=True, copy=False)
    line_ids = fields.One2many(
        "property.meter.import.line", "import_id", readonly=True, copy=False
    )
    reading_ids = fields.One2many(
        "property.meter.reading", "import_id", readonly=True, copy=False
    )

    def _default_community_id(self):
        communities = self.env["property.community"].search([], limit=2)
        return communities if len(communities) == 1 else False

    def write(self, vals):
        if INPUTS & vals.keys():
            if "done" in self.mapped("state"):
                raise UserError(self.env._("What is imported cannot change."))
            vals = {"state": "draft", **vals}
        return super().write(vals)

    def action_preview(self):
        """Read the file, count, and list errors and warnings; write no reading.

        :raises UserError: if the file is no sheet of meter readings
        """
        for record in self:
            record._check_not_done()
            rows, *_sorted = record._read()
            record._tell(rows)
            record.state = "previewed"

    def action_import(self):
        """Write the readings of the good rows; calling this is the confirmation.

        :raises UserError: if the file is no sheet of readings or brings nothing
        """
        self.ensure_one()
        self._check_not_done()
        rows, new, corrected, _unchanged = self._read()
        self._tell(rows)
        if not new and not corrected and self.error_count:
            raise UserError(self.env._("No row of the file can be imported."))
        readings = self.env["property.meter.reading"]
        readings.create(
            [
                {
                    "meter_id": meter.id,
                    "date": row.date,
                    "value": row.value,
                    "is_estimate": bool(row.estimate),
                    "import_id": self.id,
                }
                for row, meter in new
            ]
        )
        for row, known in corrected:
            readings.browse(known.id).write(
                {"value": row.value, "is_estimate": False, "import_id": self.id}
            )
        self.write({"state": "done", "user_id": self.env.uid})

    def action_draft(self):
        """Back to the choice of file."""
        for record in self:
            record._check_not_done()
        self.line_ids.unlink()
        self.write({"state": "draft"})

    def action_open_readings(self):
        """Open the readings that this import wrote."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_meter_reading"
        )
        return {**action, "domain": [("import_id", "in", self.ids)], "context": {}}

    def _check_not_done(self):
        if "done" in self.mapped("state"):
            raise UserError(self.env._("This sheet is imported already."))
        if not all(self.mapped("file")):
            raise UserError(self.env._("Choose a file first."))

    def _read(self):
        """:return: (all rows, rows to create, rows to correct, number known already)"""
        self.ensure_one()
        content = base64.b64decode(self.with_context(bin_size=False).file)
        today = self.community_id._property_today()
        try:
            headers, rows, empty = read_sheet(content, self.date, today)
        except NotReadings as error:
            raise UserError(message(self.env, error.args[0])) from None
        days = [row.date for row in rows if row.date]
        meters = self.env["property.meter"]._meters_to_match(self.community_id)
        book = self.env["property.meter"]._meter_book(self.community_id, meters)
        known = self.env["property.meter"]._known_readings(
            meters, min(days, default=today)
        )
        new, corrected, unchanged = sort_out(rows, book, known)
        lines = self.env["property.meter.import.line"]
        lines.search([("import_id", "=", self.id)]).unlink()
        self.write(
            {
                "row_count": len(rows) + empty,
                "new_count": len(new),
                "corrected_count": len(corrected),
                "unchanged_count": unchanged,
                "empty_count": empty,
                "line_ids": [
                    fields.Command.create(lines._vals(row, headers, issue, message))
                    for row in rows
                    for issue in row.issues
                ],
            }
        )
        return rows, new, corrected, unchanged

    def _tell(self, rows):
        self.error_count = sum(not row.is_valid for row in rows)
        self.warning_count = sum(
            issue[0] == "warning"
            for row in rows
            if row.is_valid
            for issue in row.issues
        )
