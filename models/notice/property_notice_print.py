from odoo import models

from .pdf_pages import merge

TEMPLATE = "property_fee_collection.report_delivery_list"
# Rows of the delivery list on a page, by hand like all pages here.
ROWS_A_PAGE = 14


class PropertyNotice(models.Model):
    """What is printed of notices that are issued, and of drafts to look at."""

    _inherit = "property.notice"

    def action_preview_pdf(self):
        """Show how drafts would look today; nothing is numbered or stored."""
        self.ensure_one()
        self._check_may_issue()
        if self.state == "draft":
            self._fill_drafts()
        return {
            "type": "ir.actions.act_url",
            "url": f"/property/notice/{self.id}/preview.pdf",
            "target": "new",
        }

    def _preview_pdf(self):
        """The draft as it would look, marked as such; the frozen PDF once issued."""
        self.ensure_one()
        if self.attachment_id:
            return self._stored_pdf()
        # sudo: notices may be read without the rights on all that they are made of.
        draft = self.sudo().with_context(lang=self.lang or self.env.lang)
        return draft._render_pdfs(self.kind)[0]

    def _to_print(self):
        """In building and room order, cancelled ones left out."""
        notices = self.filtered(
            lambda notice: notice.attachment_id and notice.state != "cancelled"
        )
        return notices.sorted(lambda notice: (notice.sort_key or "", notice.id))

    def _print_file(self):
        """The frozen pages in building and room order, cancelled ones left out."""
        in_order = self._to_print()
        in_order.sudo().attachment_id.fetch(["store_fname", "db_datas"])
        return merge([notice._stored_pdf() for notice in in_order])

    def _print_file_with_list(self, title):
        """The delivery list, and behind it the notices in the same order."""
        return merge([self._delivery_list(title), self._print_file()])

    def _delivery_list(self, title):
        """送達簽收表: who is to sign for which notice, one table a building. A paper of
        the company's own; no customer gets it."""
        in_order = self._to_print()
        html = self.env["ir.qweb"]._render(
            TEMPLATE,
            {
                "title": title,
                "pages": in_order._delivery_pages(),
                **in_order._layout_values(),
            },
        )
        return self._html_to_pdf(html, landscape=True)

    def _delivery_pages(self):
        """[{community, building, number of page and of pages, rows}]"""
        pages = []
        for building, notices in self.grouped(
            lambda notice: (notice.community_id, notice.building_id)
        ).items():
            rows = [notice._delivery_row() for notice in notices]
            parts = [
                rows[start : start + ROWS_A_PAGE]
                for start in range(0, len(rows), ROWS_A_PAGE)
            ]
            for number, part in enumerate(parts, 1):
                pages.append(
                    {
                        "community": building[0].name,
                        "building": building[1].display_name,
                        "number": number,
                        "count": len(parts),
                        "total": len(rows),
                        "rows": part,
                    }
                )
        return pages

    def _delivery_row(self):
        """One notice: what is known of its delivery is printed, the rest left free."""
        kinds = self.delivery_ids._fields
        last = self.delivery_ids.filtered(
            lambda row: row.outcome and not row.void_reason
        )[:1]

        def words(name):
            choices = dict(kinds[name]._description_selection(self.env))
            return choices.get(last[name], "")

        return {
            "name": self.name,
            "kind": self._kind_label(self.kind),
            "units": self.units_short,
            "customer": self.partner_name,
            "amount": self._amount(self.amount_total),
            "recipient": last.recipient or "",
            "relation": words("relation"),
            "outcome": words("outcome"),
            "date": self._day(last and last._local().date()),
        }
