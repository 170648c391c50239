from odoo import http

from .print_file import pdf_response, readable

PAPERS = "poster_a4,poster_a3,letters,labels,invitations"


class ReminderPapers(http.Controller):
    """What a reminder campaign prints, for those who may send it."""

    @http.route(
        f"/property/reminders/<int:campaign_id>/<any({PAPERS}):what>.pdf",
        type="http",
        auth="user",
    )
    def reminder_paper(self, campaign_id, what):
        """Posters, letters, address labels or invitations of a campaign."""
        campaign = readable("property.reminder.campaign", campaign_id)
        content = campaign._print_paper(what)
        return pdf_response(content, f"{campaign.name} {what}")
