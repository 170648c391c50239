from odoo import models
from odoo.tools import format_amount, format_datetime

from ...models.books import close_facts

TEMPLATE = "property_fee_collection.report_period_close"
SIGNS = {1: "+", -1: "−"}


def roll(prefix, signs):
    """((field, sign), ...) from opening to closing, as on the paper"""
    moves = [(kind, SIGNS[sign]) for kind, sign in signs.items() if kind != "opening"]
    return tuple(
        (f"{prefix}_{kind}", sign)
        for kind, sign in (("opening", ""), *moves, ("closing", "="))
    )


ARREARS = roll("amount", close_facts.ARREARS)
ADVANCE = roll("advance", close_facts.ADVANCE)
# Always printed; of the others those that are not nothing.
ALWAYS = frozenset(
    (
        "amount_opening",
        "amount_billed",
        "amount_received_current",
        "amount_received_arrears",
        "amount_waived",
        "amount_written_off",
        "amount_closing",
        "advance_opening",
        "advance_invoiced",
        "advance_released",
        "advance_closing",
    )
)
FURTHER = ("unapplied_opening", "unapplied_closing", "charged", "applied", "consumed")
RATES = ("collection_rate", "household_rate", "cumulative_rate")


class PropertyPeriodClose(models.Model):
    """The close on paper, A4, and what paper and workbook have in common."""

    _inherit = "property.period.close"

    def action_print(self):
        """Open the PDF: of a signed close the one that was stored, of a draft one that
        says so."""
        self.ensure_one()
        if self.attachment_id:
            return self.action_open_pdf()
        return {
            "type": "ir.actions.act_url",
            "url": f"/property/close/{self.id}.pdf",
            "target": "new",
        }

    def _freeze(self):
        """Store the PDF, in the company's language; nothing is rendered again."""
        lang = self.company_id.partner_id.lang or self.env.lang
        self._store_pdfs([self.with_context(lang=lang)._render_pdf()])

    def _render_pdf(self):
        notices = self.env["property.notice"]
        html = self.env["ir.qweb"]._render(
            TEMPLATE,
            {
                "documents": [self._document()],
                **notices._layout_values(self.company_id),
            },
        )
        return notices._html_to_pdf(html)

    def _document(self):
        self.ensure_one()
        notices, company = self.env["property.notice"], self.company_id
        return {
            "close": self,
            "company": company,
            "community": self.community_id,
            "phone": self.community_id.service_phone or company.phone or "",
            "company_address": notices._address(company.partner_id),
            "is_draft": False,
            "month": notices._month(self.period),
            "arrears": self._figures(ARREARS),
            "advance": self._figures(ADVANCE),
            "further": self._figures((name, "") for name in FURTHER),
            "rates": [
                (self._label(name), f"{self[name] * 100:.1f} %") for name in RATES
            ],
            "ties": self.tie_ids,
            "adjustments": self.adjustment_ids,
            "cash": self.cash_ids,
            "signatures": self._document_signatures(),
            "money": lambda amount: format_amount(self.env, amount, self.currency_id),
            "choice": self._choice,
        }

    def _choice(self, row, name):
        """What the choice of a row is called."""
        return dict(row._fields[name]._description_selection(self.env)).get(
            row[name], ""
        )

    def _label(self, name):
        return self._fields[name].get_description(self.env, ["string"])["string"]

    def _figures(self, names):
        """[(label, sign, amount, whether it is a result)]"""
        return [
            (self._label(name), sign, self[name], sign == "=")
            for name, sign in names
            if name in ALWAYS or self[name]
        ]

    def _document_signatures(self):
        """[(role, name, time)], names empty where nobody has signed."""
        return [
            (label, *self._signature(role))
            for role, label in (
                ("cs", self.env._("Customer Service Head")),
                ("finance", self.env._("Finance")),
            )
        ]

    def _signature(self, role):
        signer = self[f"{role}_signed_by"]
        if not signer:
            return "", ""
        # sudo: colleagues' names may be hidden from the reader, a signature is not.
        return signer.sudo().name, format_datetime(self.env, self[f"{role}_signed_on"])
