from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from . import contact_rules as rules
from .property_visit import KINDS

MANAGER = "property_fee_collection.group_manager"


class PropertyContact(models.Model):
    """Whether a contact may take place (procedure, section 4). A refusal says why."""

    _inherit = "property.contact"

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create([self._name_visit(vals) for vals in vals_list])
        contacts._check_author()
        contacts._check_workplace()
        for contact in contacts:
            contact._check_when()
            contact._check_cap()
            contact.visit_id._made_by(contact)
        return contacts

    def _check_author(self):
        """:raises AccessError: for a contact in another's name"""
        if self.env.su or not self.user_id - self.env.user:
            return
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only managers record a contact of somebody else.")
            )

    def _check_when(self):
        """:raises UserError: for the future and for the quiet hours"""
        if self.date > fields.Datetime.now():
            raise UserError(self.env._("A contact cannot lie in the future."))
        if self.channel in rules.TIMED_CHANNELS:
            self.community_id._check_quiet(self.date)

    def _check_cap(self):
        """:raises UserError: for one contact too many within seven days"""
        if self.channel in rules.CAPPED_CHANNELS:
            community, company = self.community_id, self.company_id
            self.partner_id._property_check_cap(
                company,
                community._clock(self.date).date(),
                company._property_tz(community),
            )

    def _check_workplace(self):
        """:raises UserError: without the setting, or without an approved visit"""
        for contact in self:
            if contact.channel != "workplace":
                continue
            contact.company_id._check_workplace_visits()
            if not contact.visit_id:
                raise UserError(
                    self.env._(
                        "A visit at the workplace needs the manager's approval first. "
                        "Plan it and ask for it."
                    )
                )

    @api.model
    def _name_visit(self, vals):
        """The planned visit of which this contact tells; one plan is good for one."""
        if vals.get("channel") not in KINDS or vals.get("visit_id"):
            return vals
        case = self.env["property.collection.case"].browse(vals.get("case_id"))
        visits = case.visit_ids._ready().filtered(
            lambda visit: visit.kind == vals["channel"]
        )
        return {**vals, "visit_id": visits[:1].id}

    def _report_wrong_data(self):
        """Wrong numbers and addresses are verified anew (clause 5.2)."""
        wrong = self.filtered(lambda contact: contact.outcome == "wrong_number")
        for (channel, note), contacts in wrong.grouped(
            lambda contact: (contact.channel, contact.note or "")
        ).items():
            contacts.partner_id._property_contact_failed(channel, note)
