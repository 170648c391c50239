from typing import NamedTuple

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..estate.texts import said
from .property_legal_case_claim import BEFORE_FILING

COMPANY = "property_fee_collection.group_company"
LETTER = "lawyer"


class Stage(NamedTuple):
    """From which stages a stage is reached, and what must be known then."""

    before: tuple
    needs: tuple = ()


STAGES = {
    "approved": Stage(("proposed",)),
    "letter": Stage(("approved",), ("lawyer_id",)),
    # A letter is usual, not required by law: the final notice gave the deadline.
    "filed": Stage(
        ("approved", "letter"), ("court", "docket", "filed_on", "amount_claimed")
    ),
    # Nothing may have been awarded: the amount is not required to be above zero.
    "judged": Stage(("filed",), ("judged_on", "judgment")),
    "enforced": Stage(("judged",)),
    "closed": Stage(
        ("proposed", "approved", "letter", "filed", "judged", "enforced"), ("outcome",)
    ),
}


class PropertyLegalCase(models.Model):
    """The ways from stage to stage."""

    _inherit = "property.legal.case"

    def action_approve(self):
        """The company agrees to go to law (clause 4.3.1).

        :raises AccessError: for others than the company, and for who proposed it
        :raises UserError: when a condition is not met any more
        """
        self._check_company()
        self._ask_gate("approved")
        self._advance("approved", approved_by=self.env.uid, approved_on=self._today())
        self.activity_feedback(["mail.mail_activity_data_todo"])
        self._remind(self.env._("The company has approved: instruct the lawyer"))
        return True

    def action_reject(self):
        """The company does not agree; the reason stands in ``outcome_note``.

        :raises AccessError: as for approving
        """
        self._check_company()
        self._check_in("proposed")
        if not all(said(legal.outcome_note) for legal in self):
            raise UserError(self.env._("Give the reasons of the decision."))
        self._end("withdrawn")
        return True

    def action_letter(self):
        """Issue the lawyer's letter 律師函 as a frozen notice (clause 5.5). It states
        what is demanded on the day of issue.

        :raises UserError: without a lawyer, or names each condition that is not met any
            more
        """
        self.ensure_one()
        self._ask_gate("letter")
        self._check_may_advance("letter")
        # sudo: what a notice says and belongs to is written by methods only.
        notice = self.env["property.notice"].sudo().create(self._letter_vals())
        notice.action_issue()
        if notice.state == "cancelled":
            raise UserError(notice.cancel_reason or "")
        self._advance("letter", letter_id=notice.id)
        self.activity_feedback(["mail.mail_activity_data_todo"])
        return True

    def action_file(self):
        """The suit is filed: court, docket, day and claim are known.

        :raises UserError: names each condition that is not met any more and whatever is
            missing; where more is claimed than may be demanded today
        """
        self._ask_gate("filed")
        self._check_claim()
        self._advance("filed")
        self.activity_feedback(["mail.mail_activity_data_todo"])
        # See write().
        self.env["property.limitation"]._refresh_cases(self.case_id)
        return True

    def action_judge(self):
        """There is a judgment: its day and what it says are known.

        :raises UserError: names what is missing
        """
        self._advance("judged")
        return True

    def action_enforce(self):
        """The judgment is being enforced."""
        self._advance("enforced", enforced_on=self._today())
        return True

    def action_close(self):
        """It is over; ``outcome`` says how.

        :raises UserError: without the outcome
        """
        self._advance("closed", closed_on=self._today())
        self._after_closing()
        return True

    def action_withdraw(self):
        """Take it back; the reason stands in ``outcome_note``.

        :raises UserError: without a reason
        """
        self._check_may_advance("closed", needs=())
        if not all(said(legal.outcome_note) for legal in self):
            raise UserError(self.env._("Say how it ended."))
        self._end("withdrawn")
        return True

    def _ask_gate(self, stage):
        """What was true at an earlier stage may not be any more: he has paid, disputed,
        promised.

        :raises UserError: from another stage; names each condition that is not met
        """
        self.check_access("write")
        self.lock_for_update()
        self._check_in(*STAGES[stage].before)
        self.case_id._check_gate()
        self._take_charges()

    def _advance(self, stage, **values):
        self._check_may_advance(stage)
        # sudo: the stage may be written by no hand; this is one of the ways to it.
        self.sudo().write({"stage": stage, **values})

    def _check_may_advance(self, stage, needs=None):
        """:raises UserError: from another stage, or without what must be known"""
        self.check_access("write")
        self.lock_for_update()
        rule = STAGES[stage]
        self._check_in(*rule.before)
        for legal in self:
            missing = [
                legal._fields[name]._description_string(self.env)
                for name in (rule.needs if needs is None else needs)
                if not legal[name]
            ]
            if missing:
                raise UserError(
                    self.env._(
                        "Still to be filled in: %(names)s.", names=", ".join(missing)
                    )
                )

    def _check_in(self, *stages):
        for legal in self:
            if legal.stage not in stages:
                raise UserError(
                    self.env._(
                        "%(name)s has moved on; open it anew.", name=legal.display_name
                    )
                )

    def _check_company(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(COMPANY):
            raise AccessError(self.env._("The company decides to go to law."))
        if self.env.user in self.proposed_by:
            raise AccessError(
                self.env._("Whoever proposed it cannot decide on it as well.")
            )

    def _end(self, outcome, note=None):
        """Close at once, whatever is missing."""
        for legal in self:
            values = {
                "stage": "closed",
                "outcome": outcome,
                "closed_on": legal._today(),
            }
            # sudo: see _advance.
            legal.sudo().write({**values, **({"outcome_note": note} if note else {})})
        self._after_closing()

    def _after_closing(self):
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        self.env["property.limitation"]._refresh_cases(self.case_id)

    def _today(self):
        return self.community_id[:1]._property_today()

    def _take_charges(self):
        """Charges that are due and undisputed now; after filing they stand."""
        # sudo: what it is about follows from the ledger.
        ledger = self.env["property.collection.ledger"].sudo()
        before = self.filtered(lambda legal: legal.stage in BEFORE_FILING)
        for community, legals in before.grouped("community_id").items():
            day = community._property_today()
            charges = {}
            for item in ledger._open_items(community, legals.partner_id):
                if item.is_asked(day):
                    charges.setdefault(item.partner_id, []).append(item.move_id)
            for legal in legals.sudo():
                legal.move_ids = charges.get(legal.partner_id.id, [])

    def _letter_vals(self):
        case = self.case_id
        step = case._policies()[case].step_ids.filtered(
            lambda step: step.notice_kind == LETTER
        )[:1]
        # One notice for each step and anchor; a second letter is of no step.
        taken = case.notice_ids.filtered(
            lambda notice: (
                notice.step_id == step
                and notice.anchor_date == case.anchor_date
                and notice.state != "cancelled"
            )
        )
        step = step if not taken else step.browse()
        return {
            "kind": LETTER,
            "partner_id": self.partner_id.id,
            "community_id": self.community_id.id,
            "currency_id": self.currency_id.id,
            "case_id": case.id,
            "legal_case_id": self.id,
            "step_id": step.id,
            "step_months": step.months,
            "anchor_date": case.anchor_date,
            "unit_id": case.unit_id.id,
            "sort_key": case.sort_key,
        }

    def _ask_company(self):
        """The proposal reaches somebody who may decide on it, with the facts."""
        for legal in self:
            deciders = legal.community_id._company_users() - self.env.user
            legal._remind(
                self.env._("Decide on going to law"),
                deciders[:1],
                legal.case_id._report_note(),
            )

    def _remind(self, summary, user=None, note=""):
        for legal in self:
            person = user or legal.user_id
            if person:
                legal.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=legal._today(),
                    summary=summary,
                    note=note,
                    user_id=person.id,
                )

    def _follow_payment(self):
        """All is paid: a proposal ends; of whatever has gone further a person decides
        and is asked, once."""
        for legal in self.filtered(lambda legal: legal.stage != "closed"):
            case = legal.case_id
            if case.anchor_date or case.amount_disputed or case.amount_paused:
                continue
            if legal.stage == "proposed":
                legal._end("paid", self.env._("Paid before the company decided."))
            elif not legal.paid_reported_on:
                legal.sudo().paid_reported_on = legal._today()
                legal._remind(self.env._("All is paid: withdraw or close the case"))
