import inspect
import re
from pathlib import Path

from odoo import addons
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools.translate import translation_file_reader

from .legal_common import LegalCommon

MODULE = "property_fee_collection"
ROOT = Path(addons.__dict__[MODULE].__file__).parent
LANGS = ("en_US", "zh_TW", "zh_CN")
# Whatever ships and is read by a user, a customer or the server. Tests name what is
# forbidden, and dev/ ships with nothing.
SHIPPED = (
    "models",
    "views",
    "wizards",
    "report",
    "controllers",
    "data",
    "demo",
    "security",
    "static",
    "i18n",
)
TEXT = {".py", ".xml", ".csv", ".js", ".scss", ".html", ".po", ".pot", ".json"}
SUPPLY = r"(?:water|power|electricity|heat|heating|gas|supply|supplies)"
WAY = r"(?:doors?|lifts?|elevators?|gates?|barriers?|access cards?|entry|entrances?)"
STOP = (
    r"(?:cut|cuts|cutting|shut|shuts|shutting|stop|stops|stopping|disconnect\w*|"
    r"withhold\w*|interrupt\w*|throttl\w*)"
)
BAR = (
    r"(?:block|blocks|blocking|lock|locks|locking|bar|bars|barring|disabl\w*|"
    r"deactivat\w*|suspend\w*|revok\w*)"
)
SHAME = r"(?:publish\w*|expos\w*|display\w* publicly|post\w* publicly|announc\w*)"
FORBIDDEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{STOP}\b(?:\s+off)?(?:\s+\w+){{0,3}}?\s+{SUPPLY}\b",
        rf"\b{SUPPLY}\s+(?:cut|cuts|cut-?off|shut-?off|shutdown|outage)\b",
        rf"\b{BAR}\b(?:\s+\w+){{0,3}}?\s+{WAY}\b",
        r"\baccess[ -]cards?\b",
        rf"\b{SHAME}\b(?:\s+\w+){{0,4}}?\s+(?:names?|debtors?|defaulters?|rooms?)\b",
        r"\b(?:name and shame|wall of shame|list of debtors)\b",
        r"\bblacklist\w*(?:\s+\w+){0,3}?\s+(?:debtors?|owners?|customers?|tenants?)\b",
        "[停斷断限][水電电氣气暖熱热供]",
        "[門门]禁|梯控|[停禁限封鎖锁].{0,4}[電电]梯|[電电]梯.{0,4}(?:停[用卡權权]|[禁限封鎖锁卡])|[鎖锁][門门]|[門门][鎖锁]|道[閘闸]",
        "滯納金|滞纳金",
        "公示|曝光|公[佈布告][欄栏]|黑名[單单]|失信名[單单]",
    )
)
# What a document may say: that the module does none of it.
DENIAL = re.compile(r"\b(?:no|not|never|nobody|neither|nor|without)\b|不|無|无|沒|没")


def forbidden(text):
    """The forbidden measures that a text names."""
    flat = re.sub(r"\s+", " ", text or "")
    return [found.group() for rule in FORBIDDEN for found in rule.finditer(flat)]


class Lawful:
    """A walk that collects everything before it complains."""

    def assertLawful(self, texts):
        """:param texts: (where, text), any number"""
        found, count = [], 0
        for where, text in texts:
            count += 1
            found += [f"{where}: {words}" for words in forbidden(text)]
        self.assertFalse(found, "\n".join(found))
        # A walk that looked at nothing proves nothing.
        self.assertTrue(count)
        return count


@tagged("post_install", "-at_install")
class TestLawful(Lawful, TransactionCase):
    """Lines that may not be crossed (procedure, section 4): walked wherever a measure
    could stand, so that what is added later is walked as well."""

    def test_the_walk_finds_what_it_looks_for(self):
        for text in (
            "Cut off the water",
            "Cutting power of debtors",
            "disconnect the electricity supply",
            "Gas cut-off",
            "Block the door of the unit",
            "disable his access card",
            "Lock entrance",
            "Publish the names of debtors",
            "Blacklist all debtors",
            "停水通知",
            "停电",
            "暫停門禁卡",
            "限制乘坐电梯",
            "電梯停用",
            "滯納金",
            "欠費名單公示",
            "公告欄",
        ):
            self.assertTrue(forbidden(text), text)
        for text in (
            "Water meter",
            "power of attorney",
            "Stop reminders",
            "Late fee 違約金",
            "停止催繳",
            "A visit at the door",
            "Announce a hearing",
            "公攤水電",
            "電梯用電",
            # A lift out of order, of which an owner complains.
            "八月電梯停運九天",
            "phone.blacklist",
        ):
            self.assertFalse(forbidden(text), text)

    def test_files(self):
        def texts():
            for folder in SHIPPED:
                for path in sorted((ROOT / folder).rglob("*")):
                    if path.suffix in TEXT and "__pycache__" not in path.parts:
                        yield path.relative_to(ROOT), path.read_text("utf-8")

        self.assertGreater(self.assertLawful(texts()), 200)

    def test_documents_say_it_only_to_deny_it(self):
        for path in (*ROOT.glob("*.md"), *ROOT.glob("doc*/**/*.md")):
            for sentence in re.split(r"(?<=[.。;；])\s|\n\n", path.read_text("utf-8")):
                if forbidden(sentence):
                    self.assertRegex(sentence, DENIAL, path.name)

    def test_translations(self):
        """Each term in each language that ships."""

        def texts():
            for path in sorted((ROOT / "i18n").glob("*.po*")):
                with path.open("rb") as stream:
                    for row in translation_file_reader(stream, fileformat="po"):
                        yield path.name, row["src"]
                        yield path.name, row["value"]

        self.assertGreater(self.assertLawful(texts()), 1000)

    def test_models_and_fields(self):
        """Names, labels, helps and choices of all models, settings and wizards
        included, in each language."""

        def texts():
            for name, model in self.env.registry.items():
                own = {
                    key: field
                    for key, field in model._fields.items()
                    if MODULE in (field._modules or ())
                }
                if model._original_module == MODULE:
                    yield name, f"{name} {model._description}"
                for lang in LANGS:
                    here = self.env[name].with_context(lang=lang)
                    for key, field in own.items():
                        yield f"{name}.{key}", key
                        yield f"{name}.{key}", field._description_string(here.env)
                        yield f"{name}.{key}", field._description_help(here.env)
                        for choice in self.choices(field, here.env):
                            yield f"{name}.{key}", " ".join(choice)

        self.assertGreater(self.assertLawful(texts()), 1000)

    def choices(self, field, env):
        if field.type != "selection" or not isinstance(
            getattr(field, "selection", None), list
        ):
            return []
        return [map(str, pair) for pair in field._description_selection(env)]

    def test_records(self):
        """What came with the module, or was entered: screens, menus, actions, mails,
        steps, kinds of activities, in each language."""
        self.assertGreater(
            self.assertLawful(
                [
                    *self.of("ir.ui.view", "arch_db"),
                    *self.of("ir.ui.menu", "name"),
                    *self.of("ir.actions.act_window", "name", "help"),
                    *self.of("ir.actions.server", "name", "code"),
                    *self.of("ir.actions.report", "name"),
                    *self.of("ir.cron", "name", "code"),
                    *self.of("mail.template", "name", "subject", "body_html"),
                    *self.of("sms.template", "name", "body"),
                    *self.of("mail.activity.type", "name", "summary", "default_note"),
                    *self.of("mail.message.subtype", "name", "description"),
                    *self.every("property.collection.policy", "name", "note"),
                    *self.every("property.collection.step", "name"),
                ]
            ),
            500,
        )

    def of(self, model, *names):
        """Records of the module."""
        known = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", model)]
        )
        return self.texts_of(self.env[model].browse(known.mapped("res_id")), names)

    def every(self, model, *names):
        records = self.env[model].with_context(active_test=False).search([])
        return self.texts_of(records, names)

    def texts_of(self, records, names):
        return [
            (f"{record._name} {record.id}.{name}", str(record[name] or ""))
            for lang in LANGS
            for record in records.exists().with_context(lang=lang)
            for name in names
        ]

    def test_channels_are_those_of_the_procedure(self):
        """Another channel is a decision, not an accident."""
        for model, name, expected in (
            (
                "property.contact",
                "channel",
                "phone sms email letter message poster door workplace event counter",
            ),
            (
                "property.delivery",
                "channel",
                "door counter letter registered email portal sms",
            ),
            ("property.notice", "kind", "payment reminder demand final lawyer"),
            ("property.collection.step", "notice_kind", "demand final lawyer"),
        ):
            found = dict(self.env[model]._fields[name].selection)
            self.assertFalse(set(found) - set(expected.split()), model)

    def test_what_needs_a_decision_is_off(self):
        company = self.env["res.company"].create({"name": "New"})
        self.assertFalse(company.property_workplace_visits)
        self.assertFalse(company.property_late_fee)
        self.assertEqual(company.property_contact_cap, 3)
        self.assertEqual(
            (company.property_quiet_from, company.property_quiet_to), (22.0, 8.0)
        )

    def own_models(self):
        return [
            name
            for name, model in self.env.registry.items()
            if model._original_module == MODULE and not model._abstract
        ]

    def test_no_model_is_open_to_the_public(self):
        rows = self.env["ir.model.access"].search(
            [("model_id.model", "in", self.own_models()), ("perm_read", "=", True)]
        )
        self.assertTrue(rows)
        public = self.env.ref("base.group_public")
        portal = self.env.ref("base.group_portal")
        for row in rows:
            self.assertTrue(row.group_id, row.name)
            groups = row.group_id | row.group_id.all_implied_ids
            self.assertNotIn(public, groups, row.name)
            if portal in groups:
                self.assertLimited(row, portal)

    def assertLimited(self, row, group):
        """A customer reads what is his: a rule for his group says so."""
        rules = self.env["ir.rule"].search(
            [("model_id", "=", row.model_id.id), ("groups", "in", group.ids)]
        )
        self.assertTrue(rules, row.name)
        for rule in rules:
            self.assertIn("partner", rule.domain_force, rule.name)
        self.assertFalse(row.perm_write or row.perm_create or row.perm_unlink)

    def test_nothing_can_be_published(self):
        for name in self.own_models():
            fields = set(self.env[name]._fields)
            self.assertFalse(
                fields & {"website_published", "is_published", "website_url"}, name
            )
        pattern = re.compile(r"""["']public["']\s*:\s*True""")
        for path in (*(ROOT / "models").rglob("*.py"), *ROOT.glob("*/**/*.xml")):
            if "tests" not in path.parts:
                self.assertNotRegex(path.read_text("utf-8"), pattern, path.name)

    def test_a_poster_names_nobody(self):
        """Templates that hang on a wall know no customer, unit or amount."""
        posters = self.env["ir.ui.view"].search(
            [("type", "=", "qweb"), ("key", "like", f"{MODULE}.%poster%")]
        )
        personal = re.compile(
            r"partner|customer|owner|unit|room|amount|debt|case|notice_id|move"
        )
        for poster in posters:
            for _what, expression in re.findall(
                r't-(out|esc|foreach|att-\w+|attf-\w+)="([^"]*)"', poster.arch_db
            ):
                self.assertNotRegex(expression, personal, poster.key)

    def test_every_address_asks_who_is_there(self):
        """Routes of the module are for users; one for the public needs a token."""
        routes = list(own_routes(self.env))
        self.assertTrue(routes)
        for address, endpoint in routes:
            auth = endpoint.routing["auth"]
            if auth != "user":
                self.assertEqual(auth, "public", address)
                names = inspect.signature(endpoint.func).parameters
                self.assertIn("access_token", names, address)


def own_routes(env):
    """[(address, endpoint)] that this module serves."""
    http = env["ir.http"]
    for address, endpoint in http._generate_routing_rules([MODULE], {}):
        if endpoint.func.__module__.startswith(f"odoo.addons.{MODULE}."):
            yield address, endpoint


@tagged("post_install", "-at_install")
class TestNoPublicName(LegalCommon, HttpCase):
    """Every address of the module, asked by a stranger and by another customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner.name = "Lin Needle"
        cls.notice = cls.letter("demand", "2026-07-05")
        cls.neighbour = new_test_user(
            cls.env, login="lawful_portal", groups="base.group_portal"
        )

    def addresses(self):
        """Each address with the notice's number wherever it asks for one."""
        for address, endpoint in own_routes(self.env):
            methods = endpoint.routing.get("methods")
            if not methods or "GET" in methods:
                address = re.sub(r"<any\((\w+)[^>]*>", r"\1", address)
                yield re.sub(r"<[^>]+>", str(self.notice.id), address)

    def assertSilent(self):
        asked = 0
        for address in self.addresses():
            answer = self.url_open(address)
            asked += 1
            for word in ("Lin Needle", self.notice.name, "demand-2026"):
                self.assertNotIn(word, answer.text, address)
        self.assertTrue(asked)

    def test_a_stranger(self):
        self.authenticate(None, None)
        self.assertSilent()

    def test_another_customer(self):
        self.authenticate("lawful_portal", "lawful_portal")
        self.assertSilent()
