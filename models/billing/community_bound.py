"""What billing keeps stays in its community: see ``property.community.bound``."""

from odoo import models

from ..estate.property_community_bound import PLACES


class PropertyFeeRate(models.Model):
    _name = "property.fee.rate"
    _inherit = ["property.fee.rate", "property.community.bound"]


class PropertyVacancy(models.Model):
    _name = "property.vacancy"
    _inherit = ["property.vacancy", "property.community.bound"]


class PropertyMeter(models.Model):
    _name = "property.meter"
    _inherit = ["property.meter", "property.community.bound"]


class PropertyMeterReading(models.Model):
    _name = "property.meter.reading"
    _inherit = ["property.meter.reading", "property.community.bound"]


class PropertySharedCost(models.Model):
    _name = "property.shared.cost"
    _inherit = ["property.shared.cost", "property.community.bound"]
    _placing_fields = PLACES | {"building_ids"}


class PropertyBillingException(models.Model):
    _name = "property.billing.exception"
    _inherit = ["property.billing.exception", "property.community.bound"]


class PropertyBillingRun(models.Model):
    _name = "property.billing.run"
    _inherit = ["property.billing.run", "property.community.bound"]


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "property.community.bound"]
    _placing_fields = frozenset(
        ("property_community_id", "property_unit_id", "property_run_id")
    )
