import logging
import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date
from odoo.tools.image import image_data_uri

from odoo.addons.base.models.ir_actions_report import _wkhtml

from .capitals import chinese_capitals, is_traditional
from .pagination import (
    FIRST_HEAD_MM,
    LEVEL_FACTOR,
    LEVEL_MM,
    NEXT_HEAD_MM,
    PAGE_MM,
    TAIL_MM,
    further_lines,
    keep_whole,
    paginate,
    row_height,
)
from .pdf_pages import MARKER_COLOUR, split
from .qr_code import qr_data_uri

_logger = logging.getLogger(__name__)

REPORT = "property_fee_collection.action_report_notice"
# Notices in one wkhtmltopdf call: its start weighs little, its body stays below 4 MiB.
PRINT_BATCH = 200
# Inner widths in mm of the columns whose text may wrap; as in the template.
WRAPPING = {"unit": 22.0, "item": 38.0, "period": 41.0}
# How often notices with more pages than planned are printed again, with fewer rows.
MAX_LEVEL = 6
# Plain Qt ignores --disable-smart-shrinking and prints everything at 0.768.
PLAIN_QT_ZOOM = 1.302
TEMPLATE = "property_fee_collection.report_notice_%s"


class PropertyNotice(models.Model):
    """Printing: one wkhtmltopdf call for a batch of notices, cut into single PDFs that
    are stored for ever. Nothing is rendered a second time."""

    _inherit = "property.notice"

    def _freeze(self):
        """Render drafts whose content is complete, store each PDF with its SHA-256 and
        let them be issued."""
        most = self.env["property.billing.run"]._parameter("print_batch", PRINT_BATCH)
        for (kind, lang), notices in (
            self.sorted("sort_key")
            .grouped(lambda notice: (notice.kind, notice.lang))
            .items()
        ):
            size = max(1, most // notices[0]._copies())
            for start in range(0, len(notices), size):
                batch = notices[start : start + size]
                pdfs = batch.with_context(lang=lang)._render_pdfs(kind)
                batch._store_pdfs(pdfs, state="issued")

    def _render_pdfs(self, kind):
        """One PDF for each notice. Those that took more pages than planned, so that
        their page numbers are wrong, are printed again with fewer rows on a page."""
        contents, waiting = {}, self
        for level in range(MAX_LEVEL + 1):
            documents = [notice._document(level) for notice in waiting]
            letters = waiting._print_letters(kind, documents)
            overflowing = self.browse()
            for notice, document, letter in zip(
                waiting, documents, letters, strict=True
            ):
                contents[notice] = letter.content
                if letter.page_count != document["copies"] * len(document["pages"]):
                    overflowing += notice
            waiting = overflowing
            if not waiting:
                break
        else:
            _logger.warning("More pages than planned: %s", waiting.mapped("name"))
        return [contents[notice] for notice in self]

    def _print_letters(self, kind, documents):
        """The letters of the documents, from one body in one call."""
        html = self.env["ir.qweb"]._render(
            TEMPLATE % kind, {"documents": documents, **self._layout_values()}
        )
        content = self._html_to_pdf(html)
        try:
            return split(content, len(self), html)
        except ValueError as error:
            raise UserError(
                self.env._("The notices could not be printed: %(error)s", error=error)
            ) from error

    def _layout_values(self, companies=None):
        """What the layout shared by all documents needs.

        :param companies: whose letterheads are printed; without, those of the notices
        """
        companies = self.company_id if companies is None else companies
        return {
            "marker_colour": MARKER_COLOUR,
            "traditional": is_traditional(self.env.lang),
            "font_class": self._font_class(),
            "zoom": 1.0 if _wkhtml().is_patched_qt else PLAIN_QT_ZOOM,
            "logos": {
                company.id: image_data_uri(company.logo)
                for company in companies
                if company.logo
            },
        }

    @api.model
    def _html_to_pdf(self, html, **options):
        reports = self.env["ir.actions.report"].sudo()
        if reports.get_wkhtmltopdf_state() == "install":
            raise UserError(self.env._("wkhtmltopdf is not installed on the server."))
        return reports._run_wkhtmltopdf([html], report_ref=REPORT, **options)

    def _document(self, level=0):
        """What the template prints, in words: everything of procedure, section 3.

        :param level: how often it was printed on more pages than planned
        """
        self.ensure_one()
        community, company = self.community_id, self.company_id
        bank = community.partner_bank_id
        lines = self.line_ids.sorted("sequence")
        return {
            "notice": self,
            "copies": self._copies(),
            "is_draft": self.state == "draft" and not self.name,
            "company": company,
            "community": community,
            "bank": bank,
            "phone": community.service_phone or company.phone or "",
            "period": self._month(self.period),
            "date_issued": self._day(self.date_issued),
            "deadline": self._day(self.deadline),
            "pages": self._pages(lines, level),
            "units_short": keep_whole(self.units_short),
            "company_address": self._address(company.partner_id),
            "total": self._amount(self.amount_total),
            "total_words": self._total_words(),
            # A draft has no page of its own.
            "qr": qr_data_uri(self._pay_url()) if self.name else None,
        }

    def _copies(self):
        """How often a document stands in its PDF, one after the other."""
        return 1

    def _pages(self, lines, level=0):
        rows = [line._printed() for line in lines]
        measures = self._measures()
        heights = [
            row_height(
                ((row[name], width) for name, width in measures["columns"].items()),
                self._small_lines(row),
            )
            for row in rows
        ]
        for row in rows:
            row["unit"] = keep_whole(row["unit"])
        pages = paginate(
            [height * LEVEL_FACTOR**level for height in heights],
            page=PAGE_MM - level * LEVEL_MM,
            first=measures["head"] + further_lines(self._head_texts()),
            later=NEXT_HEAD_MM + further_lines([(self.partner_name, 110.0)]),
            tail=measures["tail"] + further_lines(self._tail_texts()),
        )
        return [rows[start:end] for start, end in pages]

    def _measures(self):
        """Heights in mm of what stands above and below the rows when nothing of it
        wraps, and the inner widths of the columns whose texts may wrap."""
        return {"head": FIRST_HEAD_MM, "tail": TAIL_MM, "columns": WRAPPING}

    @api.model
    def _small_lines(self, row):
        """Lines of small print in one of a row's cells."""
        return bool(row["reading"]) + row["is_estimate"] or bool(row["factor"])

    def _head_texts(self):
        """Texts above the rows that may wrap, and the width of their places in mm."""
        community, company = self.community_id, self.company_id
        return [
            (company.name, 55.0),
            (community.name, 90.0),
            (self._address(company.partner_id), 75.0),
            (self.partner_name, 60.0),
            (f"{community.name} {self.units_short}", 150.0),
        ]

    def _tail_texts(self):
        """The same of what stands below the rows."""
        community, words = self.community_id, self._total_words()
        bank = community.partner_bank_id
        return [
            (words, 95.0),
            (community.payment_place, 105.0),
            (bank.acc_holder_name or self.company_id.name, 105.0),
            (f"{bank.bank_id.name or ''} {bank.acc_number or ''}", 105.0),
            (self.partner_name, 60.0),
            (self.units_short, 60.0),
            (f"{self.amount_total:.2f} {words}", 140.0),
        ]

    def _total_words(self):
        lang = self.env.lang or ""
        if lang.startswith("zh"):
            return chinese_capitals(self.amount_total, lang, self.currency_id.name)
        return self.currency_id.amount_to_text(self.amount_total)

    def _address(self, partner):
        """On one line, in the order of the country."""
        text = partner._display_address(without_company=True)
        # Layouts of countries put commas around what a partner may not have.
        parts = re.split(r"[\n,]", text)
        return ", ".join(filter(None, map(str.strip, parts)))

    def _font_class(self):
        lang = self.env.lang or ""
        if not lang.startswith("zh"):
            return None
        return "hant" if is_traditional(lang) else "hans"

    def _amount(self, amount):
        return format_amount(self.env, amount, self.currency_id)

    def _day(self, day):
        return format_date(self.env, day) if day else ""

    def _month(self, day):
        pattern = "yyyy年M月" if (self.env.lang or "").startswith("zh") else "MMMM yyyy"
        return format_date(self.env, day, date_format=pattern) if day else ""
