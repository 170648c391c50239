from odoo import fields, models
from odoo.tools import format_amount
from odoo.tools.misc import format_date

from ..notice.pagination import LINE_MM, PAGE_MM, line_count, paginate
from ..notice.pdf_pages import merge
from .sums import Account

TEMPLATE = "property_fee_collection.report_handover_invitation"
PAGES = "property_fee_collection.report_handover_pages"
# Letters in one wkhtmltopdf call.
PRINT_BATCH = 200
# Heights in mm of the enclosure: what stands above the rows, and below them.
HEAD_MM, NEXT_HEAD_MM, TAIL_MM, PADDING_MM = 62.0, 20.0, 52.0, 2.0


class PropertyMoment(models.Model):
    """The letter of an appointment and its enclosure."""

    _inherit = "property.moment"

    def _invite(self, channel):
        """Put on record that the owners were invited just now."""
        now = fields.Datetime.now()
        self.env["property.handover.invitation"].create(
            [
                {
                    "moment_id": moment.id,
                    "channel": channel,
                    "date": now,
                    "slot_start": moment.slot_start,
                }
                for moment in self
            ]
        )
        # sudo: when somebody was invited follows from the record of it
        self.sudo().with_context(tracking_disable=True).write({"invited_on": now})

    def _letters_pdf(self):
        """Letters in the order of the appointments, each in its owner's language."""
        ordered = self.sorted(
            lambda row: (row.slot_start, row.slot_counter, row.slot_seat)
        )
        # sudo: the letterhead is the company's, whoever prints it
        notices = self.env["property.notice"].sudo()
        accounts = ordered._accounts()
        layout = notices._layout_values(self.company_id.sudo())
        files = []
        for start in range(0, len(ordered), PRINT_BATCH):
            letters = [
                moment._letter_html(accounts.get(moment, Account()), layout, number)
                for number, moment in enumerate(ordered[start : start + PRINT_BATCH])
            ]
            html = self.env["ir.qweb"]._render(TEMPLATE, {"letters": letters, **layout})
            files.append(notices._html_to_pdf(html))
        return files[0] if len(files) == 1 else merge(files)

    def _letter_html(self, account, layout, number):
        """The pages of one letter: (their HTML, class of their font)"""
        here = self.with_context(lang=self.partner_id.lang or self.env.lang)
        values = {**layout, "doc": here._letter(account), "number": number}
        pages = here.env["ir.qweb"]._render(PAGES, values)
        return pages, here.env["property.notice"]._font_class()

    def _letter(self, account):
        """What the template prints, in words."""
        self.ensure_one()
        batch, company = self.batch_id, self.company_id.sudo()
        notices = self.env["property.notice"]
        start = batch._local(self.slot_start)
        stop = batch._local(self.slot_stop)
        rows = self._statement_rows(account)
        standing = account.sums()
        return {
            "moment": self,
            "company": company,
            "community": self.community_id,
            "company_address": notices._address(company.partner_id),
            "phone": self.community_id.service_phone or company.phone or "",
            "is_draft": False,
            "kind": batch.kind,
            "ticket": self.ticket,
            "counter": self.slot_counter,
            "place": batch.place,
            "owner": self.partner_id.name,
            "address": notices._address(self.partner_id),
            "unit": self.unit_id.display_name,
            "day": self._letter_day(start.date()),
            "hours": f"{start:%H:%M} – {stop:%H:%M}",
            "today": format_date(self.env, self.community_id._property_today()),
            "bring": _lines(batch.bring),
            "gets": [document.name for document in self.document_ids],
            "pages": self._letter_pages(rows),
            "total": self._letter_money(standing.due),
            "later": standing.later and self._letter_money(standing.later),
            "bank": self.community_id.partner_bank_id.sudo(),
        }

    def _letter_day(self, day):
        chinese = (self.env.lang or "").startswith("zh")
        pattern = "yyyy年M月d日 EEEE" if chinese else "EEEE, d MMMM y"
        return format_date(self.env, day, date_format=pattern)

    def _statement_rows(self, account):
        """What the customer's due consists of, so that the rows come to what the desk
        shows him: his bills in the community, what of them is not asked for, credits.

        :return: dicts of texts, and ``value`` in the company's currency
        """
        rows = [self._bill_row(item) for item in account.due()]
        for name, value in (
            (self.env._("Not asked for now, in dispute"), account.not_asked()),
            (self.env._("Credits and payments on account"), account.used_credit()),
        ):
            if value:
                rows.append(self._statement_row(-value, item=name))
        return rows

    def _bill_row(self, item):
        # sudo: whoever invites need not be an accountant; the letter is the owner's.
        move = self.env["account.move"].sudo().browse(item.move_id)
        month = move.property_period or move.invoice_date
        names = dict.fromkeys(move.invoice_line_ids.product_id.mapped("name"))
        text = ", ".join(names) or move.ref or ""
        unit = move.property_unit_id
        if unit and unit != self.unit_id:
            text = f"{unit.display_name} · {text}"
        return self._statement_row(
            item.residual,
            number=move.name,
            item=text,
            month=f"{month:%Y-%m}" if month else "",
            due=format_date(self.env, item.date_due),
        )

    def _statement_row(self, value, **texts):
        return {
            **dict.fromkeys(("number", "item", "month", "due"), ""),
            **texts,
            "value": value,
            "amount": self._letter_money(value),
        }

    def _letter_money(self, amount):
        return format_amount(self.env, amount, self.currency_id)

    def _letter_pages(self, rows):
        heights = [
            PADDING_MM + LINE_MM * max(1, line_count(row["item"], 70.0)) for row in rows
        ]
        pages = paginate(
            heights, page=PAGE_MM, first=HEAD_MM, later=NEXT_HEAD_MM, tail=TAIL_MM
        )
        return [rows[start:end] for start, end in pages]


def _lines(text):
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
