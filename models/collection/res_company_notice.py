from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    property_contract_basis = fields.Text(
        "Contract Basis",
        translate=True,
        help="On what demands rest: the contract, and the law behind it. Empty: the "
        "property service contract and the law of the jurisdiction.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    property_contract_basis = fields.Text(
        related="company_id.property_contract_basis", readonly=False
    )


class PropertyCommunity(models.Model):
    _inherit = "property.community"

    contract_basis = fields.Text(
        translate=True, help="Its own contract; empty: as in the company."
    )

    def _contract_basis(self):
        """What a demand rests on, in the language of the environment."""
        self.ensure_one()
        company = self.company_id
        return (
            self.contract_basis
            or company.property_contract_basis
            or self._contract_basis_by_law(company.property_jurisdiction)
        )

    def _contract_basis_by_law(self, jurisdiction):
        if jurisdiction == "cn":
            return self.env._(
                "the property service contract of %(community)s and articles 937, 939 "
                "and 944 of the Civil Code of the People's Republic of China",
                community=self.name,
            )
        if jurisdiction == "tw":
            return self.env._(
                "the covenants and the management contract of %(community)s and "
                "articles 10 and 21 of the Condominium Administration Act",
                community=self.name,
            )
        return self.env._(
            "the property service contract of %(community)s", community=self.name
        )
