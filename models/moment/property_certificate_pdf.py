from odoo import models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount, format_date

from ..notice.pdf_pages import split
from ..notice.qr_code import qr_data_uri

TEMPLATE = "property_fee_collection.report_certificate"
# So many characters of the code stand together on paper.
CODE_GROUP = 4


class PropertyCertificate(models.Model):
    """The document, rendered once and kept with its SHA-256."""

    _inherit = "property.certificate"

    def _freeze(self):
        """Store the PDF; nothing is rendered a second time."""
        self._store_pdfs([self.with_context(lang=self.lang)._render_pdf()])

    def _render_pdf(self):
        notices = self.env["property.notice"]
        html = self.env["ir.qweb"]._render(
            TEMPLATE,
            {
                "documents": [self._document()],
                **notices._layout_values(self.company_id),
            },
        )
        content = notices._html_to_pdf(html)
        try:
            return split(content, 1, html)[0].content
        except ValueError as error:
            raise UserError(
                self.env._(
                    "The certificate could not be printed: %(error)s", error=error
                )
            ) from error

    def _document(self):
        """What the template prints, in words (procedure, section 3)."""
        self.ensure_one()
        notices, company = self.env["property.notice"], self.company_id
        return {
            "certificate": self,
            "company": company,
            "community": self.community_id,
            "phone": self.community_id.service_phone or company.phone or "",
            "company_address": notices._address(company.partner_id),
            "is_draft": False,
            "title": self._kind_label(),
            "sentence": self._sentence(),
            "date": format_date(self.env, self.date),
            "expiry": format_date(self.env, self.date_expiry),
            "paid_through": notices._month(self.paid_through),
            "balance": format_amount(self.env, 0.0, self.currency_id),
            "issuer": self.issued_by.name,
            "code": self._grouped_code(),
            "url": self.verify_url,
            "qr": qr_data_uri(self.verify_url),
        }

    def _sentence(self):
        """What is certified, as one sentence."""
        if self.kind == "other":
            return self.text
        values = {
            "name": self.partner_name,
            "unit": self.unit_id.display_name,
            "community": self.community_id.name,
            "day": format_date(self.env, self.date),
        }
        if self.kind == "clearance":
            return self.env._(
                "We certify that up to %(day)s all property fees of %(unit)s, "
                "%(community)s, that had fallen due are paid. Nothing is owed.",
                **values,
            )
        if self._role() == "occupant":
            return self.env._(
                "We certify that %(name)s is registered with us as the occupant of "
                "%(unit)s, %(community)s.",
                **values,
            )
        return self.env._(
            "We certify that %(name)s is registered with us as the owner of %(unit)s, "
            "%(community)s.",
            **values,
        )

    def _grouped_code(self):
        code = self.token
        return " ".join(
            code[start : start + CODE_GROUP]
            for start in range(0, len(code), CODE_GROUP)
        )
