from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import SQL

from .arrears_rows import ArrearsRows
from .property_arrears_line import CALENDAR, MONEY

SIGNER = "property_fee_collection.group_cs_head"
NAMED = 5
# What is signed of a line; what becomes of its notice is not part of it.
SIGNED = (
    "partner_id",
    "partner_name",
    "unit_names",
    *MONEY,
    *CALENDAR,
    "notice_anchor",
    "user_id",
    "reason",
    "step_id",
    "case_id",
    "last_notice_name",
    "last_notice_date",
    "promise_date",
    "promise_amount",
    "excluded",
    "exclude_reason",
)


class PropertyArrearsStatement(models.Model):
    """One signature, bound to the content (procedure, clause 4.2.2)."""

    _inherit = "property.arrears.statement"

    content_hash_short = fields.Char(
        "Content", compute="_compute_content_hash_short", help="SHA-256, its beginning."
    )

    @api.depends("content_hash")
    def _compute_content_hash_short(self):
        for statement in self:
            statement.content_hash_short = (statement.content_hash or "")[:12]

    def action_sign(self):
        """Sign for customer service (its head) and make the draft notices that are due
        (procedure, clause 4.2.2). From then on the statement never changes.

        :raises AccessError: for a user who is not a customer service head
        :raises UserError: before the month has ended, out of order, or when the ledger
            says something else than what was computed
        """
        if not self.env.user.has_group(SIGNER):
            raise AccessError(
                self.env._(
                    "Your role may not sign here: ask %(group)s.",
                    # sudo: what a group is called is no secret
                    group=self.env.ref(SIGNER).sudo().name,
                )
            )
        self.check_access("write")
        for statement in self.sorted("period"):
            # sudo: signature and lines are read-only for everybody: the one way in.
            statement.sudo()._sign(self.env.user)
        return True

    def _sign(self, user):
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Somebody else is working on %(name)s.", name=self.name)
            ) from error
        self.invalidate_recordset(["state"])
        self._check_signable()
        self._check_unchanged()
        # Exclusions may have come after the computing.
        content_hash = self._content_hash()
        self.write(
            {
                "state": "signed",
                "signed_by": user.id,
                "signed_on": fields.Datetime.now(),
                "content_hash": content_hash,
            }
        )
        self.activity_ids.filtered("automated").action_done()
        self._refresh_outlook(self.line_ids)
        self._create_notices(self.line_ids)

    def _check_signable(self):
        if self.state != "draft":
            raise UserError(self.env._("%(name)s is signed already.", name=self.name))
        if not self.computed_on:
            raise UserError(self.env._("Compute the statement first."))
        if self.as_of >= self.community_id._property_today():
            raise UserError(
                self.env._("The month of %(name)s has not ended yet.", name=self.name)
            )
        before = self._before()
        if before.state == "draft":
            raise UserError(
                self.env._("Sign %(name)s first: it comes before.", name=before.name)
            )

    def _check_unchanged(self):
        """:raises UserError: when opening or ledger are not what was computed; the
        customers are named"""
        if self._before() != self.previous_id:
            raise UserError(
                self.env._(
                    "Another statement comes before by now: the opening is not its "
                    "closing. Compute again."
                )
            )
        changed = self._changed_customers()
        if changed:
            names = changed[:NAMED].mapped("name")
            raise UserError(
                self.env._(
                    "The ledger has changed since the statement was computed: "
                    "%(names)s (%(count)s in all). Compute again.",
                    names=", ".join(name or "" for name in names),
                    count=len(changed),
                )
            )

    def _changed_customers(self):
        """Customers of whom the ledger now says something else than the lines."""
        rows = ArrearsRows(self).all()
        lines = self._signed_values()
        changed = rows.keys() ^ lines.keys()
        for partner in rows.keys() & lines.keys():
            if self._differs(lines[partner], rows[partner]):
                changed.add(partner)
        return self.env["res.partner"].browse(sorted(changed))

    def _signed_values(self):
        """{partner id: what the ledger said of him when it was computed}"""
        self.line_ids.flush_recordset()
        names = (*MONEY, *CALENDAR)
        columns = SQL(", ").join(map(SQL.identifier, names))
        found = self.env.execute_query(
            SQL(
                "SELECT partner_id, %s FROM property_arrears_line "
                "WHERE statement_id = %s",
                columns,
                self.id,
            )
        )
        return {partner: dict(zip(names, row, strict=True)) for partner, *row in found}

    def _differs(self, line, row):
        digits = self.currency_id.decimal_places
        return any(
            round((line[name] or 0.0) - row[name], digits) for name in MONEY
        ) or any((line[name] or None) != (row[name] or None) for name in CALENDAR)

    @api.private
    def _content_hash(self):
        """SHA-256 over all that is signed: community, month and every line."""
        self.ensure_one()
        self.env["property.arrears.line"].flush_model()
        columns = SQL(", ").join(
            SQL("coalesce(%s::text, '')", SQL.identifier("l", name)) for name in SIGNED
        )
        [(digest,)] = self.env.execute_query(
            SQL(
                """
                SELECT encode(sha256(convert_to(concat_ws(E'\\n', %s::int, %s::date,
                           string_agg(concat_ws('|', %s), E'\\n' ORDER BY l.partner_id)
                       ), 'UTF8')), 'hex')
                  FROM property_arrears_line l WHERE l.statement_id = %s
                """,
                self.community_id.id,
                self.period,
                columns,
                self.id,
            )
        )
        return digest
