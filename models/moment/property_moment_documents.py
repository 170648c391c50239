from odoo import fields, models


class PropertyMoment(models.Model):
    """What belongs to the owner and is passed on to him on this occasion."""

    _inherit = "property.moment"

    document_count = fields.Integer("Documents", compute="_compute_document_count")
    released_count = fields.Integer("Handed Out", compute="_compute_document_count")

    def _compute_document_count(self):
        for moment in self:
            released = moment.document_ids.filtered("released_on")
            moment.document_count = len(moment.document_ids)
            moment.released_count = len(released)

    def action_hand_out(self):
        """Everything on the list has been handed out (procedure, section 4: there is
        no condition)."""
        return self.document_ids.action_hand_out()

    def _list_documents(self):
        """Put what a moment usually passes on on its list."""
        self.env["property.moment.document"].create(
            [
                {"moment_id": moment.id, "name": name}
                for moment in self
                if not moment.document_ids
                for name in moment._usual_documents()
            ]
        )

    def _usual_documents(self):
        """Names of what belongs to the owner."""
        names = {
            "unit_handover": [
                self.env._("Keys"),
                self.env._("Handover form"),
                self.env._("Warranty certificate"),
            ],
            "certificate_handover": [self.env._("Property certificate")],
        }
        return names.get(self.kind, [])
