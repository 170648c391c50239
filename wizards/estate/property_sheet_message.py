from odoo import fields, models
from odoo.tools import format_date


class PropertySheetMessage(models.AbstractModel):
    """Something about one cell of an imported sheet that the user must know."""

    _name = "property.sheet.message"
    _description = "Import Message"
    _inherit = ["property.community.bound"]
    _rec_name = "message"

    row = fields.Integer(required=True, aggregator=False, help="As in the sheet.")
    column = fields.Char(help="The header above the cell, as in the sheet.")
    severity = fields.Selection(
        [("error", "Error"), ("warning", "Warning")],
        required=True,
        help="A row with an error is left out; a warning leaves nothing out.",
    )
    message = fields.Char(required=True)

    def _vals(self, row, headers, issue, message):
        """Values of the message that says an issue.

        :param row: a SheetRow, and one of its issues
        :param headers: {field: header above its column}
        :param message: function that words a code in the language of an environment
        """
        severity, column, code, values = issue
        shown = {
            name: format_date(self.env, value) if name == "day" else value
            for name, value in values.items()
        }
        return {
            "row": row.number,
            "column": headers.get(column, ""),
            "severity": severity,
            "message": message(self.env, code, shown),
        }
