from odoo import fields
from odoo.fields import Command

from ..billing.common import PropertyCommon


class CollectionCommon(PropertyCommon):
    """Ordinary posted invoices of a community, and payments of them.

    Amounts are in the company's currency with two decimals; no taxes.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Days are those of the community, not of the server.
        cls.company.partner_id.tz = "Asia/Taipei"
        cls.unit = cls.make_unit("101")
        cls.owner = cls.unit.owner_id

    @classmethod
    def make_invoice(cls, partner, amount, due, unit=None, **values):
        """A posted invoice due on ``due`` (text), dated the first of that month; a
        negative amount makes a credit note."""
        due = fields.Date.to_date(due)
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice" if amount > 0 else "out_refund",
                "partner_id": partner.id,
                "invoice_date": due.replace(day=1),
                "invoice_date_due": due,
                "invoice_payment_term_id": False,
                "property_community_id": (
                    unit.community_id if unit else cls.community
                ).id,
                "property_unit_id": unit.id if unit else False,
                "property_period": due.replace(day=1),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": cls.fee.product_id.id,
                            "quantity": 1.0,
                            "price_unit": abs(amount),
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **values,
            }
        )
        move.action_post()
        return move

    @classmethod
    def pay(cls, moves, amount=None, day=None):
        """Pay invoices through Odoo's own wizard; ``amount`` pays a part."""
        values = {"journal_id": cls.company_data["default_journal_bank"].id}
        if day:
            values["payment_date"] = fields.Date.to_date(day)
        if amount is not None:
            values["amount"] = amount
        wizard = (
            cls.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=moves.ids)
            .create(values)
        )
        return wizard._create_payments()

    @classmethod
    def pay_unmatched(cls, partner, amount, day=None):
        """A payment on account, matched with nothing."""
        payment = cls.env["account.payment"].create(
            {
                "partner_id": partner.id,
                "partner_type": "customer",
                "payment_type": "inbound",
                "amount": amount,
                "date": fields.Date.to_date(day) if day else fields.Date.today(),
                "journal_id": cls.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        return payment

    @classmethod
    def open_cases(cls, community=None):
        """Open the missing cases of the community, as the scheduled action does."""
        cases = cls.env["property.collection.case"]
        return cases._open_missing(community or cls.community)

    @classmethod
    def case_of(cls, partner, community=None):
        return cls.env["property.collection.case"].search(
            [
                ("partner_id", "=", partner.id),
                ("community_id", "=", (community or cls.community).id),
            ]
        )
