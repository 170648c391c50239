from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import formatLang

ROW = Markup(
    "<tr><td>%s</td><td class='text-end'>%s</td><td class='text-end'>%s</td></tr>"
)
TABLE = Markup(
    "<table class='table table-sm w-auto'><thead><tr><th>%s</th><th>%s</th><th>%s</th>"
    "</tr></thead><tbody>%s</tbody></table>"
)


class PropertyArrearsStatement(models.Model):
    """What the screens of a statement show besides its figures."""

    _inherit = "property.arrears.statement"

    notice_due_count = fields.Integer("Notices Due", compute="_compute_counts")
    unconfirmed_count = fields.Integer(compute="_compute_counts")
    outlook_summary = fields.Html(
        compute="_compute_outlook_summary",
        help="How many customers get which notice, and why others get none.",
    )

    @api.depends("line_ids.outlook", "line_ids.skip_reason")
    def _compute_counts(self):
        due, unconfirmed = (
            dict(
                self.env["property.arrears.line"]._read_group(
                    [("statement_id", "in", self.ids), *domain],
                    ["statement_id"],
                    ["__count"],
                )
            )
            for domain in (
                [("outlook", "in", ("demand", "again", "final"))],
                [("skip_reason", "=", "final_unconfirmed")],
            )
        )
        for statement in self:
            statement.notice_due_count = due.get(statement, 0)
            statement.unconfirmed_count = unconfirmed.get(statement, 0)

    @api.depends("line_ids.outlook", "line_ids.skip_reason", "line_ids.amount_due")
    @api.depends_context("lang")
    def _compute_outlook_summary(self):
        found = self.env["property.arrears.line"]._read_group(
            [("statement_id", "in", self.ids)],
            ["statement_id", "outlook", "skip_reason"],
            ["__count", "amount_due:sum"],
        )
        for statement in self:
            rows = [rest for of, *rest in found if of == statement]
            statement.outlook_summary = statement._summary_table(rows)

    def _summary_table(self, rows):
        fields_ = self.env["property.arrears.line"]._fields
        outlooks = dict(fields_["outlook"]._description_selection(self.env))
        skips = dict(fields_["skip_reason"]._description_selection(self.env))
        body = Markup().join(
            ROW
            % (
                self.env._("No notice: %(why)s", why=skips[skip])
                if skip
                else outlooks.get(kind, ""),
                count,
                formatLang(self.env, amount, currency_obj=self.currency_id),
            )
            for kind, skip, count, amount in rows
        )
        heads = self.env._("Notice"), self.env._("Customers"), self.env._("Overdue")
        return TABLE % (*heads, body)

    def action_open_lines(self):
        """Review the lines on the full screen."""
        return self._open_lines([], {})

    def action_open_due(self):
        """Open the customers to whom signing sends a notice."""
        return self._open_lines([("outlook", "!=", "none")], {})

    def action_open_differences(self):
        """Open the customers whose closing is not what the ledger says."""
        return self._open_lines([], {"search_default_difference": 1})

    def action_open_unconfirmed(self):
        """Open the final notices that wait for a confirmation."""
        return self._open_lines([], {"search_default_unconfirmed": 1})

    def _open_lines(self, domain, context):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_arrears_line"
        )
        action["domain"] = [("statement_id", "in", self.ids), *domain]
        action["context"] = context
        action["display_name"] = ", ".join(self.mapped("name"))
        return action
