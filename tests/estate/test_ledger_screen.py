from odoo.tests import HttpCase, tagged

from .ledger_common import LedgerCommon, unit_row, workbook

ACTION = "/odoo/action-property_fee_collection.action_property_ledger_import"
# Confirm the import as a user does, and wait for the smart button of the units.
IMPORT = """
const wait = (selector) => new Promise((resolve) => {
    const look = () => {
        const found = document.querySelector(selector);
        found ? resolve(found) : setTimeout(look, 50);
    };
    look();
});
(async () => {
    (await wait(".o_form_statusbar button[name=action_import]")).click();
    (await wait(".modal footer .btn-primary")).click();
    await wait("button[name=action_open_units]");
    console.log("test successful");
})();
"""


@tagged("post_install", "-at_install")
class TestLedgerScreen(LedgerCommon, HttpCase):
    def test_from_preview_to_import_in_the_browser(self):
        record = self.make_import(
            workbook(unit_row("1", area="待測"), unit_row("2")), user=self.user_cs
        )
        record.action_preview()
        self.browser_js(
            f"{ACTION}/{record.id}",
            IMPORT,
            ready="!!document.querySelector('.o_form_view .alert-warning')",
            login=self.user_cs.login,
            timeout=120,
        )
        self.assertEqual(record.state, "done")
        self.assertTrue(self.unit("2"))
