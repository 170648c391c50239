from odoo import fields

from .common import CollectionCommon


class StatementCommon(CollectionCommon):
    """Arrears statements of the community; who computes and who signs them."""

    @classmethod
    def make_statement(cls, period, community=None, compute=True):
        statement = cls.env["property.arrears.statement"].create(
            {
                "community_id": (community or cls.community).id,
                "period": fields.Date.to_date(period),
            }
        )
        if compute:
            statement.with_user(cls.user_cs).action_compute()
        return statement

    @classmethod
    def sign_statement(cls, statement):
        statement.with_user(cls.user_cs_head).action_sign()

    @classmethod
    def signed_statement(cls, period, community=None):
        statement = cls.make_statement(period, community)
        cls.sign_statement(statement)
        return statement

    @classmethod
    def write_off(cls, move, amount, day):
        """Write a part of an invoice off by an entry, without money."""
        line = move.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        entry = cls.env["account.move"].create(
            {
                "move_type": "entry",
                "date": fields.Date.to_date(day),
                "line_ids": [
                    fields.Command.create(
                        {
                            "account_id": line.account_id.id,
                            "partner_id": line.partner_id.id,
                            "credit": amount,
                        }
                    ),
                    fields.Command.create(
                        {
                            "account_id": cls.company_data[
                                "default_account_expense"
                            ].id,
                            "debit": amount,
                        }
                    ),
                ],
            }
        )
        entry.action_post()
        (line | cls.receivable(entry)).reconcile()
        return entry

    @classmethod
    def receivable(cls, move):
        return move.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )

    @classmethod
    def match(cls, *moves):
        lines = cls.env["account.move.line"].union(*map(cls.receivable, moves))
        lines.reconcile()

    def line_of(self, statement, partner=None):
        partner = partner or self.owner
        return statement.line_ids.filtered(lambda line: line.partner_id == partner)

    def assertRoll(self, line, opening, billed, received, adjusted, closing):
        """The roll-forward to the cent, and tied to the ledger."""
        self.assertEqual(
            (line.opening, line.billed, line.received, line.adjusted, line.closing),
            (opening, billed, received, adjusted, closing),
        )
        self.assertEqual(line.ledger, closing)
        self.assertEqual(line.difference, 0)
        ages = sum(
            line[name]
            for name in (
                "age_0",
                "age_1",
                "age_2_3",
                "age_4_6",
                "age_7_12",
                "age_1y",
                "age_2y",
                "age_3y",
                "credits",
            )
        )
        self.assertAlmostEqual(ages, closing, 2)
        self.assertAlmostEqual(
            line.closing_current_year + line.closing_earlier, closing, 2
        )
        self.assertAlmostEqual(
            line.opening_current_year + line.opening_earlier, opening, 2
        )
