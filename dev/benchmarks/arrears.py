"""Signed arrears statement with cases and draft notices, against OCA credit control."""

from odoo import fields
from odoo.fields import Command
from odoo.tools import SQL, date_utils

COUNT = 1_000
TIMES = 20
# Of the four invoices of a customer, months back from this one in which they fell due.
DUE = ((2, 2, 1, 1), (4, 3, 2, 1), (5, 4, 3, 2))
# Customers made by Odoo; the others are copies of their rows.
SEED = 250
TABLES = ("res_partner", "property_unit", "account_move", "account_move_line")
# Columns that name a row of these tables.
REFERS = {
    "id": None,
    "partner_id": "res_partner",
    "commercial_partner_id": "res_partner",
    "partner_shipping_id": "res_partner",
    "owner_id": "res_partner",
    "property_unit_id": "property_unit",
    "move_id": "account_move",
}


class Arrears:
    """Communities of customers with a unit and four open invoices each."""

    def __init__(self, env):
        self.env = env
        if not env.company.chart_template:
            env["account.chart.template"].try_loading(
                "generic_coa", env.company, install_demo=False
            )
        self.head = env["res.users"].create(
            {
                "name": "Head",
                "login": "bench_head",
                "group_ids": [
                    Command.link(env.ref("property_fee_collection.group_cs_head").id)
                ],
            }
        )
        self.staff = env["res.users"].create(
            [
                {
                    "name": f"Staff {n}",
                    "login": f"bench_staff_{n}",
                    "group_ids": [
                        Command.link(env.ref("property_fee_collection.group_cs").id)
                    ],
                }
                for n in range(3)
            ]
        )
        self.copies = 0
        self.community = self.place("A")
        self.today = self.community._property_today()
        self.units = self._units()
        moves = self._invoices()
        self.seed = {
            "res_partner": self.units.owner_id.ids,
            "property_unit": self.units.ids,
            "account_move": moves.ids,
            "account_move_line": moves.line_ids.ids,
        }
        self.multiply(self.community, COUNT // SEED - 1)

    def place(self, code):
        place = self.env["property.community"].create(
            {
                "name": f"Bench {code}",
                "code": f"BENCH{code}",
                "cs_head_id": self.head.id,
                "cs_user_ids": [Command.set(self.staff.ids)],
                "service_phone": "0755-5550 1800",
                "payment_place": "Service centre",
            }
        )
        self.env["property.building"].create({"name": "1", "community_id": place.id})
        return place

    def _units(self):
        building = self.community.building_ids
        owners = self.env["res.partner"].create(
            [{"name": f"Owner {n}"} for n in range(SEED)]
        )
        return self.env["property.unit"].create(
            [
                {"name": str(n), "building_id": building.id, "owner_id": owner.id}
                for n, owner in enumerate(owners)
            ]
        )

    def _invoices(self):
        domain = [("type", "=", "sale"), ("company_id", "=", self.env.company.id)]
        account = self.env["account.journal"].search(domain, limit=1).default_account_id
        product = self.env["product.product"].create(
            {"name": "Fee", "type": "service", "taxes_id": [Command.clear()]}
        )
        made = self.env["account.move"]
        for back in range(1, 6):
            # Numbering goes month by month, in a journal that is new.
            journal = self.env["account.journal"].create(
                {
                    "name": f"Bench {back}",
                    "code": f"BN{back}",
                    "type": "sale",
                    "default_account_id": account.id,
                }
            )
            drafts = self.env["property.invoice.writer"]._create_drafts(
                [
                    self._invoice(unit, number, back, journal, product)
                    for number, unit in enumerate(self.units)
                    for _one in range(DUE[number % len(DUE)].count(back))
                ]
            )
            self.inform_planner()
            drafts.action_post()
            made += drafts
        self.env.flush_all()
        return made

    def _invoice(self, unit, number, back, journal, product):
        month = date_utils.subtract(self.today.replace(day=1), months=back)
        return {
            "move_type": "out_invoice",
            "partner_id": unit.owner_id.id,
            "journal_id": journal.id,
            "property_community_id": self.community.id,
            "property_unit_id": unit.id,
            "property_period": month,
            "invoice_date": month,
            "invoice_date_due": month.replace(day=20),
            "invoice_payment_term_id": False,
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": product.id,
                        "name": f"Fee {month:%Y-%m}",
                        "quantity": 60 + number % 90,
                        "price_unit": 2.8,
                        "account_id": journal.default_account_id.id,
                    }
                )
            ],
        }

    def inform_planner(self):
        """Rows of a transaction are unknown to the planner until it is told."""
        self.env.flush_all()
        self.env.cr.execute("ANALYZE")

    def statement(self, community):
        """What the head of customer service does at the end of a month."""
        month = date_utils.subtract(self.today.replace(day=1), months=1)
        statement = (
            self.env["property.arrears.statement"]
            .with_user(self.head)
            .create({"community_id": community.id, "period": month})
        )
        statement.action_compute()
        statement.action_sign()
        return statement

    def check(self, statement, customers):
        """Both sides must do what is said: a line, a case and a notice for each."""
        statement = statement.sudo()
        notices = self.env["property.notice"].search(
            [("statement_id", "=", statement.id)]
        )
        found = len(statement.line_ids), len(statement.line_ids.case_id), len(notices)
        assert found == (customers,) * 3, found
        assert len(notices.line_ids) >= 4 * customers, len(notices.line_ids)

    def multiply(self, community, times):
        """TIMES as many customers more as Odoo made: rows as it wrote them, again and
        again under other ids."""
        for _time in range(times):
            self.copies += 1
            for table in TABLES:
                self._copy(table, community)
        self.env.invalidate_all()
        self.inform_planner()

    def _copy(self, table, community):
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s",
            [table],
        )
        columns = [name for (name,) in self.env.cr.fetchall()]
        values = [self._copied(table, name, community) for name in columns]
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s WHERE id = ANY(%s)",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL(", ").join(values),
                SQL.identifier(table),
                self.seed[table],
            )
        )

    def _copied(self, table, name, community):
        column = SQL.identifier(name)
        if name in REFERS:
            referred = REFERS[name] or table
            return SQL("%s + %s", column, self._distance(self.seed[referred]))
        if name in ("community_id", "property_community_id"):
            return SQL("%s", community.id)
        if name == "building_id":
            return SQL("%s", community.building_ids.id)
        if name == "name" and table in ("account_move", "property_unit"):
            return SQL("%s || %s", column, f"/{self.copies}")
        return SQL("NULL") if name == "access_token" else column

    def _distance(self, ids):
        """How far the ids of this copy are from those of the seed."""
        return 10**7 + self.copies * (max(ids) - min(ids) + 1)


class CreditControl:
    """OCA's run over all that is due: a line for each invoice, a communication for
    each customer and level."""

    def __init__(self, arrears):
        env = self.env = arrears.env
        self.today = arrears.today
        self.policy = env.ref("account_credit_control.credit_control_3_time")
        self.policy.account_ids = env["account.account"].search(
            [("account_type", "=", "asset_receivable")]
        )
        env.company.credit_policy_id = self.policy

    def run(self):
        run = self.env["credit.control.run"].create(
            {
                "date": fields.Date.to_string(self.today),
                "policy_ids": [Command.set(self.policy.ids)],
            }
        )
        run.generate_credit_lines()
        run.set_to_ready_lines()
        communications = self.env["credit.control.communication"]
        return communications._generate_comm_from_credit_lines(run.line_ids)


def run(bench):
    arrears = Arrears(bench.env)
    control = CreditControl(arrears)
    bench.once(lambda: arrears.check(arrears.statement(arrears.community), COUNT))

    yield bench.compare(
        f"statement, cases, draft notices: {COUNT:,} customers × 4 invoices",
        lambda: arrears.statement(arrears.community),
        "OCA credit control 19.0: lines and communications",
        control.run,
        rounds=3,
        at_least=10,
    )
    large = arrears.place("B")
    arrears.multiply(large, TIMES * COUNT // SEED)
    yield bench.compare(
        f"the same, {COUNT * TIMES:,} customers",
        lambda: arrears.statement(large),
        f"{COUNT:,} customers",
        lambda: arrears.statement(arrears.community),
        rounds=2,
        at_most=1.1 * TIMES,
    )
