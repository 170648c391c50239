from odoo.http import Controller, request, route

TEMPLATE = "property_fee_collection.certificate_verify_page"
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


class PropertyVerify(Controller):
    """The page behind the QR code of a certificate (procedure, section 3)."""

    @route(
        ["/property/verify", "/property/verify/<path:access_token>"],
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        save_session=False,
    )
    def verify(self, access_token="", **_kwargs):
        """Confirm number, day, unit, kind and state of a certificate.

        Without a code: the form to type one. Whatever is not the code of an issued
        certificate gets one and the same page with status 404.
        """
        facts = request.env["property.certificate"]._public_facts(access_token)
        response = request.render(
            TEMPLATE, {"facts": facts, "asked": bool(access_token)}
        )
        response.flatten()
        response.status_code = 404 if access_token and not facts else 200
        response.headers.update(HEADERS)
        return response
