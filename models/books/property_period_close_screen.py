from odoo import models
from odoo.fields import Domain

RECEIVABLE = Domain("account_id.account_type", "=", "asset_receivable")
BILLS = ("out_invoice", "out_receipt")
DEBITS, CREDITS = "matched_debit_ids", "matched_credit_ids"


class PropertyPeriodClose(models.Model):
    """From the figures to the journal items behind them."""

    _inherit = "property.period.close"

    def action_open_figures(self):
        """Open the figures by building and fee item."""
        return self._open("action_property_period_close_line")

    def action_open_ties(self):
        """Open the tie-out, what differs first."""
        return self._open("action_property_period_close_tie")

    def action_open_adjustments(self):
        """Open what came into earlier months afterwards."""
        return self._open("action_property_period_close_adjustment")

    def action_open_statement(self):
        """Open the arrears statement of the month."""
        self.ensure_one()
        return self.statement_id.get_formview_action()

    def action_open_billed(self):
        """Open the journal items of what was billed."""
        return self._open_kind("arrears", "billed")

    def action_open_received(self):
        """Open what money of the month was applied to."""
        return self._open_kind("arrears", "received_current")

    def action_open_closing(self):
        """Open the journal items that were open at the end of the month."""
        return self._open_kind("arrears", "closing")

    def _open(self, name):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"property_fee_collection.{name}"
        )
        action["domain"] = [("close_id", "=", self.id)]
        action["context"] = {}
        action["display_name"] = self.name
        return action

    def _open_items(self, domain, title):
        """Journal items in the list of accountants."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_account_moves_all"
        )
        action["domain"] = list(Domain(domain) & Domain("parent_state", "=", "posted"))
        action["context"] = {}
        action["display_name"] = f"{self.name} {title or ''}".strip()
        return action

    def _open_kind(self, section, kind, building=None, item=None):
        self.ensure_one()
        domain = getattr(self, f"_domain_{section}")(kind)
        if building:
            path = "move_id.property_unit_id.building_id"
            domain &= Domain(path, "=", building.id)
        if item:
            charge = "property_charge_id.fee_item_id"
            domain &= Domain(charge, "=", item.id)
        label = dict(
            self.env["property.period.close.line"]
            ._fields["kind"]
            ._description_selection(self.env)
        )[kind]
        return self._open_items(domain, label)

    def _in_month(self, path="date"):
        return Domain(path, ">=", self.period) & Domain(path, "<=", self.date_to)

    def _of_community(self):
        return Domain("move_id.property_community_id", "=", self.community_id.id)

    def _domain_arrears(self, kind):
        lines = self._of_community() & RECEIVABLE
        ahead = Domain("move_id.property_prepayment_id", "!=", False)
        new, bill = self._in_month(), Domain("move_id.move_type", "in", BILLS)
        match kind:
            case "billed":
                return lines & new & bill & ~ahead
            case "billed_ahead":
                return lines & new & ahead
            case "waived":
                refund = Domain("move_id.move_type", "=", "out_refund")
                return lines & new & refund & ~ahead
            case "received_current":
                return lines & new & ~ahead & self._matched()
            case "received_arrears":
                old = Domain("date", "<", self.period)
                return lines & old & ~ahead & self._matched()
            case "received_ahead":
                return lines & ahead & self._matched()
            case "written_off" | "exchange" | "other" | "received_account":
                return lines & self._matched()
            case "backdated":
                return self._adjusted()
            case "opening" if not self.previous_id:
                return lines & Domain("date", "<", self.period)
            case "opening":
                return self.previous_id._still_open()
        return self._still_open()

    def _still_open(self):
        """Receivable lines that were open at the end of the month."""
        items = self.sudo().item_ids.filtered(
            lambda item: item.section == "arrears" and item.amount
        )
        return Domain("id", "in", items.mapped("line_key"))

    def _adjusted(self):
        return Domain("id", "in", self.sudo().adjustment_ids.mapped("line_key"))

    def _matched(self):
        """Lines that were matched in the month."""
        found = Domain.FALSE
        for path in (DEBITS, CREDITS):
            found |= Domain(path, "any", list(self._in_month("max_date")))
        return found

    def _domain_advance(self, kind):
        lines = Domain("property_prepayment_id.community_id", "=", self.community_id.id)
        lines |= Domain("property_prepayment_id", "=", False) & self._of_community() & (
            Domain("account_id", "in", self.sudo().tie_ids.filtered(
                lambda tie: tie.kind == "advance").account_id.ids)
        )  # fmt: skip
        if kind == "opening":
            return lines & Domain("date", "<", self.period)
        if kind == "closing":
            return lines & Domain("date", "<=", self.date_to)
        if kind == "backdated":
            return self._adjusted()
        return lines & self._in_month()

    def _domain_fees(self, kind):
        if kind == "consumed":
            return self._domain_advance("released")
        lines = self._of_community() & Domain("display_type", "=", "product")
        return lines & Domain("move_id.property_period", "=", self.period)
