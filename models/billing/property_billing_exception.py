from odoo import api, fields, models
from odoo.exceptions import UserError

from ..estate.texts import said


class PropertyBillingException(models.Model):
    """Something in a billing run that somebody has to mend or to accept."""

    _name = "property.billing.exception"
    _inherit = ["property.guarded", "property.community.bound"]
    _description = "Billing Exception"
    _order = "state desc, kind, sort_key, id"
    _rec_name = "message"

    run_id = fields.Many2one(
        "property.billing.run", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="run_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True)
    unit_id = fields.Many2one("property.unit", index=True, ondelete="cascade")
    sort_key = fields.Char(related="unit_id.sort_key", store=True)
    fee_item_id = fields.Many2one("property.fee.item", ondelete="cascade")
    meter_id = fields.Many2one("property.meter", ondelete="set null")
    kind = fields.Selection(
        [
            ("no_rate", "No rate"),
            ("no_owner", "No owner"),
            ("no_area", "No floor area"),
            ("no_reading", "No reading"),
            ("backwards", "Reading goes backwards"),
            ("absurd_usage", "Absurd usage"),
            ("no_weight", "Nobody to share the cost"),
            ("billed_otherwise", "Charged to somebody else"),
            ("billed_partly", "Charged in part"),
            ("shared_billed", "Cost shared already"),
        ],
        required=True,
    )
    message = fields.Char(required=True)
    state = fields.Selection(
        [("open", "Open"), ("accepted", "Accepted")], default="open", required=True
    )
    reason = fields.Char("Reason for Accepting")
    accepted_by = fields.Many2one("res.users", readonly=True)
    accepted_on = fields.Datetime(readonly=True)

    _once = models.UniqueIndex(
        "(run_id, unit_id, fee_item_id, kind) NULLS NOT DISTINCT",
        "This exception is already listed.",
    )

    # All but the reason: the engine finds exceptions, the buttons accept them.
    _guarded_fields = frozenset(
        (
            "run_id",
            "unit_id",
            "fee_item_id",
            "meter_id",
            "kind",
            "message",
            "state",
            "accepted_by",
            "accepted_on",
        )
    )

    def write(self, vals):
        if not self.env.su and "accepted" in self.mapped("state"):
            raise UserError(
                self.env._(
                    "This exception is accepted. Reopen it to change the reason."
                )
            )
        return super().write(vals)

    def action_accept(self):
        """Let the exceptions stand as they are; each needs its reason.

        :raises UserError: for an exception without a reason
        """
        missing = self.filtered(lambda row: not said(row.reason))
        if missing:
            raise UserError(
                self.env._(
                    "Say why it may stand: %(message)s", message=missing[0].message
                )
            )
        self.check_access("write")
        self.run_id._check_open()
        # sudo: state and accepter are guarded, this is the one way to them
        self.sudo().write(
            {
                "state": "accepted",
                "accepted_by": self.env.uid,
                "accepted_on": fields.Datetime.now(),
            }
        )

    def action_reopen(self):
        """Take an acceptance back; signatures given upon it are void."""
        self.check_access("write")
        self.run_id._check_open()
        # sudo: as for accepting
        self.sudo().write({"state": "open", "accepted_by": False, "accepted_on": False})
        for run in self.run_id:
            if run.cs_signed_by or run.finance_signed_by:
                run._void_signatures(
                    self.env._("An exception was opened again: signatures are void.")
                )

    def action_open_cause(self):
        """Open the record where the exception can be mended."""
        self.ensure_one()
        return (self.meter_id or self.unit_id or self.fee_item_id).get_formview_action()

    @api.model
    def _replace(self, run, found):
        """Make ``found`` the exceptions of ``run``; what was accepted in the same words
        stays accepted, for it was looked at.

        :param found: list of values without run_id
        """
        # sudo: found by the engine; nobody creates or deletes an exception by hand
        self, run = self.sudo(), run.sudo()
        accepted = {
            (row.unit_id.id, row.fee_item_id.id, row.kind, row.message): row
            for row in run.exception_ids
            if row.state == "accepted"
        }
        kept, new = self.browse(), []
        for vals in found:
            key = (
                vals.get("unit_id") or False,
                vals.get("fee_item_id") or False,
                vals["kind"],
                vals["message"],
            )
            if key in accepted:
                kept += accepted[key]
            else:
                new.append({**vals, "run_id": run.id})
        (run.exception_ids - kept).unlink()
        self.create(new)
