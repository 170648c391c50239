from odoo import fields, models
from odoo.exceptions import AccessError


class PropertyKpiMail(models.Model):
    """That a manager gets the KPI workbook of a month by e-mail: one row, one mail."""

    _name = "property.kpi.mail"
    _description = "KPI Workbook by E-mail"
    _inherit = ["property.guarded"]
    _guarded_fields = frozenset(
        ("user_id", "period", "state", "error", "mail_id", "made_on")
    )
    _order = "period desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", "To", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="user_id.company_id", store=True)
    period = fields.Date(
        "Month", required=True, readonly=True, help="First day of the month."
    )
    state = fields.Selection(
        [
            ("queued", "To be made"),
            ("made", "In the mail queue"),
            ("sent", "Sent"),
            ("failed", "Failed"),
        ],
        default="queued",
        required=True,
        readonly=True,
        index=True,
    )
    error = fields.Char("Why It Failed", readonly=True)
    made_on = fields.Datetime(readonly=True)
    mail_id = fields.Many2one(
        "mail.mail", "E-mail", readonly=True, groups="base.group_system"
    )

    _once = models.UniqueIndex(
        "(user_id, period)", "This workbook goes to this user already."
    )

    def action_retry(self):
        """Make and send again what failed; one's own, or as the company.

        :raises AccessError: for another's
        """
        self.check_access("read")
        others = self.user_id - self.env.user
        if others and not self.env.user._has_property_role("group_company"):
            raise AccessError(self.env._("Everybody asks for his own workbook."))
        # sudo: the state is no client's to write; checked above.
        failed = self.sudo().filtered(lambda row: row.state == "failed")
        failed.write({"state": "queued", "error": False, "mail_id": False})
        self.env.ref("property_fee_collection.cron_kpi_mail").sudo()._trigger()
        return True
