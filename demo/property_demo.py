from odoo import Command, api, fields, models
from odoo.tools import date_utils

from . import stories

USERS = (
    ("cs", "林小雅", "group_cs"),
    ("cshead", "周明德", "group_cs_head"),
    ("finance", "許文靜", "group_finance"),
    ("manager", "趙國安", "group_manager"),
    ("company", "宋慧敏", "group_company"),
)
MODULE = "property_fee_collection"


class PropertyDemo(models.AbstractModel):
    """The demo data: two communities, three months of history with payments.

    Everything goes the way a user would go: ledger import, run, two signatures by two
    users, invoices, payments, notices, statements and what the collectors did. Months
    are counted back from today.
    """

    _name = "property.demo"
    _description = "Demo Data of Property Fees"

    @api.model
    def _load(self):
        if self.env["property.community"].search_count([("code", "=", "LSC")]):
            return
        # No mails to invented people, and no chatter about every step.
        self = self.with_context(no_reset_password=True, tracking_disable=True)
        company = self._company()
        users = self._users(company)
        languages = dict(self.env["res.lang"].get_installed())
        # Translations are loaded after the demo data, but the notices printed here
        # keep the language of their day.
        self.env["ir.module.module"]._load_module_terms([MODULE], list(languages))
        demo = self.with_context(
            allowed_company_ids=company.ids,
            lang="zh_TW" if "zh_TW" in languages else "en_US",
        ).with_company(company)
        items = demo._items(company)
        lakeside = demo._lakeside(company, users, items)
        cloudhill = demo._cloudhill(company, users, items)
        company.partner_id.lang = demo.env.lang
        demo._speak(lakeside, "zh_TW")
        demo._speak(cloudhill, "zh_CN")
        demo._sell(lakeside, cloudhill, users)
        for months_ago in (3, 2, 1):
            demo._month(lakeside, users, months_ago, stories.LAKESIDE_UNPAID)
            demo._month(cloudhill, users, months_ago, stories.CLOUDHILL_UNPAID)
            demo._after_month(lakeside, cloudhill, users, months_ago)
        demo._deliver(lakeside, users["cs"])
        demo._this_month(lakeside, users)
        demo._low_occupancy(lakeside, cloudhill, users)
        demo._books(lakeside, cloudhill, users)

    def _speak(self, community, lang):
        """Owners get their notices in Chinese where that language is installed."""
        if lang in dict(self.env["res.lang"].get_installed()):
            people = community.unit_ids.owner_id | community.developer_id
            people.lang = lang

    def _first(self, months_ago):
        return date_utils.subtract(
            fields.Date.context_today(self).replace(day=1), months=months_ago
        )

    def _company(self):
        currency = self.env.ref("base.CNY")
        currency.active = True
        company = self.env["res.company"].create(
            {
                "name": "悅安物業服務有限公司",
                "currency_id": currency.id,
                "country_id": self.env.ref("base.cn").id,
                "zip": "518000",
                "city": "南城市",
                "street": "文昌路 18 號",
                "phone": "0755-5550 1800",
                "email": "service@example.com",
                "logo": stories.logo(),
            }
        )
        company.partner_id.tz = "Asia/Shanghai"
        self.env.user.company_ids += company
        self.env.ref("base.user_admin").company_ids += company
        # try_loading() warns while modules are being installed, though it works.
        self.env["account.chart.template"]._load("generic_coa", company, False)
        # The chart of no country brings its own currency.
        company.currency_id = currency
        bank = self.env["res.bank"].create({"name": "城南商業銀行文昌支行"})
        self.env["res.partner.bank"].create(
            {
                "partner_id": company.partner_id.id,
                "acc_number": "6200 1800 5550 1234",
                "bank_id": bank.id,
                "allow_out_payment": True,
            }
        )
        return company

    def _users(self, company):
        made = {}
        for login, name, group in USERS:
            made[login] = self.env["res.users"].create(
                {
                    "name": name,
                    "login": f"{login}@example.com",
                    "email": f"{login}@example.com",
                    "password": login,
                    "tz": "Asia/Shanghai",
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [
                        Command.link(self.env.ref("base.group_user").id),
                        Command.link(self.env.ref(f"{MODULE}.{group}").id),
                    ],
                }
            )
        return made

    def _items(self, company):
        made = {}
        for code, names, basis, values in stories.ITEMS:
            product = self.env["product.product"].create(
                {
                    "name": names["en_US"],
                    "type": "service",
                    "taxes_id": [Command.clear()],
                    "supplier_taxes_id": [Command.clear()],
                    "company_id": company.id,
                }
            )
            made[code] = self.env["property.fee.item"].create(
                {
                    "name": names["en_US"],
                    "code": code,
                    "basis": basis,
                    "product_id": product.id,
                    "company_id": company.id,
                    **values,
                }
            )
            for lang, _name in self.env["res.lang"].get_installed():
                if lang in names:
                    product.with_context(lang=lang).name = names[lang]
                    made[code].with_context(lang=lang).name = names[lang]
        return made

    def _account(self, company, account_type):
        return self.env["account.account"].search(
            [
                ("company_ids", "in", company.ids),
                ("account_type", "=", account_type),
            ],
            limit=1,
        )

    def _community(self, company, users, values):
        developer = self.env["res.partner"].create(
            {"name": values.pop("developer"), "is_company": True}
        )
        return self.env["property.community"].create(
            {
                "company_id": company.id,
                "developer_id": developer.id,
                "manager_id": users["manager"].id,
                "cs_head_id": users["cshead"].id,
                "finance_user_id": users["finance"].id,
                "cs_user_ids": [Command.set(users["cs"].ids)],
                "partner_bank_id": company.partner_id.bank_ids[:1].id,
                **values,
            }
        )

    def _lakeside(self, company, users, items):
        """A settled community whose ledger was imported four months ago."""
        community = self._community(company, users, dict(stories.LAKESIDE))
        company.property_opening_account_id = self._account(company, "equity")
        company.property_advance_account_id = self._account(
            company, "liability_current"
        )
        as_of = date_utils.end_of(self._first(4), "month")
        imported = self.env["property.ledger.import"].create(
            {
                "file": stories.ledger_file(as_of),
                "filename": "湖畔名苑業主台賬.xlsx",
                "community_id": community.id,
                "as_of": as_of,
            }
        )
        imported.action_preview()
        imported.action_import()
        self._rates(community, items, stories.LAKESIDE_RATES)
        self._meters(community, items["EN"])
        return community

    def _rates(self, community, items, rates):
        self.env["property.fee.rate"].create(
            [
                {
                    "fee_item_id": items[code].id,
                    "community_id": community.id,
                    "price": price,
                    **values,
                }
                for code, price, values in rates
            ]
        )

    def _meters(self, community, item):
        """Shops have energy meters, read at the end of each month."""
        shops = community.unit_ids.filtered(lambda unit: unit.unit_type == "shop")
        meters = self.env["property.meter"].create(
            [
                {
                    "name": f"E-{unit.name}",
                    "unit_id": unit.id,
                    "fee_item_id": item.id,
                    "rollover_at": 100000,
                }
                for unit in shops
            ]
        )
        self.env["property.meter.reading"].create(
            [
                {
                    "meter_id": meter.id,
                    "date": date_utils.end_of(self._first(months_ago), "month"),
                    "value": 4000
                    + number * 700
                    + (5 - months_ago) * (180 + number * 35),
                }
                for number, meter in enumerate(meters)
                for months_ago in (4, 3, 2, 1)
            ]
        )

    def _cloudhill(self, company, users, items):
        """A remote community in phased handover: most units stand empty."""
        community = self._community(company, users, dict(stories.CLOUDHILL))
        buildings = {
            name: self.env["property.building"].create(
                {"name": name, "community_id": community.id}
            )
            for name in ("A座", "B座", "車位")
        }
        rows = list(stories.cloudhill_units(self._first(0)))
        owners = self.env["res.partner"].create(
            [
                {
                    "name": stories.person(row[0]),
                    "phone": stories.phone(row[0]),
                    "street": stories.address(row[0]) if row[0] % 3 else False,
                }
                for row in rows
            ]
        )
        units = self.env["property.unit"].create(
            [
                {
                    "name": room,
                    "building_id": buildings[building].id,
                    "floor_area": area,
                    "occupancy_status": status,
                    "handover_date": handover,
                    "owner_id": status != "unsold" and owner.id,
                }
                for (_n, building, room, area, status, handover), owner in zip(
                    rows, owners, strict=True
                )
            ]
        )
        self.env["property.unit"].create(
            [
                {
                    "name": f"P{number:02d}",
                    "building_id": buildings["車位"].id,
                    "unit_type": "parking",
                    "floor_area": 12.5,
                    "owner_id": unit.owner_id.id,
                }
                for number, unit in enumerate(
                    units.filtered(lambda u: u.occupancy_status == "owner_occupied"), 1
                )
            ]
        )
        self._rates(community, items, stories.CLOUDHILL_RATES)
        self._vacancies(units, users)
        self.env["property.shared.cost"].create(
            [
                {
                    "community_id": community.id,
                    "fee_item_id": items["SU"].id,
                    "period": self._first(months_ago),
                    "amount": 1860.4 + 37.35 * months_ago,
                }
                for months_ago in (3, 2, 1, 0)
            ]
        )
        return community

    def _vacancies(self, units, users):
        """One granted application and one that waits for a decision."""
        vacant = units.filtered(
            lambda unit: unit.occupancy_status == "delivered_vacant"
        )
        granted, _waiting = self.env["property.vacancy"].create(
            [
                {
                    "unit_id": unit.id,
                    "date_from": self._first(7),
                    "reason": "業主在外地工作，房屋空置",
                }
                for unit in vacant[:2]
            ]
        )
        granted.with_user(users["cshead"]).action_approve()

    def _run(self, community, months_ago):
        run = self.env["property.billing.run"].create(
            {"community_id": community.id, "period": self._first(months_ago)}
        )
        run.action_compute()
        return run

    def _month(self, community, users, months_ago, one_in):
        """Bill a month, deliver its notices and let most owners pay."""
        run = self._run(community, months_ago)
        today = fields.Date.context_today(self)
        if months_ago == 1:
            # Billed late, so that its notices still have time to be delivered.
            run.date_due = date_utils.add(today, days=10)
        run.exception_ids.reason = "已與業主核對"
        run.exception_ids.action_accept()
        run.with_user(users["cshead"]).action_sign_cs()
        run.with_user(users["finance"]).action_sign_finance()
        run.with_user(users["finance"]).action_create_invoices()
        if months_ago == 1:
            run.with_user(users["cs"]).action_issue_notices()
        paid = run.move_ids.filtered(
            lambda move: (move.partner_id.id + months_ago // 3) % one_in
        )
        if months_ago == 1 and community.code == "LSC":
            # These come to the counter, or their transfer stands in a bank's list.
            paid = paid[stories.LATER :]
        self._pay(paid, min(run.date_due, today))

    def _pay(self, moves, day, **values):
        journal = self.env["account.journal"].search(
            [
                ("type", "=", "bank"),
                *self.env["account.journal"]._check_company_domain(moves.company_id),
            ],
            limit=1,
        )
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=moves.ids
        ).create(
            {
                "payment_date": day,
                "journal_id": journal.id,
                "group_payment": False,
                **values,
            }
        ).action_create_payments()

    def _this_month(self, community, users):
        """The running month: one absurd reading to look at, one signature given."""
        meters = self.env["property.meter"].search(
            [("community_id", "=", community.id)]
        )
        for number, meter in enumerate(meters):
            self.env["property.meter.reading"].create(
                {
                    "meter_id": meter.id,
                    "date": self._first(0),
                    "value": meter.last_value + (160, 210, 2900, 190)[number % 4],
                }
            )
        self._run(community, 0)

    def _deliver(self, community, cs):
        """Some notices signed at the counter, some posted, the rest to deliver."""
        notices = self.env["property.notice"].search(
            [("community_id", "=", community.id), ("kind", "=", "payment")]
        )
        rows = []
        for number, notice in enumerate(notices):
            row = {"notice_id": notice.id, "user_id": cs.id}
            if number % 3 == 0:
                row |= {
                    "channel": "counter",
                    "outcome": "acknowledged",
                    "recipient": notice.partner_id.name,
                    "relation": "owner",
                    "signature": stories.SIGNATURE,
                }
            elif number % 7 == 1:
                row |= {"channel": "letter", "outcome": "posted"}
            else:
                continue
            rows.append(row)
        self.env["property.delivery"].create(rows)
