from odoo import SUPERUSER_ID, api, models
from odoo.fields import Domain

from .property_collection_case_next import WORKED_ON
from .property_collection_case_open import BATCH

ACTIVITY = "property_fee_collection.activity_collect"
WORK = ("next_action", "next_action_date", "priority", "priority_reason")
# More of them at once are left to the scheduled action.
DIRECT_REMINDERS = 100
QUEUE = "property.collection.case.activities"


class PropertyCollectionCase(models.Model):
    """Keeps promises, order and the collector's reminder in step with the ledger."""

    _inherit = "property.collection.case"

    def _touch(self):
        result = super()._touch()
        # sudo: a payment moves a promise, whoever took it.
        promises = self.env["property.promise"].sudo()
        promises.search(
            [("case_id", "in", self.ids), ("cancelled_by", "=", False)], order="id"
        )._evaluate()
        for name in WORK:
            self.env.add_to_compute(self._fields[name], self)
        self._remind_later()
        return result

    def _contacted(self):
        """Somebody spoke with the customers: what was put off is due by itself."""
        # sudo: only fields that follow from the contact.
        self.sudo().filtered("postponed_to").write({"postponed_to": False})
        self._remind_later()

    def _promised(self):
        """A promise was made or struck."""
        self._touch()

    @api.model
    def _create_cases(self, community, standings, units):
        cases = super()._create_cases(community, standings, units)
        cases._first_contact()
        return cases

    def _first_contact(self):
        """First arrears: whoever collects has to find the reason (clause 4.2.3). When a
        community opens hundreds of cases, nobody waits for the reminders."""
        if len(self) <= DIRECT_REMINDERS:
            self._remind()
        else:
            self.env.ref("property_fee_collection.cron_remind")._trigger()

    @api.model
    def _cron_remind(self):
        """Reminders for open cases that have none, batch by batch."""
        kind = self.env.ref(ACTIVITY)
        reminded = Domain("activity_type_id", "=", kind.id)
        missing = (
            Domain("next_action", "!=", "none")
            & Domain("user_id", "!=", False)
            & Domain("state", "in", WORKED_ON)
            & ~Domain("activity_ids", "any", reminded & Domain("automated", "=", True))
        )
        seconds_left = 1
        while seconds_left:
            cases = self.search(missing, limit=BATCH, order="id").try_lock_for_update()
            if not cases:
                break
            cases._remind()
            left = self.search_count(missing)
            seconds_left = self.env["ir.cron"]._commit_progress(
                len(cases), remaining=left
            )

    @api.private
    def _follow_up(self, day):
        """What a new day brings, for cases of one community. Twice is as good as once.

        :param day: today where the community is
        """
        result = super()._follow_up(day)
        # sudo: the scheduled action's work, whoever starts it.
        cases = self.sudo()
        cases.promise_ids._evaluate(day).case_id._touch()
        cases.improvement_ids._follow_up(day)
        for name in ("priority", "priority_reason"):
            self.env.add_to_compute(self._fields[name], cases)
        cases._remind()
        return result

    def _remind_later(self):
        """Reminders follow when the transaction ends, once for all that happened."""
        precommit = self.env.cr.precommit
        waiting = precommit.data.setdefault(QUEUE, set())
        if not waiting:
            # The system's own: whoever moved the case may be gone by then.
            env = self.env(user=SUPERUSER_ID)

            def remind():
                ids = sorted(precommit.data.pop(QUEUE, ()))
                env["property.collection.case"].browse(ids).exists()._remind()

            precommit.add(remind)
        waiting.update(self.ids)

    def _remind(self):
        """One reminder for each case: it moves with the next action, and goes when
        nothing is to be done."""
        # sudo: it is the collector's, whoever moved the case.
        cases = self.sudo().with_context(mail_activity_quick_update=True)
        self.env.cr.precommit.data.get(QUEUE, set()).difference_update(self.ids)
        kind = self.env.ref(ACTIVITY)
        activities = cases.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", kind.id),
                ("automated", "=", True),
            ]
        )
        known = {activity.res_id: activity for activity in activities}
        # Read together what each reminder's name would read one by one.
        cases.mapped("display_name")
        texts = cases._reminder_texts()
        kept, missing = set(), []
        for case in cases:
            values = case._reminder(texts)
            if not values:
                continue
            if case.id in known:
                kept.add(known[case.id].id)
                known[case.id]._property_move(values)
            else:
                named = {"res_id": case.id, "res_name": case.display_name}
                missing.append({**values, **named})
        activities.filtered(lambda activity: activity.id not in kept).unlink()
        model = self.env["ir.model"]._get_id(self._name)
        common = {"activity_type_id": kind.id, "automated": True, "res_model_id": model}
        activities.create([{**common, **values} for values in missing])

    def _reminder(self, texts):
        """What the collector's reminder says; empty when there is nothing to do."""
        if self.next_action == "none" or not self.user_id:
            return {}
        return {
            "user_id": self.user_id.id,
            "date_deadline": self.next_action_date,
            "summary": texts[self.user_id.lang][self.next_action],
        }

    def _reminder_texts(self):
        """{language: {action: text}} in the languages of the collectors."""
        texts = {}
        for lang in set(self.user_id.mapped("lang")):
            case = self.browse().with_context(lang=lang)
            actions = case._fields["next_action"]._description_selection(case.env)
            first = case.env._(
                "First arrears: contact the customer and find the reason"
            )
            texts[lang] = {**dict(actions), "first_contact": first}
        return texts
