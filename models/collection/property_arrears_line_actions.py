from odoo import models
from odoo.exceptions import AccessError, UserError

from .property_arrears_statement_sign import SIGNER


class PropertyArrearsLine(models.Model):
    """What a person decides about one customer of the statement."""

    _inherit = "property.arrears.line"

    def action_confirm_final(self):
        """Let the final notice go out although no earlier notice was delivered; on a
        signed statement its draft is made at once (procedure, section 2).

        :raises AccessError: for a user who is not a customer service head
        :raises UserError: for a line whose stage is not the final notice
        """
        if not self.env.user.has_group(SIGNER):
            raise AccessError(
                self.env._("Only the customer service head confirms a final notice.")
            )
        self.check_access("write")
        if any(line.step_id.notice_kind != "final" for line in self):
            raise UserError(self.env._("No final notice is due here."))
        for statement, lines in self.grouped("statement_id").items():
            # sudo: written by this method only.
            lines, statement = lines.sudo(), statement.sudo()
            lines.write({"final_confirmed": True})
            if statement.state == "signed":
                statement._create_due(lines)
            else:
                statement._refresh_outlook(lines)
        return True

    def action_open_case(self):
        """Open the customer's collection case."""
        self.ensure_one()
        if not self.case_id:
            raise UserError(self.env._("The customer has no collection case."))
        return self.case_id._get_records_action()

    def action_open_notice(self):
        """Open the notice made from this line."""
        self.ensure_one()
        return self.notice_id._get_records_action()

    def action_exclude(self):
        """Ask for the reason and exclude these customers."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Exclude from Notices"),
            "res_model": "property.arrears.exclude",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_ids": self.ids},
        }

    def action_include(self):
        """Take the exclusion back."""
        self.write({"excluded": False, "exclude_reason": False})
        return True

    def _exclusion_changed(self):
        """What happens to a customer follows from whether he is excluded."""
        for statement, lines in self.grouped("statement_id").items():
            # sudo: whoever may exclude changes what follows from it.
            statement.sudo()._refresh_outlook(lines.sudo())
