from odoo import models


class PropertyVacancy(models.Model):
    _name = "property.vacancy"
    _inherit = ["property.vacancy", "property.guarded"]
    _guarded_fields = frozenset(("state", "decided_by", "decided_on"))
