import io

import openpyxl

from odoo.tests import HttpCase, tagged

from odoo.addons.property_fee_collection.wizards.estate.ledger_cells import (
    STATUSES,
    UNIT_TYPES,
    read_status,
    read_unit_type,
)
from odoo.addons.property_fee_collection.wizards.estate.ledger_headers import (
    find_columns,
)
from odoo.addons.property_fee_collection.wizards.estate.ledger_workbook import choices

from .ledger_common import LedgerCommon, unit_row, workbook

BASE = "/property_fee_collection/owner_ledger"


@tagged("post_install", "-at_install")
class TestLedgerDownloads(LedgerCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_cs.password = cls.user_finance.password = "ledger-secret"

    def sheet(self, path):
        response = self.url_open(f"{BASE}/{path}")
        self.assertEqual(response.status_code, 200)
        return openpyxl.load_workbook(io.BytesIO(response.content)).active

    def test_template_in_the_users_language(self):
        for lang, room in (("en_US", "Room"), ("zh_TW", "房號"), ("zh_CN", "房号")):
            with self.subTest(lang=lang):
                self.env["res.lang"]._activate_lang(lang)
                self.user_cs.lang = lang
                self.authenticate(self.user_cs.login, "ledger-secret")
                sheet = self.sheet("template")
                header = [cell.value for cell in sheet[1]]
                self.assertEqual(header[1], room)
                self.assertEqual(len(find_columns(header)), 14)
                self.assertEqual(sheet.max_row, 1)
                self.assertTrue(all(cell.comment for cell in sheet[1]))
                self.assertEqual(len(sheet.data_validations.dataValidation), 2)

    def test_offered_words_can_be_read_again(self):
        for lang in ("en_US", "zh_TW", "zh_CN"):
            self.assertEqual(
                [read_unit_type(word) for word in choices(UNIT_TYPES, lang)],
                list(UNIT_TYPES),
            )
            self.assertEqual(
                [read_status(word) for word in choices(STATUSES, lang)], list(STATUSES)
            )

    def test_messages(self):
        record = self.make_import(
            workbook(unit_row("1", area="待測"), unit_row("2", None)),
            user=self.user_cs,
        )
        record.action_preview()
        self.authenticate(self.user_cs.login, "ledger-secret")
        rows = list(self.sheet(f"{record.id}/messages").values)
        self.assertEqual([row[0] for row in rows], ["Row", 2, 3])
        self.assertEqual([row[1] for row in rows], ["Column", "area", "owner"])
        self.assertEqual([row[2] for row in rows], ["Severity", "Error", "Warning"])
        self.assertIn("area in m²", rows[1][3])

    def test_not_for_everybody(self):
        record = self.make_import(workbook(unit_row("1", None)), user=self.user_cs)
        record.action_preview()
        self.authenticate(self.user_finance.login, "ledger-secret")
        for path in ("template", f"{record.id}/messages"):
            self.assertEqual(self.url_open(f"{BASE}/{path}").status_code, 403)

    def test_what_is_not_there_or_not_theirs_is_not_found(self):
        elsewhere = self.make_community("Elsewhere", "ELS", cs_user_ids=False)
        elsewhere.write({"manager_id": False, "cs_head_id": False})
        foreign = self.make_import(
            workbook(unit_row("1", None)), community_id=elsewhere.id
        )
        self.authenticate(self.user_cs.login, "ledger-secret")
        for number in (foreign.id, 999999):
            path = f"{BASE}/{number}/messages"
            self.assertEqual(self.url_open(path).status_code, 404)
