from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager


class NoticePortal(CustomerPortal):
    """A customer's own notices; the printed QR code leads to the page of one."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "notice_count" in counters:
            notices = request.env["property.notice"]
            values["notice_count"] = (
                notices.search_count(self._notices_domain(), limit=1)
                if notices.has_access("read")
                else 0
            )
        return values

    def _notices_domain(self):
        """Staff have a portal, too: there they see what is theirs, nothing else."""
        customer = request.env.user.partner_id.commercial_partner_id
        return [
            ("partner_id", "=", customer.id),
            ("state", "not in", ("draft", "cancelled")),
        ]

    def _notice_sortings(self):
        return {
            "date": {"label": request.env._("Newest"), "order": "date_issued desc, id"},
            "amount": {"label": request.env._("Total"), "order": "amount_total desc"},
        }

    @route(
        ["/my/notices", "/my/notices/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_notices(self, page=1, sortby="date", **kwargs):
        notices = request.env["property.notice"]
        sortings = self._notice_sortings()
        if sortby not in sortings:
            sortby = "date"
        domain = self._notices_domain()
        readable = notices.has_access("read")
        pager = portal_pager(
            url="/my/notices",
            total=notices.search_count(domain) if readable else 0,
            page=page,
            step=self._items_per_page,
            url_args={"sortby": sortby},
        )
        if readable:
            notices = notices.search(
                domain,
                order=sortings[sortby]["order"],
                limit=self._items_per_page,
                offset=pager["offset"],
            )
        request.session["my_notices_history"] = notices.ids[:100]
        values = {
            **self._prepare_portal_layout_values(),
            "notices": notices.sudo(),
            "page_name": "notice",
            "pager": pager,
            "default_url": "/my/notices",
            "searchbar_sortings": sortings,
            "sortby": sortby,
        }
        return request.render("property_fee_collection.portal_my_notices", values)

    @route("/my/notices/<int:notice_id>", type="http", auth="public", website=True)
    def portal_my_notice(self, notice_id, access_token=None, **kwargs):
        notice = self._notice(notice_id, access_token)
        if not notice:
            return request.redirect("/my")
        notice._note_seen_in_portal(request.env.user)
        values = self._get_page_view_values(
            notice,
            access_token,
            {"notice": notice, "page_name": "notice", **notice._portal_values()},
            "my_notices_history",
            False,
            **kwargs,
        )
        return request.render("property_fee_collection.portal_my_notice", values)

    @route("/my/notices/<int:notice_id>/pdf", type="http", auth="public")
    def portal_my_notice_pdf(self, notice_id, access_token=None, **kwargs):
        notice = self._notice(notice_id, access_token)
        if not notice:
            return request.redirect("/my")
        content = notice._stored_pdf()
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(content)),
                (
                    "Content-Disposition",
                    content_disposition(f"{notice.name}.pdf", "inline"),
                ),
            ],
        )

    def _notice(self, notice_id, access_token):
        """The notice in sudo, or None where it is not for this visitor to see."""
        try:
            notice = self._document_check_access(
                "property.notice", notice_id, access_token
            )
        except (AccessError, MissingError):
            return None
        return notice if notice.state not in ("draft", "cancelled") else None
