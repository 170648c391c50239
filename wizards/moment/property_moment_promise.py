from datetime import timedelta

from odoo import api, fields, models

DAYS = 7


class PropertyMomentPromise(models.TransientModel):
    """The customer promises at the desk to pay by a day."""

    _name = "property.moment.promise"
    _description = "Promise at the Desk"
    _inherit = ["property.moment.way"]

    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    date = fields.Date(
        "Promised by", compute="_compute_date", store=True, readonly=False
    )
    note = fields.Char("Remarks")

    @api.depends("moment_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.amount or wizard.moment_id.due_now

    @api.depends("moment_id")
    def _compute_date(self):
        for wizard in self:
            community = wizard.moment_id.community_id
            if community and not wizard.date:
                wizard.date = community._property_today() + timedelta(days=DAYS)

    def action_apply(self):
        """Note the promise on the customer's case, which is opened where there is none.

        :raises UserError: where nothing is overdue, for a day out of range, and when
            he has an open promise already
        """
        self.ensure_one()
        moment = self.moment_id
        moment._check_not_cancelled()
        case = moment._open_case()
        moment._log_contact("promised")
        self.env["property.promise"].create(
            {
                "case_id": case.id,
                "amount": self.amount,
                "date": self.date,
                "note": self.note,
            }
        )
        moment._settle("promised")
        return self._close()
