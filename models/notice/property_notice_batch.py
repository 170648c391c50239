from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .property_notice_issue import ISSUERS

DIRECT_NOTICES = 100


class PropertyNoticeBatch(models.AbstractModel):
    """Whatever notices are made from by the hundred: a few at once, many in the
    background, with progress, errors shown and the author told when it is done."""

    _name = "property.notice.batch"
    _description = "Batch of Notices"

    # Where its print files are to be had.
    _print_path = None

    # Inverse in the concrete model; its name is also in ``_batch_fields``.
    notice_ids = fields.One2many("property.notice", copy=False)
    notice_user_id = fields.Many2one("res.users", readonly=True, copy=False)
    notice_unreported = fields.Boolean(
        readonly=True, copy=False, help="The author waits to hear that they are issued."
    )
    notice_count = fields.Integer(compute="_compute_notice_progress")
    notice_progress = fields.Float(
        compute="_compute_notice_progress", help="Per cent of the notices issued."
    )
    notice_waiting_count = fields.Integer(compute="_compute_notice_progress")
    notice_error_count = fields.Integer(compute="_compute_notice_progress")

    @api.depends("notice_ids.state", "notice_ids.issue_error")
    def _compute_notice_progress(self):
        for record in self:
            notices = record.notice_ids.filtered(lambda n: n.state != "cancelled")
            drafts = notices.filtered(lambda notice: notice.state == "draft")
            failed = drafts.filtered("issue_error")
            done = len(notices) - len(drafts)
            record.notice_count = done
            record.notice_error_count = len(failed)
            record.notice_waiting_count = len(drafts) - len(failed)
            record.notice_progress = 100.0 * done / len(notices) if notices else 0.0

    def action_issue_notices(self):
        """Issue one notice for each customer who is to get one (procedure, clauses
        4.1.2 to 4.1.4 and 4.2.2).

        A few at once, many in the background. Called again it makes those that are
        missing and tries again what failed; nothing is doubled.

        :raises UserError: without the signatures that it takes
        :raises AccessError: for other roles than customer service and Finance
        """
        self._check_may_notify()
        self._check_signed_for_notices()
        # Team members read such records; who asked for the notices is noted all the
        # same.
        self.sudo().write({"notice_user_id": self.env.uid})
        # Customer service writes no notice by hand.
        notices = self.env["property.notice"].sudo()
        drafts = notices.union(*(record._draft_notices() for record in self))
        drafts.write({"issue_error": False})
        limit = self.env["property.billing.run"]._parameter(
            "direct_notices", DIRECT_NOTICES
        )
        waiting = self.filtered(lambda record: record.sudo().notice_ids & drafts)
        waiting.sudo().notice_unreported = True
        if len(drafts) <= limit:
            for record in waiting:
                (record.sudo().notice_ids & drafts)._issue()
                record._finish_notices()
            return self.action_open_notices()
        self.env.ref("property_fee_collection.cron_issue_notices")._trigger()
        return self._say_in_the_background()

    def _say_in_the_background(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The notices are being made in the background. You will be told "
                    "when they are ready."
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_open_notices(self):
        """Open the notices made from this."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_notice"
        )
        action["domain"] = [(self._fields["notice_ids"].inverse_name, "in", self.ids)]
        action["context"] = {}
        return action

    def action_print_notices(self):
        """Download the delivery list and all notices as one file in building and room
        order."""
        return self._action_print("notices")

    def action_print_delivery_list(self):
        """Download the delivery list 送達簽收表 alone."""
        return self._action_print("deliveries")

    def _print_notices(self, what):
        """The PDF to download.

        :param what: ``notices`` or ``deliveries``
        """
        self.ensure_one()
        inverse = self._fields["notice_ids"].inverse_name
        # Only those that the user may see.
        notices = self.env["property.notice"].search([(inverse, "=", self.id)])
        if what == "deliveries":
            return notices._delivery_list(self.display_name)
        return notices._print_file()

    def _action_print(self, what):
        self.ensure_one()
        if not self.notice_count:
            raise UserError(self.env._("No notice of it is issued yet."))
        return {
            "type": "ir.actions.act_url",
            "url": f"{self._print_path}/{self.id}/{what}.pdf",
            "target": "new",
        }

    def _check_may_notify(self):
        self.check_access("read")
        if not self.env.su and not self.env.user._has_property_role(*ISSUERS):
            raise AccessError(
                self.env._("Only customer service and Finance issue notices.")
            )

    def _check_signed_for_notices(self):
        """:raises UserError: nothing goes out that is not signed"""
        raise NotImplementedError

    def _draft_notices(self):
        """All drafts that are to be issued, those that were missing included, in sudo
        and in room order."""
        self.ensure_one()
        notices = self.env["property.notice"].sudo()
        inverse = self._fields["notice_ids"].inverse_name
        return notices.search(
            [(inverse, "=", self.id), ("state", "=", "draft")], order="sort_key, id"
        )

    def _finish_notices(self):
        """Tell the author, once, when none of the notices is left to issue."""
        # Another worker that holds a record tells its author.
        records = self.sudo().try_lock_for_update()
        records.invalidate_recordset()
        for record in records.filtered("notice_unreported"):
            if record.notice_waiting_count:
                continue
            record.notice_unreported = False
            text = record._notices_report()
            record.message_notify(
                partner_ids=record.notice_user_id.partner_id.ids,
                subject=record.display_name,
                body=text,
            )
            record.message_post(body=text)

    def _notices_report(self):
        text = self.env._("%(count)s notices are issued.", count=self.notice_count)
        if self.notice_error_count:
            text += " " + self.env._(
                "%(count)s could not be issued; each shows its reason.",
                count=self.notice_error_count,
            )
        return text
