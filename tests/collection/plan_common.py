from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command

from .common import CollectionCommon


class PlanCommon(CollectionCommon):
    """15 March 2026: bills due on 10 January (600.00) and 10 February (400.00)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Nobody but the users of the test decides.
        cls.env.ref("base.user_admin").group_ids -= cls.env.ref(
            "property_fee_collection.group_company"
        )
        with freeze_time("2026-03-15 04:00:00"):
            cls.january = cls.make_invoice(cls.owner, 600.0, "2026-01-10", cls.unit)
            cls.february = cls.make_invoice(cls.owner, 400.0, "2026-02-10", cls.unit)
            cls.open_cases()
        cls.case = cls.case_of(cls.owner)

    def propose(self, *lines, **values):
        """A proposal of the collector; ``lines`` are (date, amount)."""
        return (
            self.env["property.plan"]
            .with_user(self.user_cs)
            .create(
                {
                    "case_id": self.case.id,
                    "reason": "Lost his work; letter of the employer.",
                    "line_ids": [
                        Command.create({"date": day, "amount": amount})
                        for day, amount in lines
                    ],
                    **values,
                }
            )
        )

    def approve(self, plan):
        company = plan.with_user(self.user_company)
        company.decision_reason = "He has always paid before."
        company.action_approve()

    def thirds(self):
        """333.33, 333.33 and 333.34 on the tenths of April, May and June."""
        plan = self.propose(
            ("2026-04-10", 333.33), ("2026-05-10", 333.33), ("2026-06-10", 333.34)
        )
        self.approve(plan)
        plan.with_user(self.user_cs).action_start()
        return plan.sudo()

    def on(self, day):
        """What the daily run does on that day."""
        day = fields.Date.to_date(day)
        self.case._touch()
        self.case._follow_up(day)

    def paid(self, plan):
        return plan.line_ids.sorted("date").mapped("amount_paid")
