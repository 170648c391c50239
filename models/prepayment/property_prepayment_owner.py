from odoo import api, fields, models
from odoo.exceptions import UserError

from ..billing.payers import NOT_DELIVERED
from ..estate.dates import ONE_DAY

ACTIVITY = "property_fee_collection.activity_prepayment_owner"
# A transfer says itself what becomes of what was paid ahead.
SETTLED = "property_owner_settled"


class PropertyPrepayment(models.Model):
    """Who paid ahead does not own the unit any more: Finance decides whether the
    agreement ends or goes over."""

    _inherit = "property.prepayment"

    owner_id = fields.Many2one(related="unit_id.owner_id", string="Owner of the Unit")

    def action_carry_to_owner(self):
        """Let the unit's owner of today go on with the agreement, from today on.

        :raises AccessError: for other roles than Finance, the head of customer service
            and the manager
        :raises UserError: where the unit has no owner
        """
        self._check_may_end()
        for agreement in self:
            owner = agreement.unit_id.owner_id
            if not owner:
                raise UserError(
                    self.env._(
                        "%(unit)s has no owner.", unit=agreement.unit_id.display_name
                    )
                )
            agreement._carry(owner, agreement.community_id._property_today())
        return True

    @api.private
    def _cancel(self, last_day, rule=None, reason=""):
        result = super()._cancel(last_day, rule, reason)
        self._owner_decided()
        return result

    @api.private
    def _carry(self, partner, day):
        result = super()._carry(partner, day)
        self._owner_decided()
        return result

    def _owner_decided(self):
        # sudo: who decides need not be the one who was asked
        self.sudo().activity_unlink([ACTIVITY])

    def _ask_owner(self, texts):
        """Ask Finance once for each agreement; an open question says the new text.

        :param texts: {agreement: what has happened}
        """
        kind = self.env.ref(ACTIVITY)
        asked = self.activity_ids.filtered(lambda row: row.activity_type_id == kind)
        known = asked.grouped("res_id")
        for agreement, text in texts.items():
            if agreement.id in known:
                known[agreement.id].note = text
        self.env["mail.activity"].sudo().create(  # sudo: whoever keeps the units
            [
                agreement._owner_question(kind, text)
                for agreement, text in texts.items()
                if agreement.id not in known
            ]
        )

    def _owner_question(self, kind, text):
        community = self.community_id
        return {
            "activity_type_id": kind.id,
            "automated": True,
            "date_deadline": community._property_today(),
            "note": text,
            "res_id": self.id,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "summary": kind.summary,
            "user_id": community._finance_user().id,
        }

    @api.model
    def _running_of(self, units):
        """Agreements of units that run or are still to begin."""
        return self.sudo().search(  # sudo: whoever keeps the units
            [("unit_id", "in", units.ids), ("state", "=", "running")]
        )


class PropertyUnitTenure(models.Model):
    _inherit = "property.unit.tenure"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._ask_about_prepayments()
        return rows

    def write(self, vals):
        result = super().write(vals)
        if {"partner_id", "role", "unit_id"} & set(vals):
            self._ask_about_prepayments()
        return result

    def _ask_about_prepayments(self):
        """A unit has a new owner while one before him, or the developer, pays ahead."""
        if self.env.context.get(SETTLED):
            return
        # sudo: the history of the unit, whoever keeps it
        new = self.sudo().filtered(lambda row: row.role == "owner" and row._goes_on())
        agreements = self.env["property.prepayment"]._running_of(new.unit_id)
        if not agreements:
            return
        owners = new.grouped("unit_id")
        texts = {}
        for agreement in agreements:
            row = owners[agreement.unit_id].sorted("id")[-1:]
            if row._ends_paying_ahead(agreement):
                texts[agreement] = agreement.env._(
                    "%(unit)s has a new owner: end %(agreement)s or carry it over.",
                    unit=agreement.unit_id.display_name,
                    agreement=agreement.display_name,
                )
        agreements._ask_owner(texts)

    def _goes_on(self):
        return not self.date_to or self.date_to >= self.community_id._property_today()

    def _ends_paying_ahead(self, agreement):
        """Whether the payer is one whom this owner has come after."""
        if self.date_from and self.date_from > agreement.date_to:
            return False
        customer = self.partner_id.commercial_partner_id
        payer = agreement.partner_id.commercial_partner_id
        coming = agreement.carry_to_id.commercial_partner_id
        if customer in (payer, coming):
            return False
        return payer not in self._who_stays()

    def _who_stays(self):
        """Occupants of the owner's first day but for the owner before him."""
        day = self.date_from or self.community_id._property_today()
        rows = self.unit_id.tenure_ids
        before = rows._valid_on(day - ONE_DAY).filtered(lambda row: row.role == "owner")
        here = rows._valid_on(day).filtered(lambda row: row.role == "occupant")
        former = before.partner_id.commercial_partner_id
        return here.partner_id.commercial_partner_id - former


class PropertyUnit(models.Model):
    _inherit = "property.unit"

    def write(self, vals):
        result = super().write(vals)
        if {"handover_date", "occupancy_status"} & set(vals):
            self._ask_about_developer()
        return result

    def _ask_about_developer(self):
        """Units are handed over while the developer pays ahead for them."""
        agreements = self.env["property.prepayment"]._running_of(self)
        texts = {}
        for agreement in agreements:
            unit, payer = agreement.unit_id, agreement.partner_id.commercial_partner_id
            developer = unit.community_id.developer_id.commercial_partner_id
            owner = unit.owner_id.commercial_partner_id
            if payer == developer != owner and unit._handed_over_by(agreement.date_to):
                texts[agreement] = agreement.env._(
                    "%(unit)s is handed over: end %(agreement)s of the developer or "
                    "carry it over.",
                    unit=unit.display_name,
                    agreement=agreement.display_name,
                )
        agreements._ask_owner(texts)

    def _handed_over_by(self, day):
        if self.handover_date:
            return self.handover_date <= day
        return self.occupancy_status not in (False, *NOT_DELIVERED)
