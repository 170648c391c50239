import io
import logging

from markupsafe import Markup
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL, date_utils

_logger = logging.getLogger(__name__)
# Receipts of the last days are in, then.
FIRST_DAY = 5


class PropertyKpiMail(models.Model):
    """The monthly workbook: queued for who wants it, made one by one, handed to the
    mail queue."""

    _inherit = "property.kpi.mail"

    @api.model
    def _cron_kpi_mail(self):
        """Queue, make and follow up. Each workbook is a transaction together with its
        mail: run twice, late, killed or by two workers, nobody gets it twice. A month
        in which it did not run at all is not made up for."""
        self._queue_month()
        self._follow_up()
        queued = self.search([("state", "=", "queued")], order="id")
        crons = self.env["ir.cron"]
        crons._commit_progress(remaining=len(queued))
        for row in queued:
            locked = row.try_lock_for_update()
            locked.invalidate_recordset(["state"])
            if locked.state == "queued":
                locked._make_or_fail()
            if not crons._commit_progress(1):
                break

    @api.model
    def _queue_month(self):
        """A row for each manager who wants last month's workbook."""
        users = self.env["res.users"].search([("property_kpi_monthly", "=", True)])
        for user in users.filtered(lambda user: user._is_kpi_reader()):
            here = self.with_context(tz=user.company_id._property_tz())
            today = fields.Date.context_today(here)
            if today.day >= FIRST_DAY:
                self._queue_for(
                    user, date_utils.subtract(today.replace(day=1), months=1)
                )

    @api.model
    def _queue_for(self, user, period):
        """Two workers may both try: the index lets one of them in, the other need not
        know."""
        try:
            with self.env.cr.savepoint():
                self._insert_for(user, period)
        except OperationalError:
            _logger.info("Another worker queued the workbook of user %s", user.id)

    @api.model
    def _insert_for(self, user, period):
        self.env.execute_query(
            SQL(
                """
                INSERT INTO property_kpi_mail (
                            user_id, company_id, period, state,
                            create_uid, create_date, write_uid, write_date)
                     VALUES (%(user)s, %(company)s, %(period)s, 'queued',
                             %(uid)s, now() AT TIME ZONE 'UTC',
                             %(uid)s, now() AT TIME ZONE 'UTC')
                ON CONFLICT (user_id, period) DO NOTHING
                  RETURNING id
                """,
                user=user.id,
                company=user.company_id.id,
                period=period,
                uid=self.env.uid,
            )
        )

    @api.model
    def _follow_up(self):
        """What became of those in the mail queue."""
        for row in self.search([("state", "=", "made")]):
            mail = row.mail_id
            if mail.state == "sent":
                row.state = "sent"
            elif mail.state in ("exception", "cancel"):
                row.write({"state": "failed", "error": mail.failure_reason or "–"})

    def _make_or_fail(self):
        try:
            with self.env.cr.savepoint():
                self._make()
        except UserError as problem:
            self.write({"state": "failed", "error": str(problem)})
        except Exception as problem:
            _logger.exception("KPI workbook for user %s", self.user_id.id)
            self.write(
                {"state": "failed", "error": f"{type(problem).__name__}: {problem}"}
            )

    def _make(self):
        """As the user, in his language: he gets what he may see, and no more.

        :raises UserError: for who has no address, or no role or community any more
        """
        user = self.user_id
        seen = self.with_user(user).with_context(
            lang=user.lang, tz=user.tz, allowed_company_ids=user.company_ids.ids
        )
        if not user.email:
            raise UserError(seen.env._("The user has no e-mail address."))
        if not user._is_kpi_reader():
            raise UserError(seen.env._("The user is no manager any more."))
        # pylint: disable-next=no-search-all
        communities = seen.env["property.community"].search([])
        if not communities:
            raise UserError(seen.env._("The user belongs to no community."))
        stream = io.BytesIO()
        seen.env["property.figure"]._write_kpis(stream, communities, self.period)
        mail = self.env["mail.mail"].create(
            seen._kpi_mail_vals(user, communities, self.period, stream.getvalue())
        )
        self.write(
            {"state": "made", "mail_id": mail.id, "made_on": fields.Datetime.now()}
        )

    def _kpi_mail_vals(self, user, communities, period, content):
        month = period.strftime("%Y-%m")
        title = self.env._("Key figures of %(month)s", month=month)
        text = self.env._(
            "Attached are the figures of %(month)s and of the eleven months before, "
            "for %(communities)s. You get them because your preferences say so.",
            month=month,
            communities=", ".join(communities.mapped("name")),
        )
        link = f"{self.get_base_url()}/odoo/property-figures"
        return {
            "subject": title,
            "body_html": Markup("<p>%s</p><p><a href='%s'>%s</a></p>")
            % (text, link, self.env._("Open the figures")),
            "email_from": user.company_id.partner_id.email_formatted
            or self.env.ref("base.user_root").sudo().email_formatted,
            "email_to": user.email_formatted,
            "auto_delete": False,
            "attachment_ids": [
                Command.create(
                    {
                        "name": f"{title}.xlsx",
                        "raw": content,
                        "res_model": self._name,
                        "res_id": self.id,
                    }
                )
            ],
        }
