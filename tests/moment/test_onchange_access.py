from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..billing.common import MODULE
from .desk_common import DeskCommon

BOUND = "property.community.bound"
# Of each of these the setup makes at least one.
NAMED = {
    "account.move",
    "property.billing.run",
    "property.building",
    "property.call",
    "property.certificate",
    "property.collection.case",
    "property.community",
    "property.deposit",
    "property.fee.rate",
    "property.handover.batch",
    "property.meter",
    "property.moment",
    "property.notice",
    "property.plan",
    "property.prepayment",
    "property.prepayment.item",
    "property.reminder.campaign",
    "property.unit",
    "property.visit",
    "property.voucher",
}


@tagged("post_install", "-at_install")
class TestOnchangeAccess(DeskCommon):
    """A form never works out anything of a record that its user may not see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.newcomer = new_test_user(
            cls.env,
            login="property_newcomer",
            groups=f"base.group_user,{MODULE}.group_manager,{MODULE}.group_finance",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.make_one_of_each()
        cls.theirs = cls.make_unit(
            "701",
            building_id=cls.env["property.building"]
            .create({"name": "7", "community_id": cls.elsewhere.id})
            .id,
        )
        cls.elsewhere.write({"cs_user_ids": [Command.set(cls.stranger.ids)]})

    @classmethod
    def make_one_of_each(cls):
        cls.make_rate(2.8)
        here = {"community_id": cls.community.id}
        at_unit = {"unit_id": cls.unit.id}
        offer = cls.env["property.prepayment.offer"].create({"name": "12 → 1"})
        agreement = cls.env["property.prepayment"].create(
            {**at_unit, "offer_id": offer.id, "date_from": "2026-01-01"}
        )
        agreement.action_confirm()
        cls.make_invoice(cls.owner, 100, "2026-01-10", cls.unit)
        cls.open_cases()
        case = cls.case_of(cls.owner)
        moment = cls.make_moment()
        product = cls.fee.product_id
        water = cls.make_item("Water", "W", "meter")
        for model, values in (
            ("property.billing.run", {**here, "period": "2026-01-01"}),
            (
                "property.call",
                {**here, "partner_id": cls.owner.id, "date_due": "2026-01-01"},
            ),
            ("property.certificate", {**at_unit, "moment_id": moment.id}),
            ("property.deposit", {**at_unit, "amount": 1}),
            (
                "property.handover.batch",
                {
                    **here,
                    "name": "Hall",
                    "date_from": "2026-01-01",
                    "date_to": "2026-01-02",
                },
            ),
            ("property.meter", {**at_unit, "fee_item_id": water.id}),
            ("property.notice", {**here, "partner_id": cls.owner.id}),
            ("property.plan", {"case_id": case.id, "reason": "Illness"}),
            ("property.reminder.campaign", {**here, "date_due": "2026-01-10"}),
            ("property.visit", {"case_id": case.id, "date": "2026-01-20"}),
            (
                "property.voucher",
                {
                    "prepayment_id": agreement.id,
                    "product_id": product.id,
                    "date_expiry": "2026-12-31",
                },
            ),
        ):
            cls.env[model].sudo().create(values)

    def _foreign(self, comodel):
        """A record that the newcomer does not see, or none."""
        for record in self.env[comodel].sudo().search([], limit=20):
            if not record.with_user(self.newcomer).has_access("read"):
                return record
        return self.env[comodel]

    def _forms(self):
        """(model as the newcomer, field) of whatever he could fill in."""
        for name in sorted(self.env.registry):
            model = self.env[name].with_user(self.newcomer).browse()
            if (
                not model._abstract
                and issubclass(type(model), self.env.registry[BOUND])
                and model.has_access("create")
            ):
                for field in model._fields.values():
                    if field.relational and (
                        field.comodel_name.startswith("property.")
                        or field.comodel_name == "account.move"
                    ):
                        yield model, field

    def test_no_form_shows_what_belongs_to_others(self):
        tried = set()
        foreign = {}
        for model, field in self._forms():
            comodel = field.comodel_name
            if comodel not in foreign:
                foreign[comodel] = self._foreign(comodel)
            record = foreign[comodel]
            if not record:
                continue
            tried.add(comodel)
            value = record.id
            if field.type != "many2one":
                value = [Command.link(record.id)]
            key = f"default_{field.name}"
            with self.subTest(model=model._name, field=field.name):
                for names in ([], [field.name]):
                    with self.assertRaises(AccessError):
                        model.onchange({field.name: value}, names, {field.name: {}})
                with self.assertRaises(AccessError):
                    model.with_context(**{key: value}).onchange(
                        {}, [], {field.name: {}}
                    )
        self.assertFalse(NAMED - tried)

    def test_every_form_that_names_such_records_is_bound(self):
        """Those that a client cannot create need not be."""
        bound = self.env.registry[BOUND]
        loose = [
            name
            for name, model in self.env.registry.items()
            if name.startswith("property.")
            and model._transient
            and not issubclass(model, bound)
            and any(
                field.relational and field.comodel_name.startswith("property.")
                for field in model._fields.values()
            )
        ]
        self.assertEqual(loose, [])

    def test_lines_of_a_form(self):
        """In new lines and in changed ones."""
        form = self.env["property.prepayment.sell"].with_user(self.user_cs)
        mine = form.create({"unit_ids": [Command.set(self.second.ids)]}).line_ids
        own = {"unit_id": self.second.id}
        spec = {"line_ids": {"fields": {"unit_id": {"fields": {"display_name": {}}}}}}
        for values, refused in ((own, False), ({"unit_id": self.theirs.id}, True)):
            for command in (
                Command.create(values),
                [Command.CREATE, "virtual_1", values],
                Command.update(mine.id, values),
            ):
                rows = {"unit_ids": [], "line_ids": [command]}
                if refused:
                    with self.assertRaises(AccessError):
                        form.onchange(rows, ["line_ids"], spec)
                else:
                    self.assertIn("value", form.onchange(rows, ["line_ids"], spec))

    def test_what_a_record_names_already_is_no_news(self):
        """The community of the record went to another team after it was opened: its
        form still opens for whoever may change the record."""
        call = self.env["property.call"].create(
            {
                "partner_id": self.owner.id,
                "community_id": self.community.id,
                "unit_id": self.unit.id,
                "kind": "reminder",
                "date_due": "2026-01-01",
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE property_call SET unit_id = %s WHERE id = %s",
            (self.theirs.id, call.id),
        )
        call.invalidate_recordset()
        mine = call.with_user(self.user_cs)
        mine.onchange({"unit_id": self.theirs.id, "note": "x"}, ["note"], {"note": {}})
        with self.assertRaises(AccessError):
            mine.browse().onchange({"unit_id": self.theirs.id}, ["unit_id"], {})

    def test_one_look_however_many(self):
        """Creating fifty costs no more queries for the look than creating two."""
        calls = self.env["property.call"].with_user(self.user_cs)
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(52)]
        )
        values = [
            {
                "partner_id": partner.id,
                "community_id": self.community.id,
                "unit_id": self.unit.id,
                "date_due": "2026-01-01",
            }
            for partner in partners
        ]
        self.env.flush_all()

        def queries(rows):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            calls.browse()._check_seen(rows)
            return self.env.cr.sql_log_count - before

        queries(values[:1])
        self.assertEqual(queries(values[:2]), queries(values[2:]))
        self.assertEqual(len(calls.create(values)), 52)
