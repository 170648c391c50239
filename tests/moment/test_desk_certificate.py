import hashlib
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .desk_common import DeskCommon


class CertificateCommon(DeskCommon):
    @classmethod
    def make_certificate(cls, kind="clearance", unit=None, user=None, **values):
        return (
            cls.env["property.certificate"]
            .with_user(user or cls.user_cs)
            .create({"kind": kind, "unit_id": (unit or cls.unit).id, **values})
        )

    @classmethod
    def issued(cls, *args, **values):
        certificate = cls.make_certificate(*args, **values)
        certificate.action_issue()
        return certificate

    def assertRefused(self, pattern, **values):
        certificate = self.make_certificate(**values)
        with self.assertRaisesRegex(UserError, pattern):
            certificate.action_issue()
        self.assertEqual((certificate.state, certificate.name), ("draft", False))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 04:00:00")
class TestDeskClearance(CertificateCommon):
    """Nil balance of a unit on 15 March."""

    def test_nothing_was_ever_billed(self):
        certificate = self.issued()
        self.assertRecordValues(
            certificate,
            [
                {
                    "state": "issued",
                    "partner_id": self.owner.id,
                    "partner_name": self.owner.name,
                    "date": date(2026, 3, 15),
                    # 30 days by default.
                    "date_expiry": date(2026, 4, 14),
                    "paid_through": False,
                    "issued_by": self.user_cs.id,
                }
            ],
        )
        self.assertEqual(certificate.name, "CERT-2026-00001")

    def test_open_bill_is_named(self):
        bill = self.make_invoice(self.owner, 275.8, "2026-02-10", self.unit)
        self.assertRefused(rf"275\.80 is open.*\n.*{bill.name}.*275\.80")
        self.pay(bill)
        self.assertEqual(self.issued().paid_through, date(2026, 2, 28))

    def test_part_payment_is_not_enough(self):
        bill = self.make_invoice(self.owner, 200, "2026-02-10", self.unit)
        self.pay(bill, 150)
        self.assertRefused(r"50\.00 is open")

    def test_due_today_and_not_yet_due(self):
        self.make_invoice(self.owner, 10, "2026-03-16", self.unit)
        self.issued()
        self.make_invoice(self.owner, 20, "2026-03-15", self.unit)
        self.assertRefused(r"20\.00 is open")

    def test_paid_up_to_what_is_not_paid_yet(self):
        """February is paid, March billed and not yet due: paid through February. Even
        where April is paid already."""
        self.pay(self.make_invoice(self.owner, 10, "2026-02-10", self.unit))
        self.make_invoice(self.owner, 10, "2026-03-20", self.unit)
        self.pay(self.make_invoice(self.owner, 10, "2026-04-10", self.unit))
        self.assertEqual(self.issued().paid_through, date(2026, 2, 28))

    def test_disputed_bill_is_open(self):
        bill = self.make_invoice(self.owner, 100, "2026-02-10", self.unit)
        self.env["property.dispute"].create({"move_id": bill.id, "amount": 40})
        self.assertRefused(r"100\.00 is open.*\n.*of which .*40\.00 is in dispute")

    def test_bill_without_follow_up_is_open(self):
        bill = self.make_invoice(self.owner, 100, "2026-02-10", self.unit)
        bill.line_ids.no_followup = True
        self.assertRefused(r"100\.00 is open")

    def test_money_on_account(self):
        """What is on account covers the bill: nothing is owed."""
        self.make_invoice(self.owner, 100, "2026-02-10", self.unit)
        self.pay_unmatched(self.owner, 60, "2026-03-01")
        self.assertRefused(r"40\.00 is open")
        self.make_invoice(self.owner, -40, "2026-03-01", self.unit)
        self.issued()

    def test_another_unit_of_the_owner(self):
        """Room 102 owes; room 101 is clear all the same."""
        self.make_invoice(self.owner, 100, "2026-02-10", self.second)
        self.issued()
        self.assertRefused(r"100\.00 is open", unit=self.second)

    def test_bill_that_names_no_unit(self):
        """Nobody can say that it is another unit's."""
        self.make_invoice(self.owner, 100, "2026-02-10")
        self.assertRefused(r"100\.00 is open")

    def test_earlier_owner(self):
        """What the seller owes is the seller's: the buyer gets his certificate, the
        seller does not get one."""
        self.make_invoice(self.owner, 100, "2026-02-10", self.unit)
        buyer = self.env["res.partner"].create({"name": "Buyer"})
        self.unit.with_context(property_effective_date="2026-03-01").owner_id = buyer
        self.issued(partner_id=buyer.id)
        self.assertRefused(r"100\.00 is open", partner_id=self.owner.id)

    def test_tenant_who_pays(self):
        """The owner asks; the tenant, who pays for the unit, is behind."""
        tenant = self.env["res.partner"].create({"name": "Tenant"})
        self.env["property.unit.tenure"].create(
            {
                "unit_id": self.unit.id,
                "partner_id": tenant.id,
                "role": "occupant",
                "is_payer": True,
                "date_from": date(2026, 1, 1),
            }
        )
        self.make_invoice(tenant, 100, "2026-02-10", self.unit)
        self.assertRefused(r"Tenant.*100\.00")

    def test_months_paid_ahead(self):
        """An unpaid invoice for months ahead is not owed; the months count as paid when
        it is."""
        self.unit.floor_area = 100
        self.make_rate(1.0)
        offer = self.env["property.prepayment.offer"].create(
            {"name": "12 → 1", "months": 12, "free_months": 1, "payment_days": 0}
        )
        agreement = self.env["property.prepayment"].create(
            {
                "unit_id": self.unit.id,
                "offer_id": offer.id,
                "date_from": date(2026, 4, 1),
            }
        )
        agreement.action_confirm()
        self.assertEqual(agreement.move_id.invoice_date_due, date(2026, 3, 15))
        self.assertFalse(self.issued().paid_through)
        self.pay(agreement.move_id)
        self.assertEqual(self.issued().paid_through, date(2027, 3, 31))

    def test_valid_without_end(self):
        self.company.property_certificate_days = 0
        self.assertFalse(self.issued().date_expiry)

    def test_several_at_once(self):
        """All or none."""
        self.make_invoice(self.owner, 100, "2026-02-10", self.second)
        two = self.make_certificate() + self.make_certificate(unit=self.second)
        with self.assertRaisesRegex(UserError, "1 102"):
            two.action_issue()
        self.assertEqual(two.mapped("state"), ["draft", "draft"])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 04:00:00")
class TestDeskCertificate(CertificateCommon):
    """Numbers, frozen PDFs, who may do what."""

    def test_other_kinds_ask_for_no_balance(self):
        self.make_invoice(self.owner, 100, "2026-02-10", self.unit)
        residence = self.issued("residence")
        self.assertFalse(residence.date_expiry)
        other = self.issued("other", text="The unit has a balcony.")
        self.assertEqual(
            [residence.name, other.name], ["CERT-2026-00001", "CERT-2026-00002"]
        )

    def test_residence_of_a_stranger(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        self.assertRefused("neither owns", kind="residence", partner_id=stranger.id)

    def test_other_needs_its_text(self):
        self.assertRefused("what is certified", kind="other")

    def test_numbers_of_each_company(self):
        data = self.setup_other_company(name="Other")
        community = self.env["property.community"].create(
            {"name": "Far", "code": "FAR", "company_id": data["company"].id}
        )
        building = self.env["property.building"].create(
            {"name": "9", "community_id": community.id}
        )
        unit = self.env["property.unit"].create(
            {"name": "901", "building_id": building.id, "owner_id": self.owner.id}
        )
        self.issued()
        there = self.issued(unit=unit, user=self.env.user)
        self.assertEqual(there.name, "CERT-2026-00001")

    def test_frozen(self):
        certificate = self.issued(purpose="Transfer at the land office")
        pdf = certificate._stored_pdf()
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertEqual(hashlib.sha256(pdf).hexdigest(), certificate.sha256)
        for values in (
            {"purpose": "Mortgage"},
            {"partner_id": self.developer.id},
            {"date_expiry": date(2030, 1, 1)},
            {"unit_id": self.second.id},
        ):
            with self.assertRaisesRegex(UserError, "does not change"):
                certificate.write(values)
        self.owner.name = "Another Name"
        self.assertEqual(certificate._stored_pdf(), pdf)
        with self.assertRaisesRegex(UserError, "on record"):
            certificate.sudo().unlink()

    def test_printing_gives_the_stored_one(self):
        certificate = self.issued()
        streams = self.env["ir.actions.report"]._render_qweb_pdf_prepare_streams(
            "property_fee_collection.action_report_certificate", {}, certificate.ids
        )
        content = streams[certificate.id]["stream"].getvalue()
        self.assertEqual(content, certificate._stored_pdf())
        action = certificate.action_open_pdf()
        self.assertIn(str(certificate.attachment_id.id), action["url"])
        with self.assertRaisesRegex(UserError, "draft"):
            self.make_certificate().action_open_pdf()

    def test_the_file_is_kept(self):
        attachment = self.issued().sudo().attachment_id
        for values in ({"raw": b"x"}, {"res_id": 1}, {"name": "x"}, {"public": True}):
            with self.assertRaisesRegex(UserError, "kept as it is"):
                attachment.write(values)
        with self.assertRaisesRegex(UserError, "kept as it is"):
            attachment.unlink()

    def test_damaged_file(self):
        certificate = self.issued()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE property_certificate SET sha256 = 'x' WHERE id = %s",
            [certificate.id],
        )
        certificate.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "not the one"):
            certificate.action_open_pdf()

    def test_cancel(self):
        certificate = self.issued()
        with self.assertRaisesRegex(UserError, "why"):
            certificate._cancel(" ")
        opened = certificate.action_cancel()
        self.env[opened["res_model"]].with_user(self.user_cs).create(
            {"certificate_id": certificate.id, "reason": "Wrong unit"}
        ).action_apply()
        self.assertEqual(
            (certificate.state, certificate.cancel_reason), ("cancelled", "Wrong unit")
        )
        # It stays, with its document.
        self.assertTrue(certificate._stored_pdf())
        with self.assertRaises(UserError):
            certificate.action_issue()

    def test_of_a_moment(self):
        moment = self.make_moment()
        opened = moment.action_certificate()
        certificate = moment.env["property.certificate"].create(
            {"moment_id": opened["context"]["default_moment_id"]}
        )
        self.assertEqual(certificate.unit_id, self.unit)
        self.assertEqual(certificate.partner_id, self.owner)
        self.assertEqual(moment.certificate_count, 1)
        with self.assertRaisesRegex(UserError, "unit of its moment"):
            certificate.unit_id = self.second

    def test_codes(self):
        """128 bits each, never the same, nobody chooses one."""
        codes = {self.make_certificate().token for _number in range(20)}
        self.assertEqual(len(codes), 20)
        for code in codes:
            self.assertRegex(code, "^[A-Z2-7]{26}$")
        chosen = (
            self.env["property.certificate"]
            .with_user(self.user_cs)
            .with_context(default_token="A" * 26, default_name="CERT-1")
            .create({"unit_id": self.unit.id})
        )
        self.assertNotEqual(chosen.token, "A" * 26)
        self.assertFalse(chosen.name)
        self.assertNotEqual(chosen.copy().token, chosen.token)

    def test_forged(self):
        certificate = self.make_certificate()
        for name, value in (
            ("name", "CERT-1"),
            ("token", "A" * 26),
            ("state", "issued"),
            ("sha256", "x"),
            ("paid_through", "2030-01-01"),
            ("issued_by", self.user_cs_head.id),
        ):
            with self.assertRaises(AccessError, msg=name):
                certificate.write({name: value})
            with self.assertRaises(AccessError, msg=name):
                self.make_certificate(**{name: value})

    def test_forbidden_users(self):
        certificate = self.issued()
        for user in (self.stranger, self.user_finance):
            with self.assertRaises(AccessError):
                self.make_certificate(user=user)
        with self.assertRaises(AccessError):
            certificate.with_user(self.stranger).read(["name"])
        with self.assertRaises(AccessError):
            self.make_certificate().with_user(self.user_finance).action_issue()
        with self.assertRaises(AccessError):
            self.env["property.certificate.cancel"].with_user(self.stranger).create(
                {"certificate_id": certificate.id, "reason": "x"}
            )
        # Those of the team look.
        self.assertEqual(
            certificate.with_user(self.user_finance).name, certificate.name
        )

    def test_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.owner.lang = "zh_TW"
        certificate = self.issued()
        self.assertEqual(certificate.lang, "zh_TW")
        self.assertTrue(certificate._stored_pdf().startswith(b"%PDF"))

    def test_other_users_of_the_community(self):
        """Whoever joins the team sees what was issued before."""
        certificate = self.issued()
        self.community.cs_user_ids = [Command.link(self.stranger.id)]
        self.assertEqual(certificate.with_user(self.stranger).state, "issued")
