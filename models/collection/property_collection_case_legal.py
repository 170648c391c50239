from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..estate.texts import said
from .legal_gate import DECISION, MONTHS, Facts, checklist, deadline
from .property_collection_case import BY_METHOD
from .property_legal_case_claim import BEFORE_FILING

MANAGER = "property_fee_collection.group_manager"
# From the company's approval to the end of enforcement; a proposal is not at law yet.
AT_LAW = ("approved", "letter", "filed", "judged", "enforced")
ARRIVED = ("delivered", "acknowledged", "refused")


class PropertyCollectionCase(models.Model):
    """The gate to law (procedure, clause 4.3.1): a checklist that follows from what is
    on record, and the manager's decision, which follows from nothing."""

    _inherit = "property.collection.case"
    _guarded_fields = BY_METHOD | {"limitation_date", "amount_expired"}

    legal_ids = fields.One2many("property.legal.case", "case_id", "Legal Cases")
    legal_count = fields.Integer(compute="_compute_legal_count")
    decision_ids = fields.One2many("property.legal.decision", "case_id", "Decisions")
    gate_checklist = fields.Html(
        "Legal Gate", compute="_compute_gate", sanitize=False, readonly=True
    )
    is_gate_met = fields.Boolean(
        "All Conditions Met", compute="_compute_gate", help="The decision included."
    )
    can_propose_legal = fields.Boolean(
        compute="_compute_gate", help="All is met and nothing is proposed yet."
    )

    @api.depends("legal_ids")
    def _compute_legal_count(self):
        for case in self:
            case.legal_count = len(case.legal_ids)

    @api.depends("state", "months_unpaid", "is_malicious", "hold_until", "legal_ids")
    @api.depends_context("lang")
    def _compute_gate(self):
        for case in self:
            items = case._gate()
            case.is_gate_met = all(item["met"] for item in items)
            active = any(legal.stage != "closed" for legal in case.legal_ids)
            case.can_propose_legal = case.is_gate_met and not active
            case.gate_checklist = self.env["ir.qweb"]._render(
                "property_fee_collection.legal_gate_checklist", {"items": items}
            )

    def _is_at_law(self):
        at_law = any(legal.stage in AT_LAW for legal in self.legal_ids)
        return super()._is_at_law() or at_law

    def _touch(self):
        result = super()._touch()
        # sudo: the claim follows what is owed, whoever has moved it.
        legals = self.env["property.legal.case"].sudo()
        following = legals.search(
            [("case_id", "in", self.ids), ("stage", "in", BEFORE_FILING)]
        )
        self.env.add_to_compute(legals._fields["amount_claimed"], following)
        return result

    def _demandable(self):
        """What may be demanded today: due and undisputed, less credits, with the late
        fee up to today; nothing where credits cover the bills.

        :return: {case: amount}, company currency
        """
        amounts = {}
        for community, cases in self.grouped("community_id").items():
            fees = cases._late_fee_by_customer(community._property_today())
            for case in cases:
                owed = case.amount_overdue
                fee = fees.get(case.partner_id.id, 0.0) if owed else 0.0
                amounts[case] = case.currency_id.round(owed + fee)
        return amounts

    def _gate(self):
        """The checklist: [{key, met, label, fact}]"""
        self.ensure_one()
        facts = self._gate_facts()
        labels, texts = self._gate_labels(), self._gate_texts(facts)
        return [
            {"key": key, "met": met, "label": labels[key], "fact": texts.get(key, "")}
            for key, met in checklist(facts)
        ]

    def _gate_facts(self):
        # sudo: whoever may see the case sees what stands on its list.
        case = self.sudo()
        day = case.community_id._property_today()
        final = case._final_notice_arrived()
        plans = case.plan_ids.filtered(lambda plan: plan.kind == "instalments")
        return Facts(
            day=day,
            profile=case.company_id.property_jurisdiction,
            months_unpaid=case.months_unpaid,
            periods=len(case._months_in_arrears(day)),
            final_delivered=final._arrived_on() if final else None,
            final_deadline=final.deadline or None,
            has_dispute=any(row.state == "open" for row in case.dispute_ids)
            or case.amount_disputed > 0,
            has_promise=bool(case._open_promise()),
            has_plan=any(plan.state in ("approved", "running") for plan in plans),
            has_hardship=case._has_open_hardship(),
            hold_until=case.hold_until or None,
            is_malicious=case.is_malicious,
        )

    def _final_notice_arrived(self):
        """The last final notice that provably arrived and of which something is still
        to be paid."""
        notices = self.notice_ids.filtered(
            lambda notice: (
                notice.kind == "final"
                and notice.state in ARRIVED
                and notice._arrived_on()
                and notice._open_moves()
            )
        )
        return notices.sorted(lambda notice: (notice.date_issued, notice.id))[-1:]

    def _months_in_arrears(self, day):
        """First days of the months of which something undisputed is due."""
        moves = self.env["account.move"].browse(
            item.move_id for item in self._open_items()[self] if item.is_asked(day)
        )
        return {
            (move.property_period or move.invoice_date_due or move.date).replace(day=1)
            for move in moves
        }

    def _gate_labels(self):
        return {
            "over_a_year": self.env._("Unpaid for more than twelve months"),
            "final_delivered": self.env._("Final notice delivered, with proof"),
            "deadline_passed": self.env._("Reasonable deadline given and passed"),
            "two_periods": self.env._("Two periods or more in arrears"),
            "no_dispute": self.env._("No open dispute"),
            "no_promise": self.env._("No open promise"),
            "no_plan": self.env._("No instalment plan in force"),
            "no_hold": self.env._("Not on hold"),
            "no_hardship": self.env._("No hardship proposal with the company"),
            DECISION: self.env._("The manager has found it malicious, with reasons"),
        }

    def _gate_texts(self, facts):
        """The fact behind each item, where there is one to tell."""
        plan, promise = self.sudo()._running_plan(), self.sudo()._open_promise()
        texts = {
            "over_a_year": self.env._(
                "%(months)s months unpaid, since %(day)s",
                months=facts.months_unpaid,
                day=self._gate_day(self.anchor_date),
            ),
            "two_periods": self.env._("%(count)s periods", count=facts.periods),
            "no_hold": self._gate_day(facts.hold_until),
            "no_plan": plan.display_name or "",
            "no_promise": self._gate_day(promise.date),
            DECISION: self.malicious_reason or "",
        }
        if facts.has_dispute:
            texts["no_dispute"] = self.currency_id.format(self.amount_disputed)
        if facts.final_delivered:
            texts["final_delivered"] = self._gate_day(facts.final_delivered)
            texts["deadline_passed"] = self._gate_day(deadline(facts))
        return texts

    def _gate_day(self, day):
        return format_date(self.env, day) if day else ""

    def _check_gate(self):
        """:raises UserError: names each condition that is not met"""
        # sudo: the cases look at the ledger first, whoever asks.
        self.sudo()._touch()
        for case in self:
            missing = [item["label"] for item in case._gate() if not item["met"]]
            if missing:
                raise UserError(
                    self.env._(
                        "%(case)s cannot go to law yet. Missing:\n%(missing)s",
                        case=case.display_name,
                        missing="\n".join(f"• {label}" for label in missing),
                    )
                )

    def _decide_malicious(self, is_malicious, reason):
        """The manager's decision (clause 4.3.1). A default found malicious is reported
        to the company; a decision that it is not takes proposals back.

        :raises AccessError: for others than managers
        :raises UserError: without reasons, or within the first year
        """
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only the service centre manager decides that.")
            )
        if not said(reason):
            raise UserError(self.env._("Give the reasons of the decision."))
        if is_malicious and any(case.months_unpaid < MONTHS for case in self):
            raise UserError(
                self.env._("Only a default of more than one year can be malicious.")
            )
        # sudo: written by no hand; this is the way to it.
        cases = self.sudo()
        cases.write({"is_malicious": is_malicious, "malicious_reason": reason})
        if is_malicious:
            cases._report_to_company()
            return
        proposals = cases.legal_ids.filtered(lambda legal: legal.stage == "proposed")
        proposals._end("withdrawn", self.env._("Not malicious: %s", reason))

    def action_decide_malicious(self):
        """A form for the manager's decision."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "property.legal.decision",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Is the Default Malicious?"),
            "context": {"default_case_id": self.id},
        }

    def action_propose_legal(self):
        """Propose to the company to go to law.

        :raises UserError: names each condition that is not met
        """
        self.ensure_one()
        legal = self.env["property.legal.case"].create({"case_id": self.id})
        return legal._open_form()

    def action_open_legal(self):
        """Open the legal cases of the customer."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_legal_case"
        )
        action["domain"] = [("case_id", "in", self.ids)]
        action["context"] = {"create": False}
        if len(self.legal_ids) == 1:
            action |= {"res_id": self.legal_ids.id, "views": [(False, "form")]}
        return action

    def action_evidence_pack(self):
        """Make the evidence packs of the cases: one at once, several in the
        background."""
        return self.env["property.evidence.pack"]._request(self)

    @api.model
    def _refresh_community(self, community):
        result = super()._refresh_community(community)
        # sudo: the scheduled action's work; a case that was paid is closed already.
        legals = self.env["property.legal.case"].sudo()
        legals.search(
            [("community_id", "=", community.id), ("stage", "!=", "closed")]
        )._follow_payment()
        return result
