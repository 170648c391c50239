import re
import secrets

from odoo import api, models
from odoo.tools.misc import format_date

CODE = re.compile(r"[A-Z2-7]{26}")


class PropertyCertificate(models.Model):
    """What the public page says of a certificate: number, day, unit, kind and whether
    it holds. No name, no sum; and nothing at all to whoever has no valid code."""

    _inherit = "property.certificate"

    @api.model
    def _public_facts(self, code):
        """What may be said of the certificate with this code; None where there is none.

        Odoo counts no guesses here: the code has 128 bits, nobody guesses one.

        :param code: as scanned or typed; spaces and dashes do not count
        """
        code = re.sub(r"[\s-]+", "", code or "").upper()[: 2 * 26]
        if not CODE.fullmatch(code):
            return None
        # sudo: anybody who holds the paper may ask. Only what is returned gets out.
        found = self.sudo().search(
            [("token", "=", code), ("state", "!=", "draft")], limit=1
        )
        if not found or not secrets.compare_digest(found.token, code):
            return None
        state = "expired" if found.is_expired else "valid"
        return {
            "number": found.name,
            "date": format_date(self.env, found.date),
            "expiry": format_date(self.env, found.date_expiry),
            "unit": f"{found.community_id.name} {found.unit_id.display_name}",
            "kind": found.with_env(self.env).sudo()._kind_label(),
            "state": "cancelled" if found.state == "cancelled" else state,
        }
