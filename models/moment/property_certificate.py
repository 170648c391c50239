import secrets

from odoo import fields, models


class PropertyCertificate(models.Model):
    """A certificate of the company about a unit. Only the clearance certificate 結清證明
    needs a nil balance (procedure, sections 3 and 4)."""

    _name = "property.certificate"
    _description = "Certificate"
    _inherit = ["property.guarded", "property.community.bound", "mail.thread"]
    _guarded_fields = frozenset(
        ("name", "token", "attachment_id", "sha256", "state", "paid_through")
    )
    _order = "date desc, id desc"
    _rec_names_search = ["name", "partner_id.name", "unit_id.name"]

    kind = fields.Selection(
        [
            ("clearance", "Clearance certificate"),
            ("residence", "Certificate of residence"),
            ("other", "Other certificate"),
        ],
        required=True,
        default="clearance",
    )
    name = fields.Char("Number", readonly=True, copy=False, index="trigram")
    moment_id = fields.Many2one(
        "property.moment", index="btree_not_null", ondelete="restrict"
    )
    unit_id = fields.Many2one(
        "property.unit", required=True, index=True, ondelete="restrict"
    )
    community_id = fields.Many2one(
        related="unit_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Issued to", required=True, index=True, ondelete="restrict"
    )
    date = fields.Date(
        "Issued on", required=True, default=fields.Date.context_today, index=True
    )
    date_expiry = fields.Date("Valid to", copy=False)
    purpose = fields.Char()
    paid_through = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Issued"), ("cancelled", "Cancelled")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    token = fields.Char(
        "Verification Code",
        readonly=True,
        copy=False,
        index="btree_not_null",
        default=lambda self: secrets.token_urlsafe(16),
    )
    attachment_id = fields.Many2one(
        "ir.attachment", "PDF", readonly=True, copy=False, ondelete="restrict"
    )
    sha256 = fields.Char("SHA-256 of the PDF", readonly=True, copy=False)

    _name_uniq = models.UniqueIndex(
        "(company_id, name) WHERE name IS NOT NULL", "This number is taken."
    )
