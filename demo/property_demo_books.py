from datetime import timedelta

from odoo import fields, models

from . import stories
from .past import as_if

# (code, name, type, at the counter)
JOURNALS = (
    ("TILL", "收費員現金", "cash", True),
    ("SAFE", "財務保險櫃", "cash", False),
    ("CARD", "刷卡", "bank", True),
    ("MPAY", "移動支付", "bank", True),
)
# (days ago, journal, share of what is open)
TAKINGS = (
    (9, "TILL", 1.0),
    (9, "TILL", 1.0),
    (8, "MPAY", 1.0),
    (4, "TILL", 1.0),
    (1, "CARD", 1.0),
    (0, "TILL", 0.5),
    (0, "MPAY", 1.0),
)


class PropertyDemo(models.AbstractModel):
    """What customer service took at the counter, and how far it came (clause 4.1.6)."""

    _inherit = "property.demo"

    def _books(self, lakeside, cloudhill, users):
        journals = self._counter_journals(lakeside.company_id)
        bills = self._open_bills(lakeside)
        for (days_ago, code, share), bill in zip(TAKINGS, bills, strict=False):
            with as_if(fields.Date.today() - timedelta(days=days_ago)):
                self._take(bill, journals[code], share, users["cs"])
            if days_ago == TAKINGS[0][0] and bill == bills[1]:
                self._hand_in(journals, users, days_ago - 1)
        self._transfers(bills[len(TAKINGS) :], users["finance"])
        for community in (lakeside, cloudhill):
            self._close_months(community, users)
        self.env["property.figure"].action_refresh()

    def _counter_journals(self, company):
        return {
            code: self.env["account.journal"].create(
                {
                    "name": name,
                    "code": code,
                    "type": kind,
                    "company_id": company.id,
                    "property_at_counter": at_counter,
                }
            )
            for code, name, kind, at_counter in JOURNALS
        }

    def _open_bills(self, community):
        """Of customers without a case, so that no story of a debtor changes."""
        moves = self.env["account.move"].search(
            [
                ("property_community_id", "=", community.id),
                ("move_type", "=", "out_invoice"),
                ("payment_state", "=", "not_paid"),
                ("property_prepayment_id", "=", False),
            ],
            order="id desc",
        )
        cases = self.env["property.collection.case"].search(
            [("community_id", "=", community.id)]
        )
        bills = moves.grouped("commercial_partner_id")
        return [
            bill for partner, bill in bills.items() if partner not in cases.partner_id
        ]

    def _take(self, bill, journal, share, user):
        counter = (
            self.env["property.counter"]
            .with_user(user)
            .create(
                {
                    "partner_id": bill.partner_id.id,
                    "community_id": bill.property_community_id.id,
                    "journal_id": journal.id,
                }
            )
        )
        counter.amount = counter.currency_id.round(
            share * sum(counter.line_ids.mapped("amount_residual"))
        )
        counter.action_spread()
        counter.action_take()

    def _hand_in(self, journals, users, days_ago):
        """Two yuan were missing; the manager let it pass."""
        with as_if(fields.Date.today() - timedelta(days=days_ago)):
            handovers = self.env["property.cash.handover"].with_user(users["cs"])
            handover = handovers.browse(handovers.action_prepare()["res_id"])
            handover.amount_declared = handover.amount_total
            handover.action_hand_over()
            counted = handover.with_user(users["finance"])
            counted.write(
                {
                    "journal_id": journals["SAFE"].id,
                    "amount_received": handover.amount_total - 2,
                    "difference_reason": "零錢找補不足",
                }
            )
            handover.with_user(users["manager"]).action_approve_difference()
            counted.action_confirm()

    def _transfers(self, bills, user):
        """A bank's list of this morning: notice number, room, name, and nothing."""
        yesterday = fields.Date.today() - timedelta(days=1)
        rows = [
            (yesterday, bill.partner_id.name, text, bill.amount_residual)
            for bill, text in zip(bills, self._words(bills), strict=False)
        ]
        rows.append((yesterday, "佳和物流有限公司", "貨款", 1280.0))
        bank = (
            self.env["property.bank.import"]
            .with_user(user)
            .create(
                {
                    "file": stories.bank_file(rows),
                    "filename": "城南商業銀行交易明細.xlsx",
                }
            )
        )
        bank.action_preview()
        bank.action_import()

    def _words(self, bills):
        units = [bill[:1].property_unit_id for bill in bills]
        notices = self.env["property.notice"].search(
            [
                ("partner_id", "in", [bill.partner_id.id for bill in bills]),
                ("kind", "=", "payment"),
            ]
        )
        numbers = {notice.partner_id: notice.name for notice in notices}
        yield numbers.get(bills[0].partner_id, "物業費")
        yield f"物業費 {units[1].building_id.name}{units[1].name}"
        yield f"{units[2].building_id.name[:1]}-{units[2].name} 物業費"
        yield "物業管理費"
        yield f"{units[4].name}室 十月物業費"

    def _close_months(self, community, users):
        """The older months are signed by both, last month by Finance."""
        closes = self.env["property.period.close"]
        both = ("finance", "cs")
        for months_ago, signers in ((3, both), (2, both), (1, ("finance",))):
            close = closes.create(
                {"community_id": community.id, "period": self._first(months_ago)}
            )
            close.action_compute()
            close.explanation = "期初台賬匯入"
            if "finance" in signers:
                close.with_user(users["finance"]).action_sign_finance()
            if "cs" in signers:
                close.with_user(users["cshead"]).action_sign_cs()
