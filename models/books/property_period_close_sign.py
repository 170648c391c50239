import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..billing.property_billing_run_sign import SIGNERS
from ..estate.texts import said
from .close_rows import CloseRows
from .property_period_close import FIGURES, ROWS

OTHER = {"cs": "finance", "finance": "cs"}


class PropertyPeriodClose(models.Model):
    """Two signatures of two users, bound to the content (procedure, clause 4.1.7)."""

    _inherit = "property.period.close"

    content_hash = fields.Char(
        readonly=True, copy=False, help="SHA-256 of what is signed."
    )
    content_hash_short = fields.Char("Content", compute="_compute_content_hash_short")
    cs_signed_by = fields.Many2one(
        "res.users", "Signed for Customer Service", readonly=True, copy=False
    )
    cs_signed_on = fields.Datetime(readonly=True, copy=False)
    finance_signed_by = fields.Many2one(
        "res.users", "Signed for Finance", readonly=True, copy=False
    )
    finance_signed_on = fields.Datetime(readonly=True, copy=False)

    _signers_differ = models.Constraint(
        "CHECK(cs_signed_by != finance_signed_by)",
        "Nobody signs for both customer service and Finance.",
    )

    @api.depends("content_hash")
    def _compute_content_hash_short(self):
        for close in self:
            close.content_hash_short = (close.content_hash or "")[:12]

    def action_sign_cs(self):
        """Sign for customer service (its head). With both signatures the close is
        frozen: rows, PDF and figures never change again.

        :raises AccessError: for a user who is not a customer service head
        :raises UserError: before the month has ended, for a second role, after the
            books have changed, or for a difference without an explanation
        """
        self._sign("cs")

    def action_sign_finance(self):
        """Sign for Finance; raises as ``action_sign_cs``."""
        self._sign("finance")

    def action_withdraw(self):
        """Take one's own signature back, as long as the other one is missing.

        :raises UserError: for a close that both have signed; it stays as it is, and
            what has to be corrected is an adjustment of the next one
        """
        self.check_access("write")
        for close in self:
            close.sudo()._lock()
            if close.state == "signed":
                raise UserError(
                    self.env._(
                        "Both have signed. Correct the books: it is an adjustment of "
                        "the next close."
                    )
                )
            mine = [
                role for role in SIGNERS if close[f"{role}_signed_by"] == self.env.user
            ]
            if not mine:
                raise UserError(
                    self.env._("You have not signed %(name)s.", name=close.name)
                )
            close.sudo()._void(self.env._("Signature withdrawn."), mine)

    def _sign(self, role):
        if not self.env.user.has_group(SIGNERS[role]):
            raise AccessError(
                self.env._(
                    "Your role may not sign here: ask %(group)s.",
                    # sudo: what a group is called is no secret
                    group=self.env.ref(SIGNERS[role]).sudo().name,
                )
            )
        self.check_access("write")
        for close in self.sorted("period"):
            # sudo: signatures are read-only for everybody: the one way in.
            close.sudo()._sign_as(role, self.env.user)

    def _sign_as(self, role, user):
        self._lock()
        self._check_signable(role, user)
        self._check_unchanged()
        self.write(
            {
                f"{role}_signed_by": user.id,
                f"{role}_signed_on": fields.Datetime.now(),
            }
        )
        self.activity_ids.filtered("automated").action_done()
        if self[f"{OTHER[role]}_signed_by"]:
            # The figures of the month stay what they are with the signatures.
            self.env["property.figure"]._refresh(self.community_id, [self.period])
            self.state = "signed"
            self._freeze()
        else:
            self._ask_other(OTHER[role])

    def _check_signable(self, role, user):
        if self.state == "signed" or self[f"{role}_signed_by"]:
            raise UserError(self.env._("This signature is already there."))
        if not self.computed_on:
            raise UserError(self.env._("Compute the close first."))
        if self[f"{OTHER[role]}_signed_by"] == user:
            raise UserError(
                self.env._("Nobody signs for both customer service and Finance.")
            )
        if self.date_to >= self.community_id._property_today():
            raise UserError(
                self.env._("The month of %(name)s has not ended yet.", name=self.name)
            )
        if self.difference_count and not said(self.explanation):
            raise UserError(
                self.env._(
                    "%(count)s accounts differ from the general ledger. Explain it "
                    "before you sign.",
                    count=self.difference_count,
                )
            )

    def _check_unchanged(self):
        """:raises UserError: when the rows, or the books, are not what was computed"""
        stored = self._content_hash(self._stored())
        if self.content_hash != stored:
            raise UserError(
                self.env._("The figures are not what was computed. Compute again.")
            )
        self._check_computable()
        if self.content_hash != self._content_hash(self._now()):
            raise UserError(
                self.env._(
                    "The books have changed since the close was computed. Compute it "
                    "again and look at it once more."
                )
            )

    def _content_changed(self):
        """Renew the hash; where it changes, signatures are void."""
        for close in self:
            content_hash = close._content_hash(close._stored())
            if content_hash == close.content_hash:
                continue
            close.content_hash = content_hash
            if close.cs_signed_by or close.finance_signed_by:
                close._void(
                    self.env._("The content changed: the signature is void."),
                    list(SIGNERS),
                )

    def _void(self, reason, roles):
        self.write(
            {f"{role}_signed_{what}": False for role in roles for what in ("by", "on")}
        )
        self.activity_ids.filtered("automated").unlink()
        self.message_post(body=reason)

    def _ask_other(self, role):
        community = self.community_id
        user = community.cs_head_id if role == "cs" else community.finance_user_id
        if user:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Review and sign the period close"),
                date_deadline=community._property_today(),
                user_id=user.id,
            )

    def _now(self):
        """The content as the books have it now."""
        content = CloseRows(self).all()
        content["close"]["previous_id"] = self._before().id
        return content

    def _stored(self):
        """The content as it was stored, in the shape of ``CloseRows.all``."""
        self.flush_recordset()
        [row] = self._columns("property_period_close", FIGURES, "id")
        content = {"close": row}
        for name in ROWS:
            model = self.env[f"property.period.close.{name}"]
            model.flush_model()
            content[name] = self._columns(model._table, model._signed_names, "close_id")
        return content

    def _columns(self, table, names, key):
        columns = SQL(", ").join(map(SQL.identifier, names))
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE %s = %s",
                columns,
                SQL.identifier(table),
                SQL.identifier(key),
                self.id,
            )
        )
        return [dict(zip(names, row, strict=True)) for row in rows]

    @api.private
    def _content_hash(self, content):
        """SHA-256 over all that is signed: community, month, figures, every row and
        the explanation."""
        self.ensure_one()
        texts = [f"{self.community_id.id}|{self.period}|{self.explanation or ''}"]
        texts.append(self._text(content["close"], FIGURES))
        for name in ROWS:
            signed = self.env[f"property.period.close.{name}"]._signed_names
            texts += sorted(self._text(row, signed) for row in content[name])
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()

    def _text(self, row, names):
        return "|".join(self._word(row.get(name)) for name in names)

    def _word(self, value):
        if value is None or value is False:
            return ""
        if isinstance(value, int | str) or hasattr(value, "isoformat"):
            return str(value)
        return f"{round(float(value), 6) + 0.0:.6f}"
