from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .sell_common import SellCommon

LINES = {"fields": {"unit_id": {"fields": {"display_name": {}}}}}


@tagged("post_install", "-at_install")
@freeze_time("2026-01-15 04:00:00")
class TestSellAccess(SellCommon):
    """Customer service of Sunrise Garden sells there only. The owner of 101 has a unit
    in Moon Court too, where others work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.make_community(
            "Moon Court", "MNC", cs_user_ids=[Command.clear()]
        )
        building = cls.env["property.building"].create(
            {"name": "7", "community_id": cls.elsewhere.id}
        )
        cls.theirs = cls.make_unit(
            "701", 50, owner=None, building_id=building.id, owner_id=cls.owner.id
        )
        cls.make_rate(2.8, community_id=cls.elsewhere.id)
        cls.foreign = cls.make_agreement(confirm=False, unit_id=cls.theirs.id)
        cls.form = cls.env["property.prepayment.sell"].with_user(cls.user_cs)

    def test_units_of_the_payer(self):
        """Only those of the user's communities, and no error about the others."""
        values = {"partner_id": self.owner.id, "offer_id": self.offer.id}
        [row] = self.form.browse().web_save(values, {"unit_ids": {}, "line_ids": LINES})
        self.assertEqual(row["unit_ids"], self.unit.ids)
        stored = self.env["property.prepayment.sell"].browse(row["id"])
        self.assertEqual(stored.unit_ids, self.unit)
        self.assertEqual(stored.line_ids.unit_id, self.unit)

    def test_units_of_the_payer_in_the_form(self):
        form = Form(self.form.with_context(default_partner_id=self.owner.id))
        self.assertEqual(form.unit_ids.ids, self.unit.ids)
        self.assertEqual(form.amount_total, 3033.80)

    def test_foreign_units(self):
        link = [Command.link(self.theirs.id)]
        for values in (
            {"unit_ids": link},
            {"line_ids": [Command.create({"unit_id": self.theirs.id})]},
            {"line_ids": [Command.create({"prepayment_id": self.foreign.id})]},
        ):
            with self.assertRaises(AccessError):
                self.form.onchange(values, list(values), {"line_ids": LINES})
            with self.assertRaises(AccessError):
                self.form.browse().web_save(
                    {"offer_id": self.offer.id, **values}, {"line_ids": LINES}
                )
        listed = self.form.with_context(
            active_model="property.unit", active_ids=self.theirs.ids
        )
        with self.assertRaises(AccessError):
            listed.onchange({}, [], {"unit_ids": {}})

    def test_foreign_draft(self):
        line = self.sell().line_ids
        with self.assertRaises(AccessError):
            line.write({"prepayment_id": self.foreign.id})
        draft = self.make_agreement(confirm=False)
        line.write({"prepayment_id": draft.id})
        self.assertEqual(line.prepayment_id, draft)

    def test_foreign_agreement(self):
        """Neither the agreement nor what it would come to."""
        for name in ("cancel", "adjust"):
            model = self.env[f"property.prepayment.{name}"].with_user(self.user_cs_head)
            self.elsewhere.write({"cs_head_id": False})
            values = {"prepayment_id": self.foreign.id}
            with self.assertRaises(AccessError):
                model.onchange(values, ["prepayment_id"], {"prepayment_id": {}})
        agreements = self.env["property.prepayment"].with_user(self.user_cs)
        spec = {"partner_id": {"fields": {"display_name": {}}}, "amount_list": {}}
        with self.assertRaises(AccessError):
            agreements.onchange({"unit_id": self.theirs.id}, ["unit_id"], spec)
        own = agreements.onchange({"unit_id": self.unit.id}, ["unit_id"], spec)
        self.assertEqual(
            own["value"]["partner_id"]["display_name"], self.owner.display_name
        )

    def test_foreign_renewal(self):
        model = self.env["property.prepayment.decline"].with_user(self.user_cs)
        with self.assertRaises(AccessError):
            model.create(
                {"prepayment_ids": [Command.set(self.foreign.ids)], "reason": "x"}
            )
        with self.assertRaises(AccessError):
            model.with_context(active_ids=self.foreign.ids).create({"reason": "x"})

    def test_foreign_voucher(self):
        service = self.env["product.product"].create(
            {"name": "Window cleaning", "type": "service"}
        )
        vouchers = self.env["property.voucher"].sudo()
        voucher = vouchers.create(
            {"prepayment_id": self.foreign.id, "product_id": service.id}
        )
        model = self.env["property.voucher.redeem"].with_user(self.user_cs)
        values = {"voucher_id": voucher.id, "signature": b"eA=="}
        with self.assertRaises(AccessError):
            model.create(values)
        with self.assertRaises(AccessError):
            model.onchange(values, ["voucher_id"], {"recipient": {}})

    def test_offer_of_another_community(self):
        """Customer service does not see Moon Court; the offer made there only is not
        made here."""
        other = self.offer.copy({"name": "Moon", "sequence": -1})
        other.community_ids = self.elsewhere
        self.env.flush_all()
        self.env.invalidate_all()
        default = self.form.default_get(["offer_id"])["offer_id"]
        self.assertNotEqual(default, other.id)
        sell = self.sell(offer_id=other.id)
        self.assertEqual(sell.offer_ids & (self.offer | other), self.offer)
        self.assertEqual(
            self.refusals(sell), [("101", "the offer is not for this community")]
        )
        other.community_ids |= self.community
        self.env.flush_all()
        self.env.invalidate_all()
        again = self.sell(offer_id=other.id)
        self.assertIn(other, again.offer_ids)
        self.assertEqual(self.refusals(again), [])

    def test_years(self):
        """From 2000 to 2100; a slip of the pen is said, not worked out."""
        sell = self.sell()
        for day in (date(1999, 12, 1), date(2101, 1, 1), date(9999, 12, 1)):
            sell.line_ids.date_from = day
            self.assertEqual(
                self.refusals(sell),
                [("101", "a term begins in one of the years 2000 to 2100")],
            )
            with self.assertRaisesRegex(ValidationError, "2000 to 2100"):
                self.make_agreement(day=str(day), confirm=False)

    def test_proposed_month(self):
        """Paid ahead to the end of time, as some ledgers say: no month is left."""
        self.unit.paid_directly = date(9999, 12, 31)
        line = self.sell().line_ids
        self.assertEqual(line.date_from, date(2101, 1, 1))
        self.assertFalse(line.is_possible)

    def test_currency_in_use(self):
        idle = self.env.ref("base.ZAR")
        idle.active = False
        with self.assertRaisesRegex(ValidationError, "ZAR is not in use"):
            self.make_agreement(confirm=False, currency_id=idle.id)
