from odoo import fields, models
from odoo.exceptions import UserError

from .property_arrears_statement import PropertyArrearsStatement as Statement


class PropertyArrearsStatement(models.Model):
    """Notices of a signed statement, issued by the hundred (clause 4.2.2)."""

    _name = "property.arrears.statement"
    _inherit = ["property.arrears.statement", "property.notice.batch"]
    _guarded_fields = Statement._guarded_fields | {
        "notice_user_id",
        "notice_unreported",
    }
    _print_path = "/property/statement"

    notice_ids = fields.One2many("property.notice", "statement_id", copy=False)

    def _check_signed_for_notices(self):
        """:raises UserError: nothing goes out that is not signed"""
        for statement in self:
            if statement.state != "signed":
                raise UserError(
                    self.env._(
                        "%(statement)s is not signed: no notice goes out before.",
                        statement=statement.display_name,
                    )
                )

    def _print_notices(self, what):
        """The print file begins with the list of those who are to sign."""
        if what != "notices":
            return super()._print_notices(what)
        notices = self.env["property.notice"].search([("statement_id", "=", self.id)])
        return notices._print_file_with_list(self.display_name)
