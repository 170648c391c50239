from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .legal_common import LATE, LegalCommon

MODULE = "property_fee_collection"


@tagged("post_install", "-at_install")
class TestLegalDecision(LegalCommon):
    """Gate, decision, reports (procedure, clauses 4.2.9 and 4.3.1)."""

    def decide(
        self, decision="malicious", user=None, reason="Lets the flat, earns well"
    ):
        return (
            self.env["property.legal.decision"]
            .with_user(user or self.user_manager)
            .create({"case_id": self.case.id, "decision": decision, "reason": reason})
        )

    def propose(self, user=None):
        case = self.case.with_user(user or self.user_manager)
        case.action_propose_legal()
        return self.case.legal_ids.filtered(lambda legal: legal.stage != "closed")

    @freeze_time(LATE)
    def test_the_checklist_follows_what_is_on_record(self):
        self.refresh()
        gate = self.gate()
        self.assertEqual(
            [key for key, met in gate.items() if not met],
            ["final_delivered", "deadline_passed", "decision"],
        )
        self.warn()
        self.assertEqual([k for k, met in self.gate().items() if not met], ["decision"])
        self.env["property.promise"].create(
            {"case_id": self.case.id, "amount": 50.0, "date": "2027-02-20"}
        )
        self.assertFalse(self.gate()["no_promise"])
        self.env["property.dispute"].create(
            {"move_id": self.january.id, "responsible_id": self.user_cs.id}
        )
        self.assertFalse(self.gate()["no_dispute"])
        self.case.write({"hold_until": "2027-02-16", "hold_reason": "In hospital"})
        self.assertFalse(self.gate()["no_hold"])
        self.env["property.plan"].create(
            {"case_id": self.case.id, "reason": "No work", "kind": "waiver"}
        )
        self.assertFalse(self.gate()["no_hardship"])

    @freeze_time(LATE)
    def test_a_final_notice_that_only_tried_to_arrive(self):
        self.refresh()
        final = self.letter("final", "2027-01-05")
        self.deliver(final, "not_met")
        self.assertFalse(self.gate()["final_delivered"])
        self.deliver(final, "posted", channel="letter")
        # Counts as delivered, but nothing proves it.
        self.assertEqual(final.state, "delivered")
        self.assertFalse(self.gate()["final_delivered"])
        self.deliver(final, "posted", channel="registered", tracking_ref="RR1")
        self.assertTrue(self.gate()["final_delivered"])

    @freeze_time(LATE)
    def test_a_final_notice_that_was_only_sent_electronically(self):
        """That a server took it proves nothing; that he opened it himself does."""
        self.refresh()
        final = self.letter("final", "2027-01-05")
        rows = self.env["property.delivery"].sudo()
        for channel, arrived in (("email", False), ("sms", False), ("portal", True)):
            rows.create(
                {
                    "notice_id": final.id,
                    "channel": channel,
                    "outcome": "electronic",
                    "date": fields.Datetime.now(),
                }
            )
            self.assertEqual(final.state, "delivered")
            self.assertEqual(self.gate()["final_delivered"], arrived, channel)

    @freeze_time(LATE)
    def test_a_final_notice_for_a_paid_debt_is_none(self):
        self.refresh()
        with freeze_time("2026-07-05 04:00:00"):
            self.deliver(self.letter("final", "2026-07-05", self.january))
        self.assertTrue(self.gate()["final_delivered"])
        self.pay(self.january)
        self.assertFalse(self.gate()["final_delivered"])

    @freeze_time(LATE)
    def test_the_manager_decides_with_reasons(self):
        self.refresh()
        with self.assertRaises(AccessError):
            self.decide(user=self.user_cs)
        with self.assertRaises(AccessError):
            self.decide(user=self.user_cs_head)
        with self.assertRaises(UserError):
            self.decide(reason="  ")
        with self.assertRaises(AccessError):
            self.case.with_user(self.user_manager).write({"is_malicious": True})
        decision = self.decide()
        self.assertTrue(self.case.is_malicious)
        self.assertEqual(self.case.malicious_reason, "Lets the flat, earns well")
        self.assertEqual(decision.user_id, self.user_manager)
        self.assertEqual(str(decision.date), "2027-02-15")
        self.assertIn("Final notice delivered", decision.checklist)
        self.assertEqual(self.case.step_id.months, 13)
        with self.assertRaises(UserError):
            decision.with_user(self.user_company).write({"reason": "Other"})
        self.decide("not_malicious", reason="A mistake")
        self.assertFalse(self.case.is_malicious)
        self.assertEqual(self.case.step_id.months, 6)
        self.assertEqual(len(self.case.decision_ids), 2)

    def test_nobody_is_malicious_in_the_first_year(self):
        """On 31 January 2027 twelve months, on 1 February thirteen."""
        with freeze_time("2027-01-31 04:00:00"):
            self.refresh()
            self.assertEqual(self.case.months_unpaid, 12)
            with self.assertRaises(UserError):
                self.decide()
        with freeze_time("2027-02-01 04:00:00"):
            self.refresh()
            self.decide()
            self.assertTrue(self.case.is_malicious)

    @freeze_time(LATE)
    def test_the_company_hears_of_it_with_the_facts_once(self):
        self.refresh()
        self.warn()
        self.refresh()
        self.community.cs_user_ids += self.user_company
        self.decide()
        self.decide()
        activity = self.case.activity_ids.filtered(
            lambda row: row.user_id == self.user_company
        )
        self.assertEqual(len(activity), 1)
        for fact in (
            "200.00",
            "13, since 01/10/2026",
            "Lets the flat, earns well",
            "final-2026-07-05",
            "Acknowledged",
            # The final notice of 5 July 2026 moved it.
            "07/05/2029",
        ):
            self.assertIn(fact, activity.note)
        reports = self.case.report_ids.filtered(lambda row: row.report_to == "company")
        self.assertEqual(len(reports), 1)

    @freeze_time("2026-07-05 04:00:00")
    def test_the_manager_hears_of_the_final_stage_once(self):
        self.refresh()
        step = self.case.step_id
        self.assertEqual((step.months, step.report_to), (6, "manager"))
        self.case._report(step)
        activity = self.case.activity_ids.filtered(
            lambda row: row.user_id == self.user_manager
        )
        self.assertEqual(len(activity), 1)
        self.assertIn("200.00", activity.note)
        activity.action_feedback(feedback="Read")
        self.case._report(step)
        self.assertEqual(len(self.case.report_ids), 1)
        # For another anchor it is another report.
        self.pay(self.january)
        self.case._report(step)
        self.assertEqual(len(self.case.report_ids), 2)

    @freeze_time(LATE)
    def test_a_proposal_needs_the_whole_checklist(self):
        self.refresh()
        with self.assertRaises(UserError) as caught:
            self.propose()
        for label in (
            "Final notice delivered",
            "Reasonable deadline",
            "The manager has found it malicious",
        ):
            self.assertIn(label, str(caught.exception))
        self.assertNotIn("twelve months", str(caught.exception))
        self.warn()
        self.decide()
        with self.assertRaises(AccessError):
            self.propose(self.user_cs)
        legal = self.propose()
        self.assertEqual(
            (legal.stage, legal.proposed_by), ("proposed", self.user_manager)
        )
        self.assertEqual(legal.move_ids, self.january | self.february)
        self.assertEqual(legal.amount_claimed, 200.0)
        # A proposal is not at law yet.
        self.assertEqual(self.case.state, "open")
        asked = legal.activity_ids
        self.assertTrue(asked.user_id.has_group(f"{MODULE}.group_company"))
        self.assertIn("200.00", asked.note)

    @freeze_time(LATE)
    def test_a_decision_that_it_is_not_takes_the_proposal_back(self):
        self.refresh()
        self.warn()
        self.decide()
        legal = self.propose()
        self.decide("not_malicious", reason="Was abroad")
        self.assertEqual((legal.stage, legal.outcome), ("closed", "withdrawn"))

    @freeze_time(LATE)
    def test_one_at_a_time(self):
        self.refresh()
        self.warn()
        self.decide()
        legal = self.propose()
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self.case.action_propose_legal()
        self.assertIn("already", str(caught.exception))
        legal.outcome_note = "He called"
        legal.with_user(self.user_manager).action_withdraw()
        self.assertNotEqual(self.propose(), legal)


@tagged("post_install", "-at_install")
class TestLegalCase(LegalCommon):
    """From the proposal to the end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.legal = cls.proposed()

    def approve(self):
        self.legal.with_user(self.user_company).action_approve()

    def file(self):
        self.legal.write(
            {
                "court": "District Court",
                "docket": "2027-民初-123",
                "filed_on": "2027-02-15",
                "lawyer_id": self.lawyer.id,
            }
        )
        self.legal.action_file()

    @freeze_time(LATE)
    def test_the_company_approves_and_never_who_proposed(self):
        for user in (self.user_cs, self.user_manager, self.user_finance):
            with self.assertRaises(AccessError):
                self.legal.with_user(user).action_approve()
        self.approve()
        self.assertEqual(self.legal.stage, "approved")
        self.assertEqual(self.legal.approved_by, self.user_company)
        self.assertEqual(self.case.state, "legal")
        with self.assertRaises(UserError):
            self.approve()

    @freeze_time(LATE)
    def test_who_proposed_cannot_approve_though_he_is_of_the_company(self):
        self.legal.outcome_note = "Wrong amount"
        self.legal.action_withdraw()
        self.case.with_user(self.user_company).action_propose_legal()
        second = self.case.legal_ids.filtered(lambda legal: legal.stage == "proposed")
        with self.assertRaises(AccessError):
            second.with_user(self.user_company).action_approve()

    @freeze_time(LATE)
    def test_a_condition_that_fell_away_stops_the_approval(self):
        self.env["property.promise"].create(
            {"case_id": self.case.id, "amount": 200.0, "date": "2027-02-20"}
        )
        with self.assertRaises(UserError) as caught:
            self.approve()
        self.assertIn("No open promise", str(caught.exception))

    @freeze_time(LATE)
    def test_stages_move_through_methods_only(self):
        for user in (self.user_manager, self.user_company):
            with self.assertRaises(AccessError):
                self.legal.with_user(user).write({"stage": "approved"})
            with self.assertRaises(AccessError):
                self.legal.with_user(user).write({"approved_by": user.id})
        with self.assertRaises(AccessError):
            self.legal.with_user(self.user_cs).write({"docket": "1"})
        for action in ("action_judge", "action_enforce", "action_file"):
            with self.assertRaises(UserError):
                getattr(self.legal, action)()
        with self.assertRaises(UserError):
            self.legal.unlink()

    @freeze_time(LATE)
    def test_the_whole_way(self):
        self.approve()
        with self.assertRaises(UserError) as caught:
            self.legal.action_file()
        self.assertIn("Court, Docket, Filed On", str(caught.exception))
        self.file()
        self.assertEqual(self.legal.stage, "filed")
        # The suit moves the limitation: three years from the day it was filed.
        self.assertEqual(
            {(str(row.date), row.event) for row in self.case.limitation_ids},
            {("2030-02-15", "suit")},
        )
        with self.assertRaises(UserError):
            self.legal.action_judge()
        self.legal.write(
            {"judged_on": "2027-02-15", "judgment": "partly", "amount_awarded": 150.0}
        )
        self.legal.action_judge()
        self.legal.action_enforce()
        self.assertEqual((self.legal.stage, self.case.state), ("enforced", "legal"))
        with self.assertRaises(UserError):
            self.legal.action_close()
        self.legal.outcome = "won"
        self.legal.action_close()
        self.assertEqual((self.legal.stage, self.case.state), ("closed", "open"))
        self.assertEqual(str(self.legal.closed_on), "2027-02-15")
        with self.assertRaises(UserError):
            self.legal.write({"docket": "another"})

    @freeze_time(LATE)
    def test_days_of_the_suit(self):
        """Today is 15 February."""
        self.approve()
        self.file()
        for values in (
            {"filed_on": "2027-02-16"},
            {"judged_on": "2027-02-14"},
            {"judged_on": "2027-02-16"},
        ):
            with self.assertRaises(UserError):
                self.legal.write(values)
        self.legal.filed_on = "2027-02-10"
        self.assertEqual(
            {str(row.date) for row in self.case.limitation_ids}, {"2030-02-10"}
        )

    @freeze_time(LATE)
    def test_a_withdrawn_suit_has_moved_nothing(self):
        self.approve()
        self.file()
        self.legal.outcome_note = "Settled with him"
        self.legal.action_withdraw()
        # Back to the final notice of 5 July 2026.
        self.assertEqual(
            {(str(row.date), row.event) for row in self.case.limitation_ids},
            {("2029-07-05", "demand")},
        )

    @freeze_time(LATE)
    def test_the_lawyers_letter(self):
        self.approve()
        with self.assertRaises(UserError) as caught:
            self.legal.action_letter()
        self.assertIn("Lawyer", str(caught.exception))
        self.legal.lawyer_id = self.lawyer
        self.legal.action_letter()
        letter = self.legal.letter_id
        self.assertEqual(self.legal.stage, "letter")
        self.assertEqual(
            (letter.kind, letter.state, letter.case_id, letter.legal_case_id),
            ("lawyer", "issued", self.case, self.legal.sudo(False)),
        )
        self.assertEqual(letter.amount_total, 200.0)
        self.assertTrue(letter.attachment_id)
        self.assertEqual(letter.step_id.notice_kind, "lawyer")

    @freeze_time(LATE)
    def test_no_letter_for_a_paid_debt(self):
        self.approve()
        self.legal.lawyer_id = self.lawyer
        self.pay(self.january | self.february)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.legal.action_letter()
        self.assertEqual(self.legal.stage, "approved")

    @freeze_time(LATE)
    def test_paid_before_the_company_decided(self):
        self.pay(self.january | self.february)
        self.refresh()
        self.assertEqual((self.legal.stage, self.legal.outcome), ("closed", "paid"))
        self.assertEqual(self.case.state, "closed")

    @freeze_time(LATE)
    def test_paid_when_at_law_asks_a_person_once(self):
        self.approve()
        self.pay(self.january | self.february)
        self.refresh()
        self.refresh()
        self.assertEqual((self.legal.stage, self.case.state), ("approved", "legal"))
        asked = self.legal.activity_ids.filtered(
            lambda row: "All is paid" in (row.summary or "")
        )
        self.assertEqual((len(asked), asked.user_id), (1, self.user_manager))
        self.legal.outcome_note = "Paid in full"
        self.legal.action_withdraw()
        self.assertEqual(self.case.state, "closed")

    @freeze_time(LATE)
    def test_the_company_rejects_with_reasons(self):
        company = self.legal.with_user(self.user_company)
        with self.assertRaises(UserError):
            company.action_reject()
        company.outcome_note = "Too small a sum"
        company.action_reject()
        self.assertEqual(
            (self.legal.stage, self.legal.outcome), ("closed", "withdrawn")
        )

    @freeze_time(LATE)
    def test_hearings_and_costs(self):
        self.approve()
        self.file()
        first, second = (
            self.env["property.legal.hearing"]
            .with_user(self.user_manager)
            .create(
                [
                    {
                        "legal_case_id": self.legal.id,
                        "date": "2027-03-01 01:30:00",
                        "room": "5",
                    },
                    {"legal_case_id": self.legal.id, "date": "2027-04-01 01:30:00"},
                ]
            )
        )
        self.assertEqual(str(self.legal.next_hearing), "2027-03-01 01:30:00")
        reminder = self.legal.hearing_activity_id
        # 01:30 UTC is 09:30 in Taipei.
        self.assertIn("09:30", reminder.summary)
        self.assertEqual(str(reminder.date_deadline), "2027-03-01")
        first.is_cancelled = True
        self.assertEqual(
            str(self.legal.hearing_activity_id.date_deadline), "2027-04-01"
        )
        with freeze_time("2027-03-31 00:00:00"):
            coming = self.env["property.legal.case"].search(
                [("next_hearing", "<", "2027-04-02")]
            )
            self.assertEqual(coming, self.legal.with_user(self.env.user))
        second.is_cancelled = True
        self.assertFalse(self.legal.hearing_activity_id)
        self.env["property.legal.cost"].with_user(self.user_manager).create(
            [
                {"legal_case_id": self.legal.id, "kind": "court", "amount": 50.0},
                {"legal_case_id": self.legal.id, "kind": "lawyer", "amount": 300.5},
            ]
        )
        self.assertEqual(self.legal.amount_cost, 350.5)
        with self.assertRaises(AccessError):
            first.with_user(self.user_cs).result = "x"

    @freeze_time(LATE)
    def test_the_other_community_sees_nothing(self):
        stranger = new_test_user(
            self.env,
            login="legal_stranger",
            groups=f"base.group_user,{MODULE}.group_manager",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        hearing = self.env["property.legal.hearing"].create(
            {"legal_case_id": self.legal.id, "date": fields.Datetime.now()}
        )
        cost = self.env["property.legal.cost"].create(
            {"legal_case_id": self.legal.id, "amount": 1.0}
        )
        for record in (
            self.legal,
            hearing,
            cost,
            self.case.decision_ids,
            self.case.report_ids,
            self.case.limitation_ids,
        ):
            self.assertTrue(record, record._name)
            mine = record.with_user(stranger)
            self.assertFalse(mine.search([("id", "in", record.ids)]), record._name)
            with self.assertRaises(AccessError):
                mine.read(["display_name"])
        with self.assertRaises(AccessError):
            self.env["property.legal.decision"].with_user(stranger).create(
                {"case_id": self.case.id, "decision": "malicious", "reason": "x"}
            )
        with self.assertRaises(AccessError):
            self.legal.with_user(stranger).action_withdraw()
