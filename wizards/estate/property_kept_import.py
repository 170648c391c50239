from odoo import api, fields, models
from odoo.exceptions import UserError


class PropertyKeptImport(models.AbstractModel):
    """A file that comes in after a preview, at once or by a scheduled action, and is
    kept as the record of who imported what."""

    _name = "property.kept.import"
    _description = "Import"
    _inherit = ["property.guarded", "property.community.bound", "mail.thread"]
    # The scheduled action imports as the user noted here.
    _guarded_fields = frozenset(("state", "user_id"))
    # What the preview was made of.
    _input_fields = frozenset()

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("previewed", "Previewed"),
            ("queued", "Queued"),
            ("failed", "Failed"),
            ("done", "Imported"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )

    def write(self, vals):
        is_other = bool(self._input_fields & vals.keys())
        if is_other and self._is_used():
            raise UserError(self._used_texts()["write"])
        result = super().write(vals)
        if is_other and "state" not in vals:
            self._put("draft")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_used(self):
        if self._is_used():
            raise UserError(self._used_texts()["unlink"])

    def _is_used(self):
        return any(record.state in ("queued", "done") for record in self)

    def _used_texts(self):
        """{what is asked: why it is refused to what is queued or imported}"""
        raise NotImplementedError

    def _put(self, state, **vals):
        self.check_access("write")
        # sudo: state and author have no other way than methods
        self.sudo().write({"state": state, **vals})

    def _check_state(self, *states):
        self.ensure_one()
        if self.state not in states:
            raise UserError(self._used_texts()["import"])

    def _put_in_queue(self, cron, rows):
        """Leave the rows to a scheduled action.

        :return: the notification that says so
        """
        self._put("queued", failure=False)
        self.env.ref(cron)._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "%(rows)s rows are imported in the background. You will be told "
                    "when it is done.",
                    rows=rows,
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _tell_author(self, body, subject):
        self.message_notify(
            body=body,
            subject=self.filename or subject,
            partner_ids=self.user_id.partner_id.ids,
            author_id=self.env.ref("base.partner_root").id,
        )
