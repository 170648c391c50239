"""Notices stay in their community: see ``property.community.bound``."""

from odoo import models


class PropertyNotice(models.Model):
    _name = "property.notice"
    _inherit = ["property.notice", "property.community.bound"]


class PropertyDelivery(models.Model):
    _name = "property.delivery"
    _inherit = ["property.delivery", "property.community.bound"]
