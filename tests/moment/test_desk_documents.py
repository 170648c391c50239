from datetime import date

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..collection.test_lawful import MODULE, ROOT, own_routes
from .desk_common import DeskCommon

# What could make a release depend on money: none of it may stand at a button or field
# of a document.
MONEY = (
    "amount",
    "due",
    "outcome",
    "settled",
    "case",
    "promise",
    "plan",
    "state",
    "disputed",
    "credit",
    "arrears",
)
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJ"
    b"RU5ErkJggg=="
)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 04:00:00")
class TestDeskDocuments(DeskCommon):
    """What is the owner's is handed out, whatever he owes (procedure, section 4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Two years unpaid: a fortune.
        cls.make_invoice(cls.owner, 987654.32, "2024-01-10", cls.unit)
        cls.open_cases()

    def handover(self, kind="certificate_handover", **values):
        return self.make_moment(kind, **values)

    def assertHandsOut(self, moment):
        self.assertTrue(moment.document_ids)
        moment.document_ids.with_user(self.user_cs).action_hand_out()
        for document in moment.document_ids:
            self.assertEqual(document.released_on, date(2026, 3, 15))
            self.assertEqual(document.released_by, self.user_cs)
            self.assertEqual(document.recipient, self.owner.name)

    def test_usual_documents(self):
        self.assertEqual(
            self.handover("unit_handover").document_ids.mapped("name"),
            ["Keys", "Handover form", "Warranty certificate"],
        )
        self.assertEqual(
            self.handover().document_ids.mapped("name"), ["Property certificate"]
        )
        for kind in ("certificate_request", "lease", "transfer", "mortgage"):
            self.assertFalse(self.handover(kind).document_ids)

    def test_with_huge_arrears(self):
        moment = self.handover()
        self.assertEqual(moment.amount_due, 987654.32)
        self.assertHandsOut(moment)
        # The moment itself is as open as before.
        self.assertEqual(moment.state, "open")

    def test_declined(self):
        moment = self.handover()
        moment.action_decline()
        self.assertHandsOut(moment)

    def test_cancelled(self):
        moment = self.handover()
        moment._cancel("Entered twice")
        self.assertHandsOut(moment)

    def test_at_law_and_malicious(self):
        case = self.case_of(self.owner)
        case.sudo().write({"is_malicious": True, "malicious_reason": "Never pays"})
        self.env.flush_all()
        case.sudo().state = "legal"
        self.assertEqual(case.state, "legal")
        self.assertHandsOut(self.handover())

    def test_on_hold_promised_disputed(self):
        moment = self.handover()
        self.wizard(moment, "action_promise").action_apply()
        self.assertHandsOut(moment)

    def test_all_at_once(self):
        moment = self.handover("unit_handover")
        moment.action_hand_out()
        self.assertEqual((moment.document_count, moment.released_count), (3, 3))

    def test_twice_is_as_good_as_once(self):
        """The first day stays."""
        moment = self.handover()
        moment.action_hand_out()
        with freeze_time("2026-03-20 04:00:00"):
            moment.with_user(self.user_cs_head).action_hand_out()
        self.assertEqual(moment.document_ids.released_on, date(2026, 3, 15))
        self.assertEqual(moment.document_ids.released_by, self.user_cs)

    def test_signature_is_evidence(self):
        document = self.handover().document_ids
        document.write({"recipient": "His wife", "signature": PIXEL})
        document.action_hand_out()
        self.assertEqual(document.recipient, "His wife")
        with self.assertRaisesRegex(UserError, "on record"):
            document.recipient = "Somebody"
        with self.assertRaisesRegex(UserError, "on record"):
            document.unlink()

    def test_recipient_may_be_told_later(self):
        document = self.handover().document_ids
        document.action_hand_out()
        document.write({"recipient": "His wife", "signature": PIXEL})
        self.assertTrue(document.signature)

    def test_noted_by_mistake(self):
        document = self.handover().document_ids
        document.action_hand_out()
        with self.assertRaises(AccessError):
            document.action_not_handed_out()
        document.with_user(self.user_cs_head).action_not_handed_out()
        self.assertFalse(document.released_on)

    def test_day_and_user_are_not_forged(self):
        document = self.handover().document_ids
        for values in (
            {"released_on": "2026-01-01"},
            {"released_by": self.user_cs_head.id},
        ):
            with self.assertRaises(AccessError):
                document.write(values)
            with self.assertRaises(AccessError):
                document.create(
                    {"moment_id": document.moment_id.id, "name": "Keys", **values}
                )

    def test_no_button_depends_on_money(self):
        """In no view of the module does a button or field of a document, or anything
        around it, depend on an amount, an outcome, a case or a state."""
        views = self.env["ir.ui.view"].search(
            [("model", "in", ("property.moment", "property.moment.document"))]
        )
        views |= self.env["ir.ui.view"].search(
            [
                ("model", "like", "property.%"),
                ("arch_db", "like", "%action_hand_out%"),
            ]
        )
        seen = 0
        for view in views:
            arch = etree.fromstring(view.get_combined_arch())
            for node in self.of_documents(view, arch):
                seen += 1
                for around in (node, *node.iterancestors()):
                    self.assertFree(around, view)
        # List, cards, form and "all" at least.
        self.assertGreaterEqual(seen, 4)

    def of_documents(self, view, arch):
        """Buttons that hand out, and the fields of documents."""
        yield from arch.iter("{*}button")
        yield from arch.xpath("//field[@name='document_ids']")
        yield from arch.xpath("//field[@name='document_ids']//field")
        if view.model == "property.moment.document":
            yield from arch.iter("field")

    def assertFree(self, node, view):
        if node.tag == "button" and node.get("name") not in (
            "action_hand_out",
            "action_sign",
        ):
            return
        where = f"{view.name}: {node.tag} {node.get('name') or ''}"
        for attribute in (
            "invisible",
            "readonly",
            "required",
            "column_invisible",
            "domain",
        ):
            said = node.get(attribute) or ""
            for word in MONEY:
                self.assertNotIn(word, said, f"{where} {attribute}={said}")
        # A question that stops is a barrier, too.
        self.assertFalse(node.get("confirm"), where)

    def test_the_walk_finds_a_barrier(self):
        view = self.env.ref(f"{MODULE}.property_moment_view_form")
        for arch in (
            "<button name='action_hand_out' invisible='due_now &gt; 0'/>",
            "<button name='action_hand_out' confirm='Really?'/>",
            "<field name='released_on' readonly=\"state != 'done'\"/>",
            "<page invisible=\"outcome == 'declined'\"/>",
        ):
            with self.assertRaises(AssertionError):
                self.assertFree(etree.fromstring(arch), view)

    def test_no_rule_or_code_depends_on_money(self):
        """Neither the model of documents nor its rules ask what is owed."""
        source = (ROOT / "models/moment/property_moment_document.py").read_text("utf-8")
        self.assertNotRegex(
            source, r"\bamount|due_now|\boutcome|case_id|moment_id\.state"
        )
        model = self.env["ir.model"]._get("property.moment.document")
        for rule in self.env["ir.rule"].search([("model_id", "=", model.id)]):
            for word in MONEY:
                self.assertNotIn(word, rule.domain_force or "", rule.name)
        self.assertFalse(
            self.env["base.automation"].search_count([("model_id", "=", model.id)])
            if "base.automation" in self.env
            else 0
        )

    def test_nobody_is_told_that_something_is_kept_back(self):
        """No screen of the room says so."""
        for view in self.env["ir.ui.view"].search(
            [("model", "like", "property.moment%")]
        ):
            self.assertNotRegex(
                view.arch_db.lower(),
                "withh|kept back|keep back|only after payment|until .{0,20} paid",
            )

    def test_routes_know_of_no_condition(self):
        addresses = [address for address, _endpoint in own_routes(self.env)]
        self.assertFalse([one for one in addresses if "release" in one])
