from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..estate.texts import said

KINDS = ("door", "workplace")
MANAGER = "property_fee_collection.group_manager"
# What the manager approved: changed, it has to be approved again.
APPROVED = {"case_id", "kind", "date", "user_id", "address"}


class PropertyVisit(models.Model):
    """A visit that is planned (procedure, clause 5.4). One at the workplace takes place
    with the manager's approval only (section 4)."""

    _name = "property.visit"
    _description = "Visit"
    _inherit = [
        "property.guarded",
        "property.case.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = frozenset(("state", "approved_by", "requested_by"))
    _order = "date, id"
    _rec_name = "partner_id"
    _mail_post_access = "read"

    unit_id = fields.Many2one(related="case_id.unit_id")
    partner_phone = fields.Char(related="case_id.partner_phone")
    kind = fields.Selection(
        [("door", "At the door"), ("workplace", "At the workplace")],
        "Where",
        required=True,
        default="door",
        tracking=True,
    )
    date = fields.Datetime("When", required=True, index=True, tracking=True)
    user_id = fields.Many2one(
        "res.users",
        "By",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
    )
    address = fields.Char(
        compute="_compute_address", store=True, readonly=False, tracking=True
    )
    purpose = fields.Char()
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("to_approve", "To approve"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="planned",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    requested_by = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False, tracking=True
    )
    decision_reason = fields.Char(
        copy=False, tracking=True, help="Why the visit was approved or rejected."
    )
    contact_ids = fields.One2many("property.contact", "visit_id", "What Came of It")

    @api.depends("case_id", "kind")
    def _compute_address(self):
        for visit in self:
            if visit.kind == "door" and not visit.address:
                place = visit.case_id.unit_id or visit.case_id.partner_id
                visit.address = place.display_name or False

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        visits._check_plan()
        visits._ask()
        visits.case_id._remind_later()
        return visits

    def write(self, vals):
        changed = APPROVED.intersection(vals)
        if changed and any(visit.state in ("done", "cancelled") for visit in self):
            raise UserError(self.env._("This visit is over. Plan another one."))
        if "decision_reason" in vals and not self.env.su:
            self._check_manager()
        result = super().write(vals)
        if changed:
            self._check_plan()
            self._ask()
        return result

    def _check_plan(self):
        """:raises UserError: in the quiet hours, or for a workplace that is off limits
        or unknown"""
        for visit in self:
            visit.community_id._check_quiet(visit.date)
            if visit.kind == "workplace":
                visit.company_id._check_workplace_visits()
                if not said(visit.address):
                    raise UserError(self.env._("Say where the customer works."))

    def _check_manager(self):
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Managers decide on visits at the workplace."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Visits stay on record; cancel the wrong one."))
