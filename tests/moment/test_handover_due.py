from contextlib import contextmanager

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .desk_common import DeskCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-20 04:00:00")
class TestHandoverDue(DeskCommon):
    """What a batch and its invitations say is due: what the desk says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.batch = cls.make_batch()

    @classmethod
    def make_batch(cls, **values):
        return cls.env["property.handover.batch"].create(
            {
                "name": "Certificates",
                "community_id": cls.community.id,
                "kind": "certificate_handover",
                "date_from": "2026-02-02",
                "date_to": "2026-02-03",
                **values,
            }
        )

    def invited(self, unit=None, **values):
        return self.make_moment(
            "certificate_handover", unit, batch_id=self.batch.id, **values
        )

    def statement(self, moment):
        """[(bill, text, amount)] of the enclosure"""
        rows = moment._statement_rows(moment._accounts()[moment])
        self.assertAlmostEqual(sum(row["value"] for row in rows), moment.due_now)
        return [(row["number"], row["item"], row["value"]) for row in rows]

    def test_two_units_of_one_owner(self):
        """100.00 is open for room 101, its owner comes for 101 and 102; the neighbour
        owes 20.00: the batch says 120.00."""
        self.make_invoice(self.owner, 100, "2026-01-10", self.unit)
        neighbour = self.make_unit("103")
        self.make_invoice(neighbour.owner_id, 20, "2026-01-10", neighbour)
        moments = [self.invited(unit) for unit in (self.unit, self.second, neighbour)]
        self.assertEqual([row.amount_due for row in moments], [100, 100, 20])
        self.assertEqual(self.batch.amount_due, 120)
        # A second look: what was cancelled does not count.
        moments[2]._cancel("A slip")
        self.batch.invalidate_recordset()
        self.assertEqual(self.batch.amount_due, 100)

    def test_no_sum_doubles(self):
        """A customer's due is no figure that is added up over his moments."""
        field = self.env["property.moment"].fields_get(["amount_due"])["amount_due"]
        self.assertFalse(field.get("aggregator"))

    def test_statement_with_credit(self):
        """100.00 billed, 40.00 credited and not matched: 60.00."""
        bill = self.make_invoice(self.owner, 100, "2026-01-10", self.unit)
        self.make_invoice(self.owner, -40, "2026-01-10", self.unit)
        moment = self.invited()
        fee = self.fee.product_id.name
        self.assertEqual(
            self.statement(moment),
            [
                (bill.name, fee, 100),
                ("", "Credits and payments on account", -40),
            ],
        )
        self.assertEqual(moment.due_now, 60)
        account = moment._accounts()[moment]
        self.assertIn("60.00", moment._letter(account)["total"])

    def test_statement_with_dispute(self):
        bill = self.make_invoice(self.owner, 100, "2026-01-10", self.unit)
        self.env["property.dispute"].create({"move_id": bill.id, "amount": 30})
        self.assertEqual(
            [row[1:] for row in self.statement(self.invited())][1:],
            [("Not asked for now, in dispute", -30)],
        )

    def test_statement_of_all_units(self):
        """Bills of his other unit, named, and bills that name no unit; what is not yet
        due is a figure below. 100 + 50 + 20 = 170."""
        self.make_invoice(self.owner, 100, "2026-01-08", self.unit)
        self.make_invoice(self.owner, 50, "2026-01-09", self.second)
        self.make_invoice(self.owner, 20, "2026-01-10")
        self.make_invoice(self.owner, 300, "2026-02-10", self.unit)
        moment = self.invited()
        rows = self.statement(moment)
        fee = self.fee.product_id.name
        self.assertEqual(
            [row[1:] for row in rows],
            [
                (fee, 100),
                (f"{self.second.display_name} · {fee}", 50),
                (fee, 20),
            ],
        )
        letter = moment._letter(moment._accounts()[moment])
        self.assertIn("170.00", letter["total"])
        self.assertIn("300.00", letter["later"])

    def test_credits_beyond_what_is_due(self):
        """100.00 due, 150.00 on account: nothing is due, not less than nothing."""
        self.make_invoice(self.owner, 100, "2026-01-10", self.unit)
        self.pay_unmatched(self.owner, 150, "2026-01-12")
        self.assertEqual(
            [row[2] for row in self.statement(self.invited())], [100, -100]
        )

    @contextmanager
    def assertRefused(self, pattern):
        with (
            self.assertRaisesRegex(UserError, pattern),
            self.env.cr.savepoint(),
        ):
            yield

    def test_batch_of_something_else(self):
        """Neither another kind nor another community, nor a batch that is over."""
        units = self.make_batch(kind="unit_handover")
        with self.assertRefused("not for this unit"):
            self.make_moment("certificate_handover", batch_id=units.id)
        with self.assertRefused("not for this unit"):
            self.make_moment("lease", batch_id=self.batch.id)
        far = self.make_batch(community_id=self.elsewhere.id)
        with self.assertRefused("not for this unit"):
            self.env["property.moment"].create(
                {
                    "kind": "certificate_handover",
                    "unit_id": self.unit.id,
                    "batch_id": far.id,
                }
            )
        moment = self.invited()
        with self.assertRefused("not for this unit"):
            moment.kind = "lease"
        self.batch.sudo().state = "done"
        with self.assertRefused("nobody any more"):
            self.invited(self.second)
