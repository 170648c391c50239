import base64
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

# Written by the named methods only, never by hand.
BY_METHOD = frozenset(
    (
        "name",
        "token",
        "attachment_id",
        "sha256",
        "state",
        "paid_through",
        "partner_name",
        "lang",
        "issued_by",
        "cancel_reason",
    )
)
# What a certificate says; issued it stays as it is.
CONTENT = frozenset(
    (
        "kind",
        "moment_id",
        "unit_id",
        "partner_id",
        "date",
        "date_expiry",
        "purpose",
        "text",
    )
)
TOKEN_BYTES = 16


def new_token():
    """128 bits, in capitals and digits that can be typed from paper."""
    return base64.b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().rstrip("=")


class PropertyCertificate(models.Model):
    """A certificate of the company about a unit. Only the clearance certificate
    結清證明 needs a nil balance (procedure, sections 3 and 4). Once issued nothing of
    it changes: the PDF is stored with its SHA-256."""

    _name = "property.certificate"
    _description = "Certificate"
    _inherit = [
        "property.guarded",
        "property.unit.bound",
        "property.frozen.pdf",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = BY_METHOD
    _order = "date desc, id desc"
    _rec_names_search = ["name", "partner_id.name", "unit_id.name"]
    _mail_post_access = "read"
    _placing_fields = frozenset(("unit_id", "moment_id"))

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
        "property.unit",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_unit_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(string="Issued to")
    partner_name = fields.Char("Name on the Certificate", readonly=True, copy=False)
    lang = fields.Char("Language", readonly=True, copy=False)
    date = fields.Date(
        "Issued on", required=True, default=fields.Date.context_today, index=True
    )
    date_expiry = fields.Date(
        "Valid to",
        copy=False,
        help="This day included. A clearance certificate gets it from the settings of "
        "the company.",
    )
    purpose = fields.Char(help="What the customer needs it for; printed.")
    text = fields.Text(
        "What Is Certified", help="Of another certificate: the sentence it consists of."
    )
    paid_through = fields.Date(readonly=True, copy=False)
    issued_by = fields.Many2one("res.users", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Issued"), ("cancelled", "Cancelled")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    is_expired = fields.Boolean("Expired", compute="_compute_is_expired")
    cancel_reason = fields.Char(
        "Cancelled Because", readonly=True, copy=False, tracking=True
    )
    token = fields.Char(
        "Verification Code",
        readonly=True,
        copy=False,
        default=lambda self: new_token(),
    )
    verify_url = fields.Char("Public Page", compute="_compute_verify_url")

    _name_uniq = models.UniqueIndex(
        "(company_id, name) WHERE name IS NOT NULL", "This number is taken."
    )
    _token_uniq = models.UniqueIndex(
        "(token) WHERE token IS NOT NULL", "This verification code is taken."
    )

    @api.depends("moment_id")
    def _compute_unit_id(self):
        for certificate in self:
            certificate.unit_id = certificate.unit_id or certificate.moment_id.unit_id

    @api.depends("unit_id", "moment_id")
    def _compute_partner_id(self):
        for certificate in self:
            certificate.partner_id = (
                certificate.partner_id
                or certificate.moment_id.partner_id
                or certificate.unit_id.owner_id
            )

    @api.depends("date_expiry")
    def _compute_is_expired(self):
        for certificate in self:
            last = certificate.date_expiry
            community = certificate.community_id
            certificate.is_expired = bool(
                last and community and last < community._property_today()
            )

    @api.depends("token")
    def _compute_verify_url(self):
        for certificate in self:
            base = certificate.get_base_url()
            certificate.verify_url = f"{base}/property/verify/{certificate.token}"

    @api.depends("name", "kind", "unit_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for certificate in self:
            unit = certificate.unit_id.display_name or ""
            certificate.display_name = certificate.name or (
                f"{certificate._kind_label()} · {unit}"
            )

    def _kind_label(self):
        """The kind in the language of the environment."""
        kinds = self._fields["kind"]._description_selection(self.env)
        return dict(kinds).get(self.kind, "")

    @api.constrains("moment_id", "unit_id")
    def _check_unit(self):
        for certificate in self:
            moment = certificate.moment_id
            if moment and moment.unit_id != certificate.unit_id:
                raise UserError(
                    self.env._("The certificate is about the unit of its moment.")
                )

    def write(self, vals):
        issued = self.filtered(lambda certificate: certificate.state != "draft")
        if (CONTENT | {"token", "name", "attachment_id", "sha256"}) & set(
            vals
        ) and issued:
            raise UserError(
                self.env._(
                    "%(certificate)s is issued. It does not change; cancel it and "
                    "issue another one.",
                    certificate=issued[0].display_name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(certificate.state != "draft" for certificate in self):
            raise UserError(
                self.env._("An issued certificate stays on record. Cancel it instead.")
            )
