from odoo import http

from ..notice.print_file import pdf_response, readable


class StatementNotices(http.Controller):
    @http.route(
        "/property/statement/<int:statement_id>/<any(notices,deliveries):what>.pdf",
        type="http",
        auth="user",
        readonly=True,
    )
    def statement_notices(self, statement_id, what):
        """The notices of an arrears statement in building and room order behind the
        list of those who are to sign for them, or that list alone."""
        statement = readable("property.arrears.statement", statement_id)
        return pdf_response(statement._print_notices(what), statement.display_name)
