from datetime import timedelta

from odoo import fields, models
from odoo.tools import date_utils

from . import stories
from .past import as_if

WHY_EMPTY = ("remote", "second_home", "decoration", "for_sale", "to_let", "season")


class PropertyDemo(models.AbstractModel):
    """Where few live: who paid ahead, who is reminded and rung up, and who came to the
    desk because he wanted something (procedure, chapter 5)."""

    _inherit = "property.demo"

    def _sell(self, lakeside, cloudhill, users):
        """Offers taken three months ago, before those months were billed."""
        day, first = self._first(4) + timedelta(days=24), self._first(3)
        self._price_service(lakeside.company_id)
        settled = lakeside.unit_ids.filtered(
            lambda unit: (
                unit.unit_type == "residential"
                and unit.paid_through == unit.opening_through
            )
        )
        delivered = cloudhill.unit_ids.filtered(
            lambda unit: (
                unit.unit_type == "residential"
                and unit.handover_date
                and unit.handover_date <= day
            )
        )
        offers = [
            self.env.ref(f"property_fee_collection.offer_{name}")
            for name in ("year", "three_years", "service")
        ]
        year, three_years, service = offers
        sales = [
            *((unit, year) for unit in settled[4:7]),
            (settled[7], three_years),
            (settled[8], service),
            (settled[9], service),
            (delivered[0], three_years),
            (delivered[1], year),
            (delivered[2], service),
        ]
        with as_if(day):
            agreements = self._conclude(sales, first, users["cs"])
        moved, month = agreements[2], self._first(1)
        with as_if(month + timedelta(days=5)):
            moved._cancel(date_utils.end_of(month, "month"), reason="業主遷居外地")
        self._redeem(agreements[4].voucher_ids, users["cs"])

    def _price_service(self, company):
        product = self.env.ref("property_fee_collection.product_home_service")
        product = product.with_company(company)
        product.write({"standard_price": 95.0, "list_price": 180.0})

    def _conclude(self, sales, first, user):
        agreements = (
            self.env["property.prepayment"]
            .with_user(user)
            .create(
                [
                    {
                        "unit_id": unit.id,
                        "partner_id": unit.owner_id.id,
                        "offer_id": offer.id,
                        "date_from": first,
                    }
                    for unit, offer in sales
                ]
            )
        )
        agreements.action_confirm()
        agreements = agreements.with_env(self.env)
        # All but one pay at once.
        self._pay(agreements[:-1].move_id, fields.Date.today())
        return agreements

    def _redeem(self, vouchers, user):
        with as_if(self._first(2) + timedelta(days=9)):
            self.env["property.voucher.redeem"].with_user(user).create(
                {"voucher_id": vouchers.id, "signature": stories.SIGNATURE}
            ).action_redeem()

    def _low_occupancy(self, lakeside, cloudhill, users):
        """What the team finds on its desks this morning."""
        agreements = self.env["property.prepayment"]
        running = agreements.search([("state", "=", "running")])
        running._release()
        for community in lakeside | cloudhill:
            agreements._renew_in(community)
            community._open_verify_calls()
        self._say_why_empty(cloudhill)
        self._verify_some((lakeside | cloudhill).unit_ids.owner_id)
        campaigns = self.env["property.reminder.campaign"]
        for community, due in campaigns._due_dates().items():
            campaigns._open_due(community, due)
        self._desk(lakeside, users["cs"])
        self._handover(cloudhill, users["cs"])

    def _say_why_empty(self, community):
        vacant = community.unit_ids.filtered(
            lambda unit: unit.occupancy_status == "delivered_vacant"
        )
        for number, unit in enumerate(vacant):
            unit.vacancy_reason = WHY_EMPTY[number % len(WHY_EMPTY)]

    def _verify_some(self, owners):
        """Two of three were asked within the cycle; some by phone only."""
        day = self._first(2)
        for number, owner in enumerate(owners):
            if number % 3:
                owner.property_phone_verified = day
                owner.property_address_verified = bool(owner.street) and day

    def _desk(self, community, user):
        """A clearance certificate, a mortgage with a promise, a flat that is let and
        one that is to be sold."""
        moments = self.env["property.moment"].with_user(user)
        cases = self.env["property.collection.case"].search(
            [("community_id", "=", community.id), ("state", "=", "open")]
        )
        owing = cases.unit_ids
        clear = community.unit_ids.filtered(
            lambda unit: unit not in owing and unit.unit_type == "residential"
        ).sorted("sort_key", reverse=True)
        certificate = moments.create(
            {"kind": "certificate_request", "unit_id": clear[0].id}
        )
        self._certify(certificate)
        self._promise_at_desk(moments, cases)
        tenant, buyer = self.env["res.partner"].create(
            [
                {"name": "范思遠", "phone": stories.phone(301)},
                {"name": "龔佩雯", "phone": stories.phone(302)},
            ]
        )
        lease = moments.create(
            {
                "kind": "lease",
                "unit_id": clear[1].id,
                "tenant_id": tenant.id,
                "lease_from": fields.Date.today(),
                "tenant_pays": True,
            }
        )
        lease.action_complete()
        moments.create(
            {
                "kind": "transfer",
                "unit_id": clear[2].id,
                "buyer_id": buyer.id,
                "date_transfer": date_utils.add(fields.Date.today(), days=12),
            }
        )

    def _certify(self, moment):
        certificate = self.env["property.certificate"].with_user(moment.env.user)
        certificate.create(
            {
                "moment_id": moment.id,
                "unit_id": moment.unit_id.id,
                "partner_id": moment.partner_id.id,
                "purpose": "辦理公積金提取",
            }
        ).action_issue()
        moment.action_clear()

    def _promise_at_desk(self, moments, cases):
        case = cases.filtered(
            lambda case: (
                case.amount_overdue
                and not case.suspension
                and case.unit_ids.filtered(
                    lambda unit: unit.owner_id.commercial_partner_id == case.partner_id
                )
            )
        )[-1:]
        if not case:
            return
        moment = moments.create({"kind": "mortgage", "unit_id": case.unit_ids[:1].id})
        self.env["property.moment.promise"].with_user(moments.env.user).create(
            {"moment_id": moment.id}
        ).action_apply()

    def _handover(self, community, user):
        """Twelve flats are handed over with the developer, from yesterday on."""
        yesterday = fields.Date.today() - timedelta(days=1)
        with as_if(yesterday):
            batch = (
                self.env["property.handover.batch"]
                .with_user(user)
                .create(
                    {
                        "name": "二期首批集中交付",
                        "community_id": community.id,
                        "date_from": yesterday,
                        "date_to": yesterday + timedelta(days=2),
                        "weekends": True,
                        "counters": 1,
                        "slot_minutes": 60,
                    }
                )
            )
            select = self.env["property.handover.select"].with_user(user)
            select.create({"batch_id": batch.id}).action_add()
            batch.action_plan()
            batch.action_start()
            self._receive(batch.moment_ids.sorted("slot_start")[:4])

    def _receive(self, moments):
        """Those who came yesterday; the last one fetches his keys another day."""
        moments.action_arrived()
        moments.action_complete()
        moments[:3].document_ids.action_hand_out()
