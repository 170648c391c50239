from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...models.estate.property_contact_check import BY_SYSTEM, SOURCES
from ...models.estate.property_unit_vacancy import VACANCY_REASONS
from ...models.estate.res_partner_verify import BY_FORM, DATA, as_text, same

CHECKS = [("confirmed", "Right"), ("failed", "Wrong")]
# The name in the form, where it differs from that of the contact.
OWN = {"property_other_phones": "other_phones"}


class PropertyContactVerify(models.TransientModel):
    """Phone, e-mail and address as they are known: each one confirmed or corrected at a
    tap, and who said so (procedure, clause 5.2)."""

    _name = "property.contact.verify"
    _inherit = ["property.community.bound"]
    _description = "Verify Contact Data"
    _placing_fields = frozenset(("community_id", "call_id"))

    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    community_id = fields.Many2one(
        "property.community", required=True, ondelete="cascade"
    )
    call_id = fields.Many2one("property.call", ondelete="cascade")
    by_phone = fields.Boolean(
        "By Phone Just Now", help="Noted as a call: it counts for the weekly cap."
    )
    source = fields.Selection(
        [(name, label) for name, label in SOURCES if name not in BY_SYSTEM],
        "Who Said So",
    )
    phone = fields.Char(compute="_compute_data", store=True, readonly=False)
    phone_check = fields.Selection(CHECKS, "Phone Is")
    other_phones = fields.Char(compute="_compute_data", store=True, readonly=False)
    email = fields.Char("E-mail", compute="_compute_data", store=True, readonly=False)
    email_check = fields.Selection(CHECKS, "E-mail Is")
    street = fields.Char(compute="_compute_data", store=True, readonly=False)
    street2 = fields.Char(compute="_compute_data", store=True, readonly=False)
    city = fields.Char(compute="_compute_data", store=True, readonly=False)
    zip = fields.Char("ZIP", compute="_compute_data", store=True, readonly=False)
    address_check = fields.Selection(CHECKS, "Address Is")
    note = fields.Char()
    vacant_unit_ids = fields.Many2many(
        "property.unit", compute="_compute_vacant_unit_ids", string="Stand Empty"
    )
    vacancy_reason = fields.Selection(
        VACANCY_REASONS,
        "Why They Stand Empty",
        compute="_compute_vacancy_reason",
        store=True,
        readonly=False,
    )

    @api.constrains("partner_id", "community_id")
    def _check_belongs(self):
        for wizard in self:
            partner, place = wizard.partner_id, wizard.community_id
            # Of a company it may be the person to talk to.
            theirs = partner | partner.commercial_partner_id
            places = place.browse().union(*theirs._property_places().values())
            # sudo: what he once had is no secret of who works in the community.
            if place not in places | theirs.sudo().property_tenure_ids.community_id:
                raise ValidationError(
                    self.env._(
                        "%(customer)s has nothing to do with %(community)s.",
                        customer=partner.display_name,
                        community=place.display_name,
                    )
                )

    @api.depends("partner_id")
    def _compute_data(self):
        for wizard in self:
            for names, *_days in DATA.values():
                for name in names:
                    wizard[OWN.get(name, name)] = wizard.partner_id[name]

    @api.depends("partner_id", "community_id")
    def _compute_vacant_unit_ids(self):
        for wizard in self:
            wizard.vacant_unit_ids = self.env["property.unit"].search(
                [
                    ("owner_id", "=", wizard.partner_id.id),
                    ("community_id", "=", wizard.community_id.id),
                    ("occupancy_status", "=", "delivered_vacant"),
                ]
            )

    @api.depends("partner_id", "community_id")
    def _compute_vacancy_reason(self):
        for wizard in self:
            reasons = set(wizard.vacant_unit_ids.mapped("vacancy_reason"))
            wizard.vacancy_reason = reasons.pop() if len(reasons) == 1 else False

    def action_save(self):
        """Note what was confirmed, corrected or found to be wrong.

        :raises UserError: when nothing was, or nobody said so
        """
        self.ensure_one()
        rows = self._rows()
        known = self.vacancy_reason and any(
            unit.vacancy_reason != self.vacancy_reason for unit in self.vacant_unit_ids
        )
        if not rows and not known:
            raise UserError(
                self.env._(
                    "Confirm or correct something. If nothing could be found out, "
                    "choose Nothing New."
                )
            )
        if rows and not self.source:
            raise UserError(self.env._("Say who said so."))
        if known:
            self.vacant_unit_ids.vacancy_reason = self.vacancy_reason
        self._write_data(rows)
        return self._finish(rows)

    def action_nothing(self):
        """It was looked into, and nothing new came out: asked again in a month."""
        self.ensure_one()
        row = {"partner_id": self.partner_id.id, "result": "nothing"}
        return self._finish([row])

    def _rows(self):
        """What the history is to say."""
        rows = []
        for name, (names, *_days) in DATA.items():
            old = as_text(self.partner_id[field] for field in names)
            new = as_text(self[OWN.get(field, field)] for field in names)
            check = self[f"{name}_check"] if name != "other_phones" else None
            result = check if same(old, new) else "changed"
            if not result:
                continue
            if result == "confirmed" and not new:
                raise UserError(self.env._("What is missing cannot be confirmed."))
            rows.append(
                {
                    "partner_id": self.partner_id.id,
                    "field": name,
                    "old_value": old,
                    "new_value": False if result == "failed" else new,
                    "result": result,
                }
            )
        return rows

    def _write_data(self, rows):
        today = self.community_id._property_today()
        values = {}
        for row in rows:
            names, verified, failed = DATA[row["field"]]
            if row["result"] == "changed":
                values |= {name: self[OWN.get(name, name)] for name in names}
            if verified:
                holds = row["result"] != "failed" and row["new_value"]
                values |= {
                    verified: today if holds else False,
                    failed: today if row["result"] == "failed" else False,
                }
        if values:
            self.partner_id.with_context(property_contact_check=BY_FORM).write(values)

    def _finish(self, rows):
        """Write the history, note the call, and take the customer off the list."""
        for row in rows:
            row |= {
                "community_id": self.community_id.id,
                "source": self.source or "other",
                "note": self.note,
            }
        self.env["property.contact.check"]._add(rows)
        call = self.call_id
        if call and call.state == "open":
            if self.note:
                call.note = "\n".join(filter(None, [call.note, self.note]))
            if self.by_phone:
                call._record("reached")
            else:
                call.check_access("write")
                call._close("done")
        self.partner_id._property_verify_done()
        return {"type": "ir.actions.act_window_close"}
