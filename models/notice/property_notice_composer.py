from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import date_utils

NO_LONGER_OWED = ("paid", "in_payment", "reversed", "invoicing_legacy")


class PropertyNoticeComposer(models.AbstractModel):
    """What a notice says, read from the ledger at the moment of asking: this is where
    "paid?" is answered. Each kind has one method ``_contents_KIND``; numbering,
    freezing, printing and delivering do not differ.
    """

    _name = "property.notice.composer"
    _description = "Notice Composer"

    @api.model
    def _contents(self, kind, notices):
        """What to put on draft notices of one kind.

        :return: {notice id: (values, values of lines, invoices)}; a notice with nothing
            to pay is left out
        """
        compose = getattr(self, f"_contents_{kind}", None)
        return compose(notices) if compose else {}

    @api.model
    def _refusals(self, kind, notices):
        """Why drafts are not issued although something on them is open.

        :return: {notice id: reason}
        """
        refuse = getattr(self, f"_refusals_{kind}", None)
        return refuse(notices) if refuse else {}

    @api.model
    def _open_domain(self, company):
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "posted")
            & Domain("amount_residual", ">", 0)
            & Domain("payment_state", "not in", NO_LONGER_OWED)
        )

    @api.model
    def _open_invoices(self, run, partners=None):
        """Posted invoices of the run of which something is open, in room order."""
        domain = (
            self._open_domain(run.company_id)
            & Domain("move_type", "in", ("out_invoice", "out_receipt"))
            & Domain("property_run_id", "=", run.id)
        )
        if partners is not None:
            domain &= Domain("commercial_partner_id", "in", partners.ids)
        return self._in_room_order(self.env["account.move"].search(domain))

    @api.model
    def _in_room_order(self, moves):
        return moves.sorted(
            lambda move: (move.property_unit_id.sort_key or "", move.id)
        )

    # Payment notices (procedure, section 3) ------------------------------------------

    def _contents_payment(self, notices):
        contents = {}
        for run, of_run in notices.grouped("run_id").items():
            for lang, of_lang in of_run.grouped(self._lang).items():
                composer = self.with_context(lang=lang)
                contents.update(composer._contents_of_run(run, of_lang, lang))
        return contents

    @api.model
    def _lang(self, notice):
        """The customer's language, else the company's."""
        return (
            notice.partner_id.lang
            or notice.company_id.partner_id.lang
            or self.env.user.lang
            or "en_US"
        )

    def _contents_of_run(self, run, notices, lang):
        customers = notices.partner_id
        current = self._by_customer(self._open_invoices(run, customers))
        arrears = self._by_customer(self._arrears(run, customers))
        credits = self._credits(run.community_id, customers)
        contents = {}
        for notice in notices:
            partner = notice.partner_id.id
            moves, older = current[partner], arrears[partner]
            lines = [
                *self._current_lines(moves),
                *self._arrears_lines(older),
                *credits[partner],
            ]
            total = sum(line["amount"] for line in lines)
            # Credits cover all of it: a net creditor is asked for nothing.
            if not moves or run.currency_id.compare_amounts(total, 0.0) <= 0:
                continue
            for sequence, line in enumerate(lines):
                line["sequence"] = sequence
            unit = moves.property_unit_id[:1]
            vals = {
                "partner_name": notice.partner_id.name,
                "lang": lang,
                "unit_id": unit.id,
                "sort_key": unit.sort_key,
                "currency_id": run.currency_id.id,
                "deadline": run.date_due,
            }
            contents[notice.id] = (vals, lines, moves | older)
        return contents

    def _by_customer(self, moves):
        grouped = defaultdict(self.env["account.move"].browse)
        for partner, of_partner in moves.grouped("commercial_partner_id").items():
            grouped[partner.id] = of_partner
        return grouped

    def _current_lines(self, moves):
        """The run's charges as invoiced, taxes included; what was paid of them stands
        in a line of its own, so that the lines make up what is open."""
        lines = []
        for move in moves:
            of_move = [
                self._charge_line(line)
                for line in move.invoice_line_ids
                if line.display_type == "product"
            ]
            # Taxes that are rounded for the whole invoice leave a cent somewhere.
            of_move[-1]["amount"] += move.amount_total - sum(
                line["amount"] for line in of_move
            )
            received = move.amount_residual - move.amount_total
            if not move.currency_id.is_zero(received):
                of_move.append(
                    {
                        **self._of_move(move),
                        "type": "received",
                        "item_name": self.env._("Received"),
                        "amount": received,
                    }
                )
            lines += of_move
        for line in lines:
            line["amount"] = moves.currency_id[:1].round(line["amount"])
        return lines

    def _of_move(self, move):
        unit = move.property_unit_id
        return {
            "unit_id": unit.id,
            "unit_name": unit.display_name if unit else "",
            "period": move.property_period,
            "move_id": move.id,
        }

    def _charge_line(self, line):
        charge = line.property_charge_id
        vals = {
            **self._of_move(line.move_id),
            "type": "current",
            "item_name": line.name or line.product_id.name or "",
            "date_from": line.property_date_from,
            "date_to": line.property_date_to,
            "quantity": line.quantity,
            "price_unit": line.price_unit,
            "factor": 1.0,
            "amount": line.price_total,
        }
        if charge:
            item = charge.fee_item_id.with_env(self.env)
            vals |= {
                "item_name": item.name,
                "quantity": charge.quantity if item.basis != "fixed" else 0.0,
                "quantity_unit": item.quantity_unit,
                "price_unit": charge.price_unit,
                "factor": charge.factor,
                "has_reading": item.basis == "meter",
                "reading_previous": charge.reading_previous,
                "reading_current": charge.reading_current,
                "is_estimate": charge.is_estimate,
            }
        return vals

    def _arrears(self, run, customers):
        """Other open invoices of the customers in the community that were dated, or
        fell due, before the month billed. Not what they may pay ahead: an agreement
        that is not paid lapses."""
        moves = self.env["account.move"].search(
            self._open_domain(run.company_id)
            & Domain("move_type", "in", ("out_invoice", "out_receipt"))
            & Domain("property_community_id", "=", run.community_id.id)
            & Domain("property_run_id", "!=", run.id)
            & Domain("commercial_partner_id", "in", customers.ids)
            & (
                Domain("invoice_date", "<", run.period)
                | Domain("invoice_date_due", "<", run.period)
            )
        )
        return self._in_room_order(moves - moves._property_is_unpaid_advance())

    def _arrears_lines(self, moves):
        """One line per unit: from the oldest to the newest month, sum of residuals."""
        lines = []
        for unit, of_unit in moves.grouped("property_unit_id").items():
            months = [
                (move.property_period or move.invoice_date).replace(day=1)
                for move in of_unit
            ]
            lines.append(
                {
                    "type": "arrears",
                    "unit_id": unit.id,
                    "unit_name": unit.display_name if unit else "",
                    "item_name": self.env._("Arrears brought forward"),
                    "date_from": min(months),
                    "date_to": date_utils.end_of(max(months), "month"),
                    "amount": sum(of_unit.mapped("amount_residual_signed")),
                }
            )
        return lines

    def _credits(self, community, customers):
        """Unallocated credits as negative lines: {customer id: [line values]}.

        Credit notes and credit entries say their community. A payment says none; it is
        counted where the customer owes in this community only, for elsewhere nobody
        can tell which of them he meant.
        """
        items = self.env["account.move.line"]
        receivable = (
            Domain("company_id", "=", community.company_id.id)
            & Domain("parent_state", "=", "posted")
            & Domain("account_type", "=", "asset_receivable")
            & Domain("reconciled", "=", False)
            & Domain("partner_id.commercial_partner_id", "in", customers.ids)
        )
        here = Domain("move_id.property_community_id", "=", community.id)
        nowhere = Domain("move_id.property_community_id", "=", False)
        elsewhere = items.search(
            receivable & ~here & ~nowhere & Domain("amount_residual", ">", 0)
        ).partner_id.commercial_partner_id
        credits = defaultdict(list)
        for item in items.search(
            receivable & (here | nowhere) & Domain("amount_residual", "<", 0)
        ):
            customer = item.partner_id.commercial_partner_id
            if not item.move_id.property_community_id and customer in elsewhere:
                continue
            unit = item.move_id.property_unit_id
            credits[customer.id].append(
                {
                    "type": "credit",
                    "unit_id": unit.id,
                    "unit_name": unit.display_name if unit else "",
                    "item_name": self.env._("Credit %(number)s", number=item.move_name),
                    "date_from": item.date,
                    "date_to": item.date,
                    "amount": item.amount_residual,
                    "move_id": item.move_id.id,
                }
            )
        return credits
