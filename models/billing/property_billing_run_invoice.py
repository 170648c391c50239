from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

DIRECT_UNITS = 200
BATCH_UNITS = 200


class PropertyBillingRun(models.Model):
    """From a signed run to posted invoices: one per unit and payer."""

    _inherit = "property.billing.run"

    invoice_user_id = fields.Many2one("res.users", readonly=True, copy=False)
    move_ids = fields.One2many("account.move", "property_run_id", "Invoices")
    invoice_count = fields.Integer(compute="_compute_invoice_progress")
    invoice_progress = fields.Float(
        compute="_compute_invoice_progress", help="Per cent of the charges invoiced."
    )
    invoice_error_count = fields.Integer(compute="_compute_invoice_progress")

    @api.depends("charge_ids.move_id", "charge_ids.invoice_error")
    def _compute_invoice_progress(self):
        figures = {
            run.id: rest
            for run, *rest in self.env["property.charge"]._read_group(
                [("run_id", "in", self.ids)],
                ["run_id"],
                [
                    "__count",
                    "move_id:count",
                    "move_id:count_distinct",
                    "invoice_error:count",
                ],
            )
        }
        for run in self:
            total, done, moves, errors = figures.get(run.id, (0, 0, 0, 0))
            run.invoice_count = moves
            run.invoice_progress = 100.0 * done / total if total else 0.0
            run.invoice_error_count = errors

    def action_create_invoices(self):
        """Invoice the signed charges: a few units at once, many in the background.

        Called again on a run that is being invoiced, it tries again what failed.

        :raises UserError: for a run without two valid signatures
        """
        self._check_may_invoice()
        signed = self.filtered(lambda run: run.state != "invoicing")
        signed._check_signed()
        # Read-only state and bookkeeping of a signed run.
        signed.sudo().write({"state": "invoicing", "invoice_user_id": self.env.uid})
        failed = self.charge_ids.filtered("invoice_error")
        failed.sudo().write({"invoice_error": False})
        if sum(self.mapped("unit_count")) <= self._parameter(
            "direct_units", DIRECT_UNITS
        ):
            for run in self:
                while run._invoice_batch(BATCH_UNITS):
                    continue
                run._finish_invoicing()
            return True
        self.env.ref("property_fee_collection.cron_invoice_runs")._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The invoices are being made in the background. You will be told "
                    "when they are ready."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_open_invoices(self):
        """Open the invoices of the run in the standard list."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_out_invoice"
        )
        action["domain"] = [("property_run_id", "in", self.ids)]
        action["context"] = {"default_move_type": "out_invoice"}
        return action

    def _check_may_invoice(self):
        self.check_access("write")
        if not self.env.user._has_property_role(
            "group_cs_head", "group_finance", "group_company"
        ):
            raise UserError(
                self.env._("Only Finance or the customer service head invoices a run.")
            )

    @api.model
    def _cron_invoice_runs(self):
        """Invoice the runs that are being invoiced, batch by batch.

        Each batch is a transaction that locks its run: several workers share the runs,
        a killed worker loses its batch only, and a second call finds nothing to do.
        """
        size = self._parameter("batch_units", BATCH_UNITS)
        todo = self.search([("state", "=", "invoicing")], order="id")
        for run in todo:
            seconds_left = 1
            while seconds_left and run.try_lock_for_update():
                done = run.state == "invoicing" and run._try_batch(size)
                if not done:
                    break
                seconds_left = self.env["ir.cron"]._commit_progress(
                    done, remaining=self._charges_to_invoice_count()
                )
            if not seconds_left:
                return
            if run.try_lock_for_update() and run.state == "invoicing":
                run._finish_invoicing()
                self.env["ir.cron"]._commit_progress()

    @api.model
    def _charges_to_invoice_count(self):
        return self.env["property.charge"].search_count(
            [
                ("run_id.state", "=", "invoicing"),
                ("move_id", "=", False),
                ("invoice_error", "=", False),
            ]
        )

    @api.model
    def _parameter(self, name, default):
        # Parameters are readable by the system only; this one is no secret.
        value = self.env["ir.config_parameter"].sudo()
        return int(value.get_param(f"property_fee_collection.{name}", default))

    def _invoice_batch(self, unit_limit):
        """Invoice the next ``unit_limit`` units.

        :return: number of charges dealt with, zero when none is left
        """
        self.ensure_one()
        charges = self._next_charges(unit_limit)
        groups = charges.grouped(lambda charge: (charge.unit_id, charge.partner_id))
        # CS heads have no accounting rights; the two signatures are the authority.
        run = self.sudo().with_company(self.company_id)
        moves, failures = run.env["property.invoice.writer"]._create_posted_or_report(
            run._invoice_vals(groups)
        )
        failed = dict(failures)
        made = iter(moves)
        for index, of_invoice in enumerate(groups.values()):
            if index in failed:
                of_invoice.sudo().invoice_error = failed[index]
            else:
                of_invoice.sudo().move_id = next(made)
        return len(charges)

    def _try_batch(self, unit_limit):
        """``_invoice_batch``; what stops the whole run is noted on its charges, so
        that the other runs go on and Finance sees it."""
        try:
            with self.env.cr.savepoint():
                return self._invoice_batch(unit_limit)
        except UserError as error:
            # sudo: bookkeeping of a signed run
            self.charge_ids.filtered(
                lambda charge: not charge.move_id
            ).sudo().invoice_error = str(error)
            return 0

    def _next_charges(self, unit_limit):
        domain = [
            ("run_id", "=", self.id),
            ("move_id", "=", False),
            ("invoice_error", "=", False),
        ]
        units = self.env["property.charge"]._read_group(
            domain, ["sort_key", "unit_id"], limit=unit_limit, order="sort_key, unit_id"
        )
        return self.env["property.charge"].search(
            [*domain, ("unit_id", "in", [unit.id for _key, unit in units])],
            order="sort_key, unit_id, partner_id, fee_item_id",
        )

    def _invoice_vals(self, groups):
        """Values of the invoices of charges grouped by unit and payer."""
        community = self.community_id
        journal = community._fee_journal
        if not journal:
            raise UserError(
                self.env._(
                    "%(company)s has no sales journal.", company=self.company_id.name
                )
            )
        common = {
            "move_type": "out_invoice",
            "journal_id": journal.id,
            "invoice_date": self.date_invoice,
            "invoice_origin": self.name,
            "property_community_id": community.id,
            "property_period": self.period,
            "property_run_id": self.id,
            "invoice_user_id": self.invoice_user_id.id,
        }
        if community.partner_bank_id:
            common["partner_bank_id"] = community.partner_bank_id.id
        if community.payment_term_id:
            common["invoice_payment_term_id"] = community.payment_term_id.id
        else:
            common["invoice_payment_term_id"] = False
            common["invoice_date_due"] = self.date_due
        return [
            {
                **common,
                "partner_id": partner.id,
                "property_unit_id": unit.id,
                "ref": unit.display_name,
                "invoice_line_ids": [
                    Command.create(charge._invoice_line_vals()) for charge in charges
                ],
            }
            for (unit, partner), charges in groups.items()
        ]

    def _finish_invoicing(self):
        """Close the run and tell its author; failures go to Finance."""
        self.ensure_one()
        if self.charge_ids.filtered(lambda charge: not charge.move_id)[:1]:
            self._report_failures()
            return
        self.sudo().state = "invoiced"
        # The unique index on open runs has to know before a later run is created.
        self.flush_recordset(["state"])
        self._tell_author(
            self.env._(
                "%(count)s invoices of %(run)s are posted.",
                count=self.invoice_count,
                run=self.name,
            )
        )

    def _report_failures(self):
        self._tell_author(
            self.env._(
                "%(count)s charges of %(run)s could not be invoiced. Each shows its "
                "reason; mend it and invoice again.",
                count=self.invoice_error_count,
                run=self.name,
            )
        )
        if not self.activity_ids.filtered("automated"):
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Charges that could not be invoiced"),
                user_id=(self.community_id.finance_user_id or self.invoice_user_id).id,
            )

    def _tell_author(self, text):
        self.message_notify(
            partner_ids=self.invoice_user_id.partner_id.ids,
            subject=self.name,
            body=text,
        )
        self.message_post(body=text)
