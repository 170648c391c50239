import hashlib
import io
import json
import subprocess
import tempfile
import zipfile
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import BaseCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.property_fee_collection.models.collection.evidence_files import (
    File,
    safe_name,
    unique,
    zipped,
)
from odoo.addons.property_fee_collection.models.collection.evidence_tables import (
    Table,
    workbook,
)

from .legal_common import LATE, LegalCommon

MODULE = "property_fee_collection"
LOGGER = "odoo.addons.property_fee_collection.models.collection.property_evidence_pack"


@tagged("post_install", "-at_install")
class TestEvidenceFiles(BaseCase):
    """Names, hashes, ZIP: no database."""

    def test_names(self):
        self.assertEqual(safe_name("03_bill", "INV/2026/0001"), "03_bill_INV_2026_0001")
        self.assertEqual(safe_name("..", "/etc/passwd"), "etc_passwd")
        self.assertEqual(safe_name("律師函 1.pdf"), "律師函_1.pdf")

    def test_two_of_one_name(self):
        files = unique([File("a.pdf", b"1", ""), File("a.pdf", b"2", "")])
        self.assertEqual([file.name for file in files], ["a.pdf", "a_2.pdf"])

    def test_the_manifest_and_the_same_twice(self):
        """The hash of "abc" is that of FIPS 180-2, appendix B.1."""
        files = [File("a.txt", b"abc", "")]
        content = zipped(files, datetime(2027, 2, 15, 12, 0))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.assertEqual(
                archive.read("SHA256SUMS.txt").decode(),
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
                "  a.txt\n",
            )
        self.assertEqual(content, zipped(files, datetime(2027, 2, 15, 12, 0)))

    def test_texts_are_no_formulas(self):
        content = workbook(
            [Table("A", ("Text", "Sum"), [("=1+1", 2.5)])], datetime(2027, 2, 15)
        )
        sheet = load_workbook(io.BytesIO(content)).active
        self.assertEqual((sheet["A2"].value, sheet["A2"].data_type), ("=1+1", "s"))
        self.assertEqual(sheet["B2"].value, 2.5)


@tagged("post_install", "-at_install")
class TestEvidencePack(LegalCommon):
    """The pack of the owner of 101; the owner of 102 owes as well and is in none of its
    files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner.name = "Lin Needle"
        cls.unit_102 = cls.make_unit("102", owner="Hale Haystack")
        cls.other = cls.unit_102.owner_id
        cls.other_bill = cls.make_invoice(cls.other, 777.77, "2026-01-10", cls.unit_102)
        with freeze_time("2026-07-05 04:00:00"):
            cls.pay(cls.january, 30.0, "2026-07-05")
            cls.pay(cls.other_bill, 77.77, "2026-07-05")
            cls.refresh()
            cls.final = cls.printed("final", cls.case)
            cls.deliver(cls.final, recipient="Lin Needle")
            cls.other_case = cls.case_of(cls.other)
            cls.deliver(cls.printed("final", cls.other_case))
            cls.env["property.contact"].create(
                [
                    {
                        "case_id": case.id,
                        "channel": "phone",
                        "outcome": "reached",
                        "note": note,
                    }
                    for case, note in (
                        (cls.case, "Will not pay"),
                        (cls.other_case, "Hay"),
                    )
                ]
            )
            cls.env["property.promise"].create(
                {"case_id": cls.case.id, "amount": 170.0, "date": "2026-07-10"}
            )

    def make(self, case=None, user=None):
        with freeze_time(LATE):
            self.refresh()
            (case or self.case).with_user(user or self.user_cs).action_evidence_pack()
        return self.env["property.evidence.pack"].search(
            [("case_id", "=", (case or self.case).id)], limit=1
        )

    def archive(self, pack):
        return zipfile.ZipFile(io.BytesIO(pack.sudo().attachment_id.raw))

    def texts(self, archive):
        """{file name: all text in it}"""
        texts = {}
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(".pdf"):
                reader = PdfReader(io.BytesIO(content))
                texts[name] = " ".join(page.extract_text() for page in reader.pages)
            elif name.endswith(".xlsx"):
                book = load_workbook(io.BytesIO(content))
                cells = [
                    [str(cell) for cell in row if cell is not None]
                    for sheet in book
                    for row in sheet.iter_rows(values_only=True)
                ]
                texts[name] = json.dumps(cells)
            elif name.endswith(".txt"):
                texts[name] = content.decode()
        return texts

    def test_every_file_is_what_the_manifest_says(self):
        pack = self.make()
        self.assertEqual((pack.state, pack.requested_by), ("done", self.user_cs))
        raw = pack.sudo().attachment_id.raw
        self.assertEqual(hashlib.sha256(raw).hexdigest(), pack.sha256)
        with self.archive(pack) as archive, tempfile.TemporaryDirectory() as folder:
            self.assertIsNone(archive.testzip())
            names = archive.namelist()
            lines = archive.read("SHA256SUMS.txt").decode().splitlines()
            listed = dict(reversed(line.split("  ", 1)) for line in lines)
            self.assertEqual(set(listed), set(names) - {"SHA256SUMS.txt"})
            self.assertEqual(pack.file_count, len(listed))
            for name, found in listed.items():
                self.assertEqual(
                    hashlib.sha256(archive.read(name)).hexdigest(), found, name
                )
            archive.extractall(folder)
            subprocess.run(
                ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS.txt"],
                cwd=folder,
                check=True,
            )

    def test_what_is_in_it(self):
        with self.archive(self.make()) as archive:
            names, texts = archive.namelist(), self.texts(archive)
            notice = archive.read(next(n for n in names if n.startswith("05_notice_")))
        self.assertEqual(names[0], "01_index.pdf")
        self.assertEqual(names[-1], "SHA256SUMS.txt")
        self.assertEqual(names[:-1], sorted(names[:-1], key=lambda name: name[:2]))
        for start in ("02_contract_basis", "03_bill", "04_payments", "05_notice_01"):
            self.assertTrue([n for n in names if n.startswith(start)], start)
        self.assertTrue([n for n in names if n.endswith("_signature.png")])
        # The frozen PDF itself, to the byte.
        self.assertEqual(hashlib.sha256(notice).hexdigest(), self.final.sha256)
        self.assertIn("2026-07-05", texts["04_payments.xlsx"])
        self.assertIn(self.january.name, texts["04_payments.xlsx"])
        self.assertIn('"30"', texts["04_payments.xlsx"])
        self.assertIn("Will not pay", texts["06_contacts.xlsx"])
        self.assertIn("2026-07-10", texts["07_agreements.xlsx"])
        # The promise of 5 July 2026 moved both charges.
        self.assertIn("2029-07-05", texts["09_limitation.xlsx"])
        self.assertIn(self.january.name, texts["02_contract_basis.pdf"])

    def test_the_index_lists_every_file_with_its_hash(self):
        with self.archive(self.make()) as archive:
            names = [n for n in archive.namelist() if n[:2] not in ("01", "SH")]
            index = "".join(self.texts(archive)["01_index.pdf"].split())
            for name in names:
                found = hashlib.sha256(archive.read(name)).hexdigest()
                self.assertIn(found, index, name)
                self.assertIn("".join(name.split()), index, name)
        self.assertIn("LinNeedle", index)
        self.assertIn("170.00", index)

    def test_nothing_of_another_customer(self):
        pack = self.make()
        with self.archive(pack) as archive:
            for name, text in self.texts(archive).items():
                flat = "".join(text.split())
                for word in ("Haystack", "777.77", "700.00", self.other_bill.name):
                    self.assertNotIn("".join(word.split()), flat, name)
                self.assertNotIn("Hay", text, name)
        with self.archive(self.make(self.other_case)) as archive:
            everything = " ".join(self.texts(archive).values())
        self.assertIn("Haystack", everything)
        self.assertNotIn("Needle", everything)

    def test_signed_statements_month_by_month(self):
        with freeze_time("2026-08-02 04:00:00"):
            statement = self.env["property.arrears.statement"].create(
                {"community_id": self.community.id, "period": "2026-07-01"}
            )
            statement.action_compute()
            with self.archive(self.make()) as archive:
                self.assertNotIn("08_roll_forward.xlsx", archive.namelist())
            statement.with_user(self.user_cs_head).action_sign()
        with self.archive(self.make()) as archive:
            text = self.texts(archive)["08_roll_forward.xlsx"]
        # Billed 200.00 before, received 30.00 on 5 July: 170.00 is left.
        self.assertIn('"170"', text)
        self.assertIn('"30"', text)

    def test_who_may_make_and_read_it(self):
        pack = self.make()
        file = pack.sudo().attachment_id
        stranger = new_test_user(
            self.env,
            login="pack_stranger",
            groups=f"base.group_user,{MODULE}.group_manager",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        plain = new_test_user(self.env, login="pack_plain", groups="base.group_user")
        portal = new_test_user(
            self.env, login="pack_portal", groups="base.group_portal"
        )
        portal.partner_id.parent_id = self.owner
        self.assertTrue(file.with_user(self.user_cs).raw)
        self.assertTrue(file.with_user(self.user_company).raw)
        for user in (stranger, plain, portal):
            with self.assertRaises(AccessError):
                file.with_user(user).read(["raw"])
            with self.assertRaises(AccessError):
                pack.with_user(user).read(["sha256"])
            with self.assertRaises(AccessError):
                self.case.with_user(user).action_evidence_pack()

    def test_it_is_kept_as_it_was_made(self):
        pack = self.make()
        with self.assertRaises(UserError):
            pack.sudo().attachment_id.write({"raw": b"other"})
        with self.assertRaises(UserError):
            pack.sudo().attachment_id.unlink()
        with self.assertRaises(UserError):
            pack.sudo().unlink()
        with self.assertRaises(AccessError):
            pack.with_user(self.user_company).write({"sha256": "0"})
        with self.assertRaises(AccessError):
            self.env["property.evidence.pack"].with_user(self.user_cs).create(
                {"case_id": self.case.id, "state": "done"}
            )

    def cron(self):
        with self.enter_registry_test_mode():
            self.env.ref(f"{MODULE}.cron_evidence_packs").method_direct_trigger()

    @freeze_time(LATE)
    def test_many_are_made_in_the_background(self):
        self.refresh()
        cases = self.case | self.other_case
        action = cases.with_user(self.user_cs).action_evidence_pack()
        packs = self.env["property.evidence.pack"].search(action["domain"])
        self.assertEqual(set(packs.mapped("state")), {"waiting"})
        packs_type = type(packs)
        plain = packs_type._make

        def fail(pack):
            if pack.case_id == self.other_case:
                raise ValueError("no paper")
            return plain(pack)

        with patch.object(packs_type, "_make", fail), mute_logger(LOGGER):
            self.cron()
        mine = packs.filtered(lambda pack: pack.case_id == self.case)
        failed = packs - mine
        self.assertEqual((mine.state, failed.state), ("done", "failed"))
        self.assertEqual(failed.error, "no paper")
        told = (
            self.env["mail.message"]
            .sudo()
            .search([("partner_ids", "in", self.user_cs.partner_id.ids)])
            .filtered(lambda message: "evidence packs are ready" in message.body)
        )
        self.assertEqual(len(told), 1)
        self.assertIn("1 evidence packs are ready, 1 failed", told.body)
        made = mine.attachment_id
        failed.with_user(self.user_cs).action_retry()
        self.cron()
        self.cron()
        self.assertEqual(failed.state, "done")
        self.assertEqual(mine.attachment_id, made)

    @freeze_time(LATE)
    def test_one_that_another_worker_holds_is_left_to_him(self):
        self.refresh()
        (self.case | self.other_case).with_user(self.user_cs).action_evidence_pack()
        packs = self.env["property.evidence.pack"].search([("state", "=", "waiting")])
        with (
            patch.object(
                type(packs), "try_lock_for_update", lambda rows, **_limit: rows.browse()
            ),
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: 60
            ),
        ):
            packs._cron_evidence_packs()
        self.assertEqual(set(packs.mapped("state")), {"waiting"})
