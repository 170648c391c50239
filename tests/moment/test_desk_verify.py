"""The public page behind the code of a certificate."""

import re
import secrets

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from ...models.moment.property_certificate import new_token
from .test_desk_certificate import CertificateCommon

UNKNOWN = "There is no certificate with this code."


@tagged("post_install", "-at_install")
class TestDeskVerify(CertificateCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner.name = "Lin Needle"
        cls.company.name = "Haystack Services"
        cls.certificate = cls.issued(purpose="Mortgage at Needle Bank")

    def ask(self, code, **kwargs):
        return self.url_open(f"/property/verify/{code}", **kwargs)

    def assertState(self, page, state):
        words = {
            "valid": "Valid",
            "expired": "No longer valid",
            "cancelled": "Cancelled",
        }
        found = re.findall(r'class="state (\w+)">\s*([^<]*?)\s*<', page.text)
        self.assertEqual(found, [(state, words[state])])

    def test_valid(self):
        page = self.ask(self.certificate.token)
        self.assertEqual(page.status_code, 200)
        for text in (
            self.certificate.name,
            "Sunrise Garden 1 101",
            "Clearance certificate",
        ):
            self.assertIn(text, page.text)
        self.assertState(page, "valid")

    def test_neither_names_nor_sums(self):
        page = self.ask(self.certificate.token)
        for text in (
            "Lin Needle",
            "Needle Bank",
            "Haystack",
            self.user_cs.name,
            "0.00",
            self.certificate.sha256,
            str(self.certificate.partner_id.email or "no-mail"),
            "/web/content",
        ):
            self.assertNotIn(text, page.text)

    def test_not_for_search_engines(self):
        for page in (self.ask(self.certificate.token), self.ask("X"), self.ask("")):
            self.assertIn("noindex", page.headers["X-Robots-Tag"])
            self.assertIn("noindex", page.text)
            self.assertEqual(page.headers["Cache-Control"], "no-store")
            self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")

    def test_form(self):
        page = self.url_open("/property/verify")
        self.assertEqual(page.status_code, 200)
        self.assertIn("<form", page.text)
        self.assertNotIn(UNKNOWN, page.text)

    def test_typed_code(self):
        """As it stands on the paper: in fours, perhaps in small letters."""
        typed = self.certificate._grouped_code().lower()
        page = self.url_open("/property/verify", params={"access_token": typed})
        self.assertIn(self.certificate.name, page.text)

    def test_guesses_look_all_the_same(self):
        """A draft's code, an unknown one, one letter off, rubbish, SQL, a wildcard, a
        script, an empty word, the number of a certificate: one page, byte for byte."""
        draft = self.make_certificate()
        token = self.certificate.token
        off = ("A" if token[0] != "A" else "B") + token[1:]
        pages = [
            self.ask(code)
            for code in (
                draft.token,
                new_token(),
                off,
                token[:-1],
                token + "A",
                "x",
                "%25",
                "_" * 26,
                "' OR 1=1 --",
                "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                self.certificate.name,
                str(self.certificate.id),
                secrets.token_urlsafe(3000),
            )
        ]
        self.assertEqual({page.status_code for page in pages}, {404})
        self.assertEqual(len({page.text for page in pages}), 1)
        self.assertIn(UNKNOWN, pages[0].text)
        self.assertNotIn("alert(1)", pages[0].text)

    def test_cancelled(self):
        self.certificate._cancel("Wrong unit")
        page = self.ask(self.certificate.token)
        self.assertEqual(page.status_code, 200)
        self.assertState(page, "cancelled")
        self.assertNotIn("Wrong unit", page.text)

    def test_expired(self):
        with freeze_time("2026-01-05 04:00:00"):
            old = self.issued()
        # Valid to 4 February 2026, long ago for whoever asks now.
        self.assertState(self.ask(old.token), "expired")

    def test_last_day_counts(self):
        with freeze_time("2026-01-05 04:00:00"):
            old = self.issued()
        facts = self.env["property.certificate"]._public_facts
        with freeze_time("2026-02-04 04:00:00"):
            old.invalidate_recordset()
            self.assertEqual(facts(old.token)["state"], "valid")
        with freeze_time("2026-02-04 17:00:00"):  # 5 February in Taipei
            old.invalidate_recordset()
            self.assertEqual(facts(old.token)["state"], "expired")

    def test_script_in_a_name(self):
        self.unit.name = "<script>alert('unit')</script>"
        certificate = self.issued()
        page = self.ask(certificate.token)
        self.assertNotIn("<script>alert", page.text)
        self.assertIn("&lt;script&gt;", page.text)

    def test_another_company(self):
        """Each certificate is confirmed, and nothing of another one."""
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
        there = self.issued(unit=unit, user=self.env.user)
        page = self.ask(there.token)
        self.assertIn("Far 9 901", page.text)
        self.assertNotIn("Sunrise Garden", page.text)
        # Both are number one of their company.
        self.assertEqual(there.name, self.certificate.name)

    def test_same_for_everybody(self):
        """A user of another community, and one of this, see what a stranger sees."""
        as_stranger = self.ask(self.certificate.token).text
        for login in ("property_stranger", "property_cs"):
            self.authenticate(login, login)
            self.assertEqual(self.ask(self.certificate.token).text, as_stranger)

    def test_only_asked(self):
        """Nothing is written, and nothing else is answered."""
        answer = self.url_open(
            f"/property/verify/{self.certificate.token}", data={"x": "y"}
        )
        self.assertEqual(answer.status_code, 405)
