from odoo import fields, models
from odoo.exceptions import AccessError

READERS = ("group_cs_head", "group_finance", "group_manager")
MODULE = "property_fee_collection"


class DigestDigest(models.Model):
    """Property fees in Odoo's periodic digest: of the communities that its reader may
    see, in the digest's company."""

    _inherit = "digest.digest"

    kpi_property_collected = fields.Boolean("Property Fees Received")
    kpi_property_collected_value = fields.Monetary(
        compute="_compute_kpi_property_collected_value"
    )
    kpi_property_rate = fields.Boolean("Collection Rate of the Month, %")
    kpi_property_rate_value = fields.Float(compute="_compute_kpi_property_rate_value")
    kpi_property_promises = fields.Boolean("Promises Kept")
    kpi_property_promises_value = fields.Integer(
        compute="_compute_kpi_property_promises_value"
    )

    def _compute_kpi_property_collected_value(self):
        """Payments taken in for communities, less what was paid back; company
        currency."""
        # sudo: managers keep no books; the communities are those they may see.
        rows = (
            self.env["account.payment"]
            .sudo()
            ._read_group(
                [
                    ("property_community_id", "in", self._property_communities().ids),
                    ("state", "in", ("in_process", "paid")),
                    *self._property_days("date"),
                ],
                ["company_id"],
                ["amount_company_currency_signed:sum"],
            )
        )
        self._property_set("kpi_property_collected_value", dict(rows))

    def _compute_kpi_property_rate_value(self):
        """Of the month in which the time ends; per cent."""
        communities = self._property_communities()
        _start, end = self._property_span()
        rows = self.env["property.figure"]._read_group(
            [
                ("community_id", "in", communities.ids),
                ("period", "=", end.replace(day=1)),
            ],
            ["company_id"],
            ["applied:sum", "charged:sum"],
        )
        rates = {
            company: 100.0 * (applied or 0) / charged
            for company, applied, charged in rows
            if charged
        }
        self._property_set("kpi_property_rate_value", rates)

    def _compute_kpi_property_promises_value(self):
        """Promises whose day was in the time, and which were kept."""
        rows = self.env["property.promise"]._read_group(
            [
                ("community_id", "in", self._property_communities().ids),
                ("state", "=", "kept"),
                *self._property_days("date"),
            ],
            ["company_id"],
            ["__count"],
        )
        self._property_set("kpi_property_promises_value", dict(rows))

    def _property_communities(self):
        """:raises AccessError: for who is not to see figures; his digest leaves them
        out"""
        if not self.env.user._has_property_role(*READERS):
            raise AccessError(self.env._("Figures of property fees are not for you."))
        _start, _end, companies = self._get_kpi_compute_parameters()
        return self.env["property.community"].search(
            [("company_id", "in", companies.ids)]
        )

    def _property_span(self):
        """The first day that is left out, and the last that counts."""
        start, end, _companies = self._get_kpi_compute_parameters()
        return tuple(
            fields.Datetime.to_datetime(moment).date() for moment in (start, end)
        )

    def _property_days(self, name):
        start, end = self._property_span()
        return [(name, ">", start), (name, "<=", end)]

    def _property_set(self, name, values):
        for digest in self:
            company = digest.company_id or self.env.company
            digest[name] = values.get(company, 0)

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref(f"{MODULE}.menu_property_root").id
        for name, action in (
            ("collected", "action_property_receipt"),
            ("rate", "action_property_figure"),
            ("promises", "action_property_promise"),
        ):
            actions[f"kpi_property_{name}"] = f"{MODULE}.{action}?menu_id={menu}"
        return actions
