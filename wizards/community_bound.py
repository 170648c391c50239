"""What is brought in stays in its community: see ``property.community.bound``."""

from odoo import models


class PropertyLedgerImport(models.Model):
    _name = "property.ledger.import"
    _inherit = ["property.ledger.import", "property.community.bound"]


class PropertyLedgerImportLine(models.Model):
    _name = "property.ledger.import.line"
    _inherit = ["property.ledger.import.line", "property.community.bound"]


class PropertyMeterImport(models.Model):
    _name = "property.meter.import"
    _inherit = ["property.meter.import", "property.community.bound"]


class PropertyMeterImportLine(models.Model):
    _name = "property.meter.import.line"
    _inherit = ["property.meter.import.line", "property.community.bound"]


class PropertyMeterReplace(models.TransientModel):
    _name = "property.meter.replace"
    _inherit = ["property.meter.replace", "property.community.bound"]


class PropertyReadingRound(models.TransientModel):
    _name = "property.reading.round"
    _inherit = ["property.reading.round", "property.community.bound"]
