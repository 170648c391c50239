from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, split_every
from odoo.tools.image import image_data_uri

from odoo.addons.base.models.ir_actions_report import _wkhtml

from .capitals import is_traditional
from .pdf_pages import MARKER_COLOUR, merge, split
from .property_notice_pdf import PLAIN_QT_ZOOM
from .qr_code import qr_data_uri

LABELS_A_PAGE, LABEL_COLUMNS = 24, 3
REPORT = "property_fee_collection.action_report_%s"
TEMPLATE = "property_fee_collection.report_%s"


class PropertyReminderCampaign(models.Model):
    """What a campaign prints: posters without anybody's data, letters, labels for their
    envelopes, invitations with the amount on a page of its own."""

    _inherit = "property.reminder.campaign"

    def action_print_poster_a4(self):
        """Download the poster for notice boards."""
        return self._action_print_paper("poster_a4")

    def action_print_poster_a3(self):
        """Download the poster for the garden."""
        return self._action_print_paper("poster_a3")

    def action_print_letters(self):
        """Download the letters in building and room order."""
        return self._action_print_paper("letters")

    def action_print_labels(self):
        """Download the address labels, 3 × 8 on A4, in the order of the letters."""
        return self._action_print_paper("labels")

    def action_print_invitations(self):
        """Download the invitations in building and room order: the invitation, and
        behind each the sheet for the envelope."""
        return self._action_print_paper("invitations")

    def action_letters_posted(self):
        """Note that all letters and invitations are posted now, each as a delivery.

        Who has paid meanwhile gets none.

        :raises UserError: when there is none left
        """
        self._check_may_notify()
        # sudo: reminders are written by methods only; checked above.
        rows = self.sudo()._to_carry("letter") | self.sudo()._to_carry("event")
        if not rows:
            raise UserError(self.env._("There is no letter left to post."))
        deliveries = self.env["property.delivery"].create(
            [
                {
                    "notice_id": row.notice_id.id,
                    "channel": "letter",
                    "outcome": "posted",
                }
                for row in rows
            ]
        )
        now = fields.Datetime.now()
        for row, delivery in zip(rows, deliveries, strict=True):
            row.write({"delivery_id": delivery.id, "sent_on": now})
        return True

    def _action_print_paper(self, what):
        self.ensure_one()
        self._check_may_notify()
        return {
            "type": "ir.actions.act_url",
            "url": f"{self._print_path}/{self.id}/{what}.pdf",
            "target": "new",
        }

    def _print_paper(self, what):
        """The PDF to download; for those who may notify.

        :param what: ``poster_a4``, ``poster_a3``, ``letters``, ``labels`` or
            ``invitations``
        """
        self.ensure_one()
        self._check_may_notify()
        # sudo: customers may belong to other communities besides; checked above.
        campaign = self.sudo()
        if what.startswith("poster"):
            return campaign._poster(what)
        if what == "letters":
            return campaign._letters()
        return campaign._labels() if what == "labels" else campaign._invitations()

    def _to_carry(self, channel):
        """What people have to carry still, in building and room order; "paid?" is asked
        again."""
        rows = self.reminder_ids.filtered(
            lambda row: (
                row.channel == channel
                and row.state == "planned"
                and not row.delivery_id
                and row.notice_id.state not in ("draft", False)
            )
        )
        rows._ask_again()
        left = rows.filtered(lambda row: row.state == "planned")
        return left.sorted(lambda row: (row.sort_key or "", row.id))

    def _carried(self, channel):
        """With what was posted already: to print it again."""
        posted = self.reminder_ids.filtered(
            lambda row: row.channel == channel and row.delivery_id
        )
        rows = posted | self._to_carry(channel)
        if not rows:
            raise UserError(self.env._("There is nothing to print for this channel."))
        return rows.sorted(lambda row: (row.sort_key or "", row.id))

    # Papers --------------------------------------------------------------------------

    def _poster(self, what):
        return self._in_public_language()._paper(what, self._poster_values(what))

    def _in_public_language(self):
        return self.with_context(lang=self.company_id._property_lang())

    def _poster_values(self, what):
        """Nothing of any customer: no name, no room, no sum."""
        campaign = self._in_public_language()
        community, company = campaign.community_id, campaign.company_id
        notices = campaign.env["property.notice"]
        bank = community.partner_bank_id
        # Words only: what hangs on a wall is given no record to look into.
        return {
            "place": community.name,
            "month": notices._month(self._month_billed()),
            "due": notices._day(self.date_due),
            "pay_at": community.payment_place or "",
            "payee": bank and (bank.acc_holder_name or company.name),
            "account": f"{bank.bank_id.name or ''} {bank.acc_number or ''}".strip(),
            "phone": community.service_phone or company.phone or "",
            "offer": self.offer_line or "",
            "qr": qr_data_uri(f"{self.get_base_url()}/my/notices"),
            "scale": 1.414 if what == "poster_a3" else 1.0,
        }

    def _month_billed(self):
        """The month of the bills where they are of one, else that of the due date."""
        composer = self.env["property.notice.composer"]
        months = self.env["account.move"]._read_group(
            composer._reminder_bills(self.community_id, self.date_due),
            ["property_period:month"],
        )
        months = [month for (month,) in months if month]
        return months[0] if len(months) == 1 else self.date_due

    def _letters(self):
        return merge([row.notice_id._stored_pdf() for row in self._carried("letter")])

    def _labels(self):
        rows = self._carried("letter") if self.by_letter else self._carried("event")
        labels = [row._label() for row in rows]
        grids = [
            list(split_every(LABEL_COLUMNS, page, list))
            for page in split_every(LABELS_A_PAGE, labels)
        ]
        return self._paper("labels", {"pages": grids})

    def _invitations(self):
        """Each invitation, and behind it the reminder as it was issued."""
        rows = self._carried("event")
        sheets = []
        for lang, of_lang in rows.grouped(lambda row: row.notice_id.lang).items():
            campaign = self.with_context(lang=lang)
            values = {
                "documents": [campaign._invitation(row) for row in of_lang],
                "company": campaign.company_id,
                "community": campaign.community_id,
            }
            content = campaign._paper("invitation", values)
            letters = split(content, len(of_lang))
            sheets += zip(of_lang, letters, strict=True)
        sheets.sort(key=lambda sheet: (sheet[0].sort_key or "", sheet[0].id))
        return merge(
            [
                content
                for row, letter in sheets
                for content in (letter.content, row.notice_id._stored_pdf())
            ]
        )

    def _invitation(self, row):
        community = self.community_id
        when = community._clock(self.event_date)
        return {
            "name": row.notice_id.partner_name,
            "address_lines": row.notice_id._address_lines(),
            "event": self.event_name or "",
            "when": f"{format_date(self.env, when.date())} {when:%H:%M}",
            "place": self.event_place or community.name,
            "paragraphs": (self.event_text or "").splitlines(),
            "phone": community.service_phone or self.company_id.phone or "",
        }

    def _paper(self, what, values):
        """The PDF of a template, on the paper of its report."""
        company = self.company_id
        html = self.env["ir.qweb"]._render(
            TEMPLATE % f"reminder_{what.split('_')[0]}",
            {
                **values,
                "marker_colour": MARKER_COLOUR,
                "traditional": is_traditional(self.env.lang),
                "font_class": self.env["property.notice"]._font_class(),
                "zoom": 1.0 if _wkhtml().is_patched_qt else PLAIN_QT_ZOOM,
                "logos": (
                    {company.id: image_data_uri(company.logo)} if company.logo else {}
                ),
            },
        )
        reports = self.env["ir.actions.report"].sudo()
        if reports.get_wkhtmltopdf_state() == "install":
            raise UserError(self.env._("wkhtmltopdf is not installed on the server."))
        return reports._run_wkhtmltopdf([html], report_ref=REPORT % f"reminder_{what}")


class PropertyReminder(models.Model):
    _inherit = "property.reminder"

    def _label(self):
        """Name, postal address, and, small, the room to sort by."""
        notice = self.notice_id
        return {
            "name": notice.partner_name or self.partner_id.name,
            "lines": notice._address_lines(),
            "unit": self.unit_id.display_name or "",
        }
