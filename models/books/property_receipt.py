from odoo import api, fields, models
from odoo.exceptions import UserError

SEQUENCE = "property.receipt"
# What may be noted on a receipt; all the rest is its content.
NOT_CONTENT = frozenset(
    (
        "state",
        "void_reason",
        "voided_by",
        "voided_on",
        "voided_day",
        "attachment_id",
        "sha256",
        "copy_count",
        "printed_on",
        "handover_id",
        "message_ids",
        "message_follower_ids",
        "message_main_attachment_id",
        "activity_ids",
    )
)


class PropertyReceipt(models.Model):
    """A receipt 收據 (procedure, clause 4.1.6 and section 3): what a customer paid, in
    figures and in words, to whom, for what. It is made with the payment, never changes,
    and is voided only with a reason and the reversal of the payment."""

    _name = "property.receipt"
    _description = "Receipt"
    _inherit = [
        "property.guarded",
        "property.community.bound",
        "property.frozen.pdf",
        "mail.thread",
    ]
    _order = "date desc, id desc"
    _rec_names_search = ["name", "payer_name"]
    _mail_post_access = "read"

    name = fields.Char("Number", required=True, readonly=True, index="trigram")
    date = fields.Date(required=True, readonly=True, index=True)
    community_id = fields.Many2one(
        "property.community",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Payer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    payer_name = fields.Char("Name of the Payer", required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    method = fields.Char("Payment Method", readonly=True, help="The journal's name.")
    is_cash = fields.Boolean("Cash", readonly=True)
    user_id = fields.Many2one("res.users", "Cashier", required=True, readonly=True)
    line_ids = fields.One2many("property.receipt.line", "receipt_id", readonly=True)
    payment_ids = fields.One2many(
        "account.payment",
        "property_receipt_id",
        "Payments",
        readonly=True,
        groups="account.group_account_readonly,account.group_account_invoice",
    )
    handover_id = fields.Many2one(
        "property.cash.handover", readonly=True, copy=False, index="btree_not_null"
    )
    state = fields.Selection(
        [("issued", "Issued"), ("void", "Void")],
        default="issued",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    void_reason = fields.Char("Void Because", copy=False, tracking=True)
    voided_by = fields.Many2one("res.users", readonly=True, copy=False)
    voided_on = fields.Datetime(readonly=True, copy=False)
    lang = fields.Char(
        "Language", readonly=True, help="Of the customer: the paper is in it."
    )
    paper = fields.Selection(
        [("a5", "A5"), ("thermal", "Thermal paper, 80 mm")],
        default="a5",
        required=True,
        readonly=True,
    )
    voided_day = fields.Date("Void since", readonly=True, copy=False)
    printed_on = fields.Datetime("Original Printed", readonly=True, copy=False)
    copy_count = fields.Integer("Copies", readonly=True, copy=False)

    _name_uniq = models.UniqueIndex(
        "(company_id, name)", "This receipt number is taken."
    )

    @property
    def _guarded_fields(self):
        """No client makes or changes a receipt; a reason to void is all he may give."""
        return frozenset(self._fields) - {"void_reason", "message_follower_ids"}

    @api.model
    @api.private
    def _issue(self, payments, community, parts, memo=""):
        """The receipt of what was just taken; parts as in ``property.cashier``.

        :return: the receipt, its PDF stored
        """
        receipts = self.sudo().with_company(community.company_id)
        journal, day = payments.journal_id[:1], payments[:1].date
        partner = payments.partner_id[:1]
        receipt = receipts.create(
            {
                "name": receipts._next_number(community, day),
                "date": day,
                "community_id": community.id,
                "partner_id": partner.id,
                "payer_name": partner.name,
                "lang": partner.lang
                or community.company_id.partner_id.lang
                or self.env.lang,
                "paper": community.company_id.property_receipt_format,
                "currency_id": payments.currency_id[:1].id,
                "amount": sum(payments.mapped("amount")),
                "method": journal.name,
                "is_cash": journal.type == "cash",
                "user_id": self.env.uid,
            }
        )
        receipt._write_lines(parts, memo)
        payments.write(
            {
                "property_receipt_id": receipt.id,
                "property_community_id": community.id,
                "property_collector_id": self.env.uid,
            }
        )
        receipt._freeze()
        return receipt.with_env(self.env)

    @api.model
    def _next_number(self, community, day):
        """Numbers such as XLD-R2026-00012: without a gap, counted per company."""
        company = community.company_id
        sequences = self.env["ir.sequence"].sudo().with_company(company)
        sequence = sequences.search(
            [("code", "=", SEQUENCE), ("company_id", "=", company.id)], limit=1
        ) or sequences.create(
            {
                "name": f"{company.name}: receipts",
                "code": SEQUENCE,
                "prefix": "R%(range_year)s-",
                "padding": 5,
                "use_date_range": True,
                "implementation": "no_gap",
                "company_id": company.id,
            }
        )
        number = sequence.with_context(ir_sequence_date=day).next_by_id()
        return f"{community.code}-{number}"

    def _write_lines(self, parts, memo):
        """What was paid, line by line, as it reads today."""
        here = self.with_context(lang=self.lang)
        rows = [here._part_vals(move.sudo(), part) for move, part in parts if part]
        rest = self.currency_id.round(self.amount - sum(row["amount"] for row in rows))
        if not self.currency_id.is_zero(rest):
            rows.append({"name": memo or here.env._("On account"), "amount": rest})
        for sequence, row in enumerate(rows):
            row |= {"receipt_id": self.id, "sequence": sequence}
        self.env["property.receipt.line"].create(rows)

    def _part_vals(self, move, part):
        fees = move.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        names = [
            line.property_charge_id.fee_item_id.with_env(self.env).name
            or (line.name or "").split("\n")[0]
            for line in fees
        ]
        return {
            "move_id": move.id,
            "unit_id": move.property_unit_id.id,
            "move_name": move.name,
            "unit_name": move.property_unit_id.display_name or "",
            "period": move.property_period,
            "name": ", ".join(dict.fromkeys(filter(None, names)))[:200] or move.name,
            "amount": part,
        }

    def write(self, vals):
        if set(vals) - NOT_CONTENT:
            raise UserError(self.env._("A receipt is not changed. Void it instead."))
        if "void_reason" in vals and not self.env.su:
            self._check_may_void()
            for receipt in self.filtered(lambda row: row.state == "void"):
                raise UserError(
                    self.env._("%(name)s is void already.", name=receipt.name)
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Receipts stay on record; void the wrong one."))
