from odoo import models
from odoo.fields import Domain
from odoo.tools.misc import format_date


class PropertyEvidencePack(models.Model):
    """The facts of one customer in one community, and of nobody else."""

    _inherit = "property.evidence.pack"

    def _charges(self):
        """What is claimed: the charges of the legal case, else all that is due."""
        moves = self.legal_case_id.move_ids
        if not moves:
            case = self.case_id
            day = self.community_id._property_today()
            items = case._open_items()[case]
            moves = self.env["account.move"].browse(
                dict.fromkeys(
                    item.move_id
                    for item in items
                    if item.residual > 0 and item.date_due < day
                )
            )
        return moves.sorted(lambda move: (move.invoice_date_due or move.date, move.id))

    def _notices(self):
        """All that went out to the customer in the community; payment notices too."""
        notices = self.env["property.notice"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("community_id", "=", self.community_id.id),
                ("attachment_id", "!=", False),
                ("state", "!=", "cancelled"),
            ],
            order="date_issued, id",
        )
        asked = self._charges()
        return notices.filtered(
            lambda notice: notice.kind != "payment" or notice.move_ids & asked
        )

    def _index_facts(self, moment):
        case, legal = self.case_id, self.legal_case_id
        day = format_date(self.env, moment.date())
        facts = case._report_facts()
        if legal:
            facts += [
                (self.env._("Court"), legal.court),
                (self.env._("Docket"), legal.docket),
                (
                    self.env._("Claimed"),
                    legal.currency_id.format(legal.amount_claimed),
                ),
                (self.env._("Lawyer"), legal.lawyer_id.display_name),
            ]
        return {
            "case": case,
            "facts": [(label, text) for label, text in facts if text],
            "moment": f"{day} {moment:%H:%M}",
            "requested_by": self.requested_by.name,
        }

    def _basis_facts(self):
        units = self._units()
        charges = self._charges()
        lines = charges.invoice_line_ids.filtered("property_charge_id")
        return {
            "basis": self.community_id._contract_basis(),
            "units": [self._unit_facts(unit) for unit in units],
            "rates": self._rates(lines.property_charge_id),
            "charges": [
                (
                    move.name,
                    move.property_unit_id.display_name or "",
                    format_date(self.env, move.property_period, date_format="yyyy-MM")
                    if move.property_period
                    else "",
                    format_date(self.env, move.invoice_date_due or move.date),
                    move.currency_id.format(move.amount_total),
                    move.currency_id.format(move.amount_residual),
                )
                for move in charges
            ],
        }

    def _bill_facts(self, moves):
        return [
            {
                "name": move.name,
                "customer": move.partner_id.display_name,
                "unit": move.property_unit_id.display_name or "",
                "date": self._day(move.invoice_date or move.date),
                "due": self._day(move.invoice_date_due),
                "lines": [
                    (
                        line.name or line.product_id.name or "",
                        f"{line.quantity:g}",
                        f"{line.price_unit:g}",
                        line.currency_id.format(line.price_total),
                    )
                    for line in move.invoice_line_ids
                    if line.display_type == "product"
                ],
                "total": move.currency_id.format(move.amount_total),
                "open": move.currency_id.format(move.amount_residual),
            }
            for move in moves
        ]

    def _units(self):
        units = self._charges().property_unit_id | self.case_id.unit_ids
        return units.sorted("sort_key")

    def _unit_facts(self, unit):
        tenures = unit.tenure_ids.filtered(
            lambda row: row.partner_id.commercial_partner_id == self.partner_id
        )
        return (
            unit.display_name,
            f"{unit.floor_area:g} m²",
            ", ".join(
                f"{self._label(row, 'role')} {self._day(row.date_from)} – "
                f"{self._day(row.date_to)}"
                for row in tenures.sorted(lambda row: str(row.date_from or ""))
            ),
        )

    def _day(self, day):
        return format_date(self.env, day) if day else "…"

    def _rates(self, charges):
        """Each price that was charged, from the first to the last month."""
        rows = self.env["property.charge"]._read_group(
            [("id", "in", charges.ids)],
            ["fee_item_id", "price_unit"],
            ["period:min", "period:max"],
        )
        return [
            (
                item.name,
                f"{price:g}",
                format_date(self.env, first),
                format_date(self.env, last),
            )
            for item, price, first, last in rows
        ]

    def _payments(self):
        """[(line of money or credit, charge it is matched with, amount)]; what is
        matched with nothing stands with an empty charge."""
        mine = Domain("partner_id.commercial_partner_id", "=", self.partner_id.id)
        here = Domain("move_id.property_community_id", "=", self.community_id.id)
        lines = self.env["account.move.line"]
        receivable = Domain("account_type", "=", "asset_receivable") & Domain(
            "parent_state", "=", "posted"
        )
        debits = lines.search(mine & here & receivable & Domain("balance", ">", 0))
        rows = [
            (partial.credit_move_id, partial.debit_move_id.move_id, partial.amount)
            for partial in debits.matched_credit_ids
        ]
        nowhere = Domain("move_id.property_community_id", "=", False)
        company = Domain("company_id", "=", self.company_id.id)
        loose = lines.search(
            mine & receivable & company & (here | nowhere)
            & Domain("amount_residual", "<", 0)
        )  # fmt: skip
        none = self.env["account.move"]
        rows += [(line, none, -line.amount_residual) for line in loose]
        return sorted(rows, key=lambda row: (row[0].date, row[0].id))
