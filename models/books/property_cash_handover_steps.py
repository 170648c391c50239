from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..estate.texts import said

SEQUENCE = "property.cash.handover"
# What stands fast once it is handed over, and once it is confirmed.
DECLARED = frozenset(
    ("amount_declared", "payment_ids", "user_id", "community_id", "currency_id")
)
COUNTED = frozenset(
    (
        "amount_declared",
        "amount_received",
        "difference_reason",
        "payment_ids",
        "journal_id",
        "user_id",
        "community_id",
    )
)


class PropertyCashHandover(models.Model):
    """From the collector to Finance: collect, hand over, count, confirm."""

    _inherit = "property.cash.handover"

    @api.model
    def action_prepare(self):
        """Open the collector's handovers with all the cash that he holds, one for each
        community and currency.

        :raises UserError: when he holds none
        """
        self.browse().check_access("create")
        made = self._drafts_of(self.env.user)
        if not made:
            raise UserError(self.env._("You hold no cash that is not handed over."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_cash_handover"
        )
        if len(made) == 1:
            return {**action, "views": [(False, "form")], "res_id": made.id}
        return {**action, "domain": [("id", "in", made.ids)]}

    @api.model
    def _drafts_of(self, user, domain=()):
        """The collector's drafts, brought up to date.

        :param domain: of receipts, to look at some of them only
        """
        made = self.browse()
        receipts = self._held(user, domain)
        for (community, currency), own in receipts.grouped(
            lambda row: (row.community_id, row.currency_id)
        ).items():
            made += self._draft_for(user, community, currency, own)
        return made

    @api.model
    def _held(self, users, domain=()):
        """Cash receipts of these users that are not handed over."""
        return self.env["property.receipt"].search(
            [("user_id", "in", users.ids), *self._held_domain(), *domain]
        )

    @api.model
    def _held_domain(self):
        """Valid receipts for cash that are in no handover that was handed over."""
        return [
            ("is_cash", "=", True),
            ("state", "=", "issued"),
            "|",
            ("handover_id", "=", False),
            ("handover_id.state", "=", "draft"),
        ]

    @api.model
    def _draft_for(self, user, community, currency, receipts):
        # sudo: payments are for accountants; these are the collector's own takings.
        drafts = self.sudo()
        values = {
            "user_id": user.id,
            "community_id": community.id,
            "currency_id": currency.id,
        }
        handover = drafts.search(
            [
                ("state", "=", "draft"),
                *((name, "=", id_) for name, id_ in values.items()),
            ],
            limit=1,
        ) or drafts.create(values)
        new = receipts.sudo().filtered(lambda row: row.handover_id != handover)
        if new:
            new.write({"handover_id": handover.id})
            new.payment_ids.write({"property_handover_id": handover.id})
            handover._declare_taken()
        return handover.with_env(self.env)

    def action_hand_over(self):
        """Declare the cash as handed over; from now on it is Finance's turn.

        :raises UserError: for what is not a draft, or holds nothing
        """
        self.check_access("write")
        # sudo: locked for writing what no client writes.
        self.sudo().lock_for_update()
        self.invalidate_recordset(["state"])
        for handover in self:
            handover._check_own()
            if handover.state != "draft":
                raise UserError(
                    self.env._(
                        "%(name)s was handed over already.", name=handover.display_name
                    )
                )
            if not handover.sudo().payment_ids:
                raise UserError(self.env._("There is no cash in this handover."))
            # sudo: the state is no client's to write; checked above.
            handover.sudo().write(
                {
                    "state": "handed",
                    "handed_on": fields.Datetime.now(),
                    # Given back and handed over again, it keeps its number.
                    "name": handover.name or handover._next_number(),
                    "amount_received": handover.amount_declared,
                    "approved_by": False,
                    "is_reported": False,
                }
            )
            handover.sudo().activity_unlink(["mail.mail_activity_data_todo"])
            handover._ask_finance()
        return True

    def _check_own(self):
        """:raises AccessError: for the cash of another collector"""
        if self.user_id != self.env.user and not self._is_finance():
            raise AccessError(self.env._("Everybody hands over his own cash."))

    def action_approve_difference(self):
        """The manager accepts that more or less cash came than was taken.

        :raises AccessError: for other roles
        :raises UserError: without a reason
        """
        self.check_access("read")
        if not self.env.user._has_property_role("group_manager"):
            raise AccessError(self.env._("The manager approves differences."))
        for handover in self:
            if handover.state != "handed":
                raise UserError(self.env._("Only what was handed over is approved."))
            if handover.user_id == self.env.user:
                raise UserError(self.env._("Nobody approves his own difference."))
            if not said(handover.difference_reason):
                raise UserError(self.env._("Explain the difference first."))
        self.sudo().approved_by = self.env.user
        return True

    def action_confirm(self):
        """Finance has counted: the money moves from the collector's cash to Finance's
        by a posted entry.

        :raises AccessError: for other roles than Finance, and for the collector
        :raises UserError: without a journal; for a difference without reason and the
            manager's approval
        """
        self._check_finance()
        # sudo: as in action_hand_over
        self.sudo().lock_for_update()
        self.invalidate_recordset(["state", "amount_received", "approved_by"])
        for handover in self:
            handover._check_confirmable()
            # sudo: the state is no client's to write; checked above.
            handover.sudo()._confirm(self.env.user)
        return True

    @api.depends_context("uid")
    def _compute_may_count(self):
        self.may_count = self._is_finance()

    @api.model
    def _is_finance(self):
        """Whether the user counts cash."""
        return self.env.user._has_property_role("group_finance", "group_company")

    def _check_finance(self):
        self.check_access("write")
        if not self._is_finance():
            raise AccessError(self.env._("Finance confirms what was handed over."))

    def _check_confirmable(self):
        if self.state != "handed":
            raise UserError(self.env._("Only what was handed over is confirmed."))
        # sudo: whoever wrote one of the receipts took cash, seen or not.
        if self.env.user in self.user_id | self.sudo().receipt_ids.user_id:
            raise UserError(self.env._("Nobody confirms his own handover."))
        if self.currency_id.is_zero(self.amount_difference):
            return
        if not said(self.difference_reason):
            raise UserError(
                self.env._("The count differs from what was taken: explain why.")
            )
        if not self.approved_by:
            raise UserError(
                self.env._("A difference needs the manager's approval first.")
            )
        if self.approved_by == self.env.user:
            raise UserError(
                self.env._("Who approved the difference does not confirm it.")
            )

    def write(self, vals):
        self._check_who_counts(vals)
        if {"amount_received", "difference_reason"} & set(vals) and not self.env.su:
            # What was approved is not what stands there now.
            self.filtered("approved_by").sudo().approved_by = False
        done = self.filtered(lambda handover: handover.state == "confirmed")
        if done and COUNTED & vals.keys():
            raise UserError(self.env._("What is confirmed does not change."))
        handed = self.filtered(lambda handover: handover.state == "handed")
        if handed and DECLARED & vals.keys():
            raise UserError(
                self.env._("It was handed over. Finance can give it back first.")
            )
        return super().write(vals)

    def _check_who_counts(self, vals):
        """:raises AccessError: for a count that is not by Finance; a manager may
        explain a difference"""
        if self.env.su or not self.ids:
            return
        is_count = {"amount_received", "journal_id", "return_reason"} & set(vals)
        if is_count and not self._is_finance():
            raise AccessError(self.env._("Finance counts what was handed over."))

    def _ask_finance(self):
        finance = self.community_id.finance_user_id
        if finance:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Count and confirm"),
                user_id=finance.id,
            )

    def _next_number(self):
        sequences = self.env["ir.sequence"].sudo().with_company(self.company_id)
        return sequences.next_by_code(SEQUENCE)
