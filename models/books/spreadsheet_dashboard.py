import re

from odoo import models
from odoo.tools.translate import code_translations

MODULE = "property_fee_collection"
TERM = re.compile(r'_t\("([^"]*)"\)')


class SpreadsheetDashboard(models.Model):
    _inherit = "spreadsheet.dashboard"

    def _get_sample_dashboard(self):
        """Odoo sends samples without saying whose terms they hold: the browser cannot
        translate them, so it is done here."""
        data = super()._get_sample_dashboard()
        if not data or self._get_dashboard_translation_namespace() != MODULE:
            return data
        terms = self._property_sample_terms()
        for sheet in data["sheets"]:
            for cell, text in sheet["cells"].items():
                sheet["cells"][cell] = TERM.sub(
                    lambda found: f'"{terms.get(found[1], found[1])}"', text
                )
            for figure in sheet["figures"]:
                for name in ("title", "baselineDescr"):
                    if words := figure["data"].get(name):
                        words["text"] = terms.get(words["text"], words["text"])
        return data

    def _property_sample_terms(self):
        """Term → translation of the module's terms in the user's language."""
        found = code_translations.get_web_translations(MODULE, self.env.lang or "en_US")
        return {each["id"]: each["string"] for each in found["messages"]}
