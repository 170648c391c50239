from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.misc import format_date

COMPANY = "property_fee_collection.group_company"


class PropertyCollectionCase(models.Model):
    """Reports with the facts in them arrive as activities."""

    _inherit = "property.collection.case"

    report_ids = fields.One2many("property.collection.report", "case_id", "Reports")

    @api.private
    def _follow_up(self, day):
        """Reports do not wait for notices: a hold stops those, not the counting."""
        result = super()._follow_up(day)
        # sudo: reports are written by the system alone.
        cases = self.sudo().filtered("anchor_date")
        for step, of_step in cases.grouped("step_id").items():
            if step.report_to == "manager":
                of_step._report(step)
        cases._ask_whether_malicious()
        return result

    def _ask_whether_malicious(self):
        """At the gate to law the manager has to decide (clause 4.3.1); he is asked once
        for each case and anchor."""
        policies = self._policies()
        for case in self.filtered(lambda case: not case.is_malicious):
            gate = policies[case].step_ids.filtered("malicious_only")[:1]
            if gate and case.months_unpaid >= gate.months:
                case._report(gate, "manager")

    def _report(self, step, report_to=None):
        """Report cases that have reached ``step`` to whom it says, or to whom is said
        here; once for each case, step, anchor and addressee, however often it is
        called."""
        report_to = report_to or step.report_to
        if report_to == "none":
            return
        # sudo: reports are written by the system alone.
        cases = self.sudo()
        done = {
            (report.case_id, report.anchor_date)
            for report in cases.report_ids
            if (report.step_id, report.report_to) == (step, report_to)
        }
        for case in cases:
            if (case, case.anchor_date) not in done:
                case._report_one(step, report_to)

    def _report_to_company(self):
        """A default that the manager has found malicious."""
        for case in self:
            steps = case._policies()[case].step_ids
            step = steps.filtered(lambda step: step.report_to == "company")[:1]
            if step:
                case._report(step)
            elif not case.report_ids.filtered(
                lambda row, case=case: (
                    row.report_to == "company" and row.anchor_date == case.anchor_date
                )
            ):
                case._report_one(step, "company")

    def _report_one(self, step, report_to):
        user = self._report_user(report_to)
        case = self.with_context(lang=user.lang or self.env.lang)
        note = case._report_note()
        self.env["property.collection.report"].create(
            {
                "case_id": self.id,
                "report_to": report_to,
                "step_id": step.id,
                "anchor_date": self.anchor_date,
                "date": self.community_id._property_today(),
                "user_id": user.id,
                "facts": note,
            }
        )
        if not user:
            self.message_post(body=note)
            return
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.community_id._property_today(),
            summary=case._report_summary(step, report_to),
            note=note,
            user_id=user.id,
        )

    def _report_summary(self, step, report_to):
        if report_to == "company":
            return self.env._(
                "Malicious default of more than one year: %(customer)s",
                customer=self.partner_id.name,
            )
        if step.malicious_only:
            return self.env._(
                "More than a year unpaid, decide whether it is malicious: %(customer)s",
                customer=self.partner_id.name,
            )
        return self.env._(
            "%(step)s: %(customer)s", step=step.name, customer=self.partner_id.name
        )

    def _report_user(self, report_to):
        """Who hears of it: the manager of the community, or the company; each stands in
        for the other."""
        manager = self.community_id.sudo().manager_id
        if report_to == "manager" and manager:
            return manager
        return self.community_id._company_users()[:1] or manager

    def _report_note(self):
        rows = [
            Markup("<li><b>%s</b>: %s</li>") % (label, text)
            for label, text in self._report_facts()
        ]
        return Markup("<ul>%s</ul>") % Markup().join(rows)

    def _report_facts(self):
        """[(label, text)]: what whoever decides has to know, in the language of the
        environment; amounts in company currency."""
        self.ensure_one()
        money, day = self.currency_id.format, self._report_day
        facts = [
            (self.env._("Customer"), self.partner_id.display_name),
            (self.env._("Units"), ", ".join(self.unit_ids.mapped("display_name"))),
            (self.env._("Overdue"), money(self.amount_overdue)),
            (
                self.env._("Months unpaid"),
                self.env._(
                    "%(months)s, since %(day)s",
                    months=self.months_unpaid,
                    day=day(self.anchor_date),
                ),
            ),
            (
                self.env._("Disputed"),
                self.amount_disputed and money(self.amount_disputed),
            ),
            (self.env._("Reason"), self._report_label("reason")),
            (self.env._("What the customer says"), self.reason_note),
            *self._report_notices(),
            (self.env._("Contacts"), self._report_contacts()),
            (self.env._("Promises broken"), self._report_promises()),
            (self.env._("Limitation"), day(self.limitation_date)),
            (self.env._("Found malicious because"), self.malicious_reason),
        ]
        return [(label, str(text)) for label, text in facts if text]

    def _report_notices(self):
        for notice in self.notice_ids.sorted("date_issued"):
            if notice.state in ("draft", "cancelled"):
                continue
            arrived = notice._arrived_on()
            yield (
                f"{notice._kind_label(notice.kind)} {notice.name}",
                self.env._(
                    "issued %(issued)s, %(state)s %(arrived)s",
                    issued=self._report_day(notice.date_issued),
                    state=notice._report_label("state"),
                    arrived=self._report_day(arrived),
                ),
            )

    def _report_contacts(self):
        valid = self.contact_ids.filtered(lambda row: not row.void_reason)
        if not valid:
            return self.env._("none")
        last = max(valid, key=lambda row: (row.date, row.id))
        return self.env._(
            "%(count)s, the last on %(day)s: %(outcome)s",
            count=len(valid),
            day=self._report_day(self._local(last.date).date()),
            outcome=last._fields["outcome"].convert_to_export(last.outcome, last),
        )

    def _report_promises(self):
        broken = self.promise_ids.filtered(lambda row: row.state == "broken")
        return ", ".join(self._report_day(row.date) for row in broken.sorted("date"))

    def _report_day(self, day):
        return format_date(self.env, day) if day else ""

    def _report_label(self, name):
        return self._fields[name].convert_to_export(self[name], self)
