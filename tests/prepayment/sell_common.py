from odoo import fields
from odoo.fields import Command

from .common import PrepaymentCommon


class SellCommon(PrepaymentCommon):
    """Unit 101 of 98.5 m² at 2.80, sold at the counter. The day is 15 January 2026
    where a test does not say otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.journal = cls.company_data["default_journal_cash"]

    @classmethod
    def make_arrears(
        cls, amount=551.60, due="2026-01-05", partner=None, unit=None, **values
    ):
        """A posted bill of the community, overdue by the middle of January."""
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or cls.owner).id,
                "invoice_date": fields.Date.to_date("2025-12-01"),
                "invoice_date_due": fields.Date.to_date(due),
                "property_community_id": cls.community.id,
                "property_unit_id": (unit or cls.unit).id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Property fee",
                            "price_unit": amount,
                            "account_id": cls.company_data[
                                "default_account_revenue"
                            ].id,
                            "tax_ids": [],
                        }
                    )
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def sell(self, *units, user=None, **values):
        return (
            self.env["property.prepayment.sell"]
            .with_user(user or self.user_cs)
            .create(
                {
                    "offer_id": self.offer.id,
                    "unit_ids": [
                        Command.set([unit.id for unit in units or [self.unit]])
                    ],
                    "journal_id": self.journal.id,
                    **values,
                }
            )
        )

    def refusals(self, sell):
        """[(room, reason)]"""
        return [
            (line.unit_id.name, reason)
            for line in sell.line_ids
            for reason in (line.refusal or "").splitlines()
        ]
