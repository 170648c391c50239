{
    "name": "Property Fee Collection",
    "summary": "From a community's owner ledger to signed monthly bills,"
    " payment notices and collected fees",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "Property Fee Collection contributors",
    "website": "https://github.com/property-fee-collection/property_fee_collection",
    "license": "LGPL-3",
    "depends": ["account", "sms", "spreadsheet_dashboard"],
    "external_dependencies": {"python": ["xlsxwriter", "openpyxl", "cn2an"]},
    "data": [
        "security/groups.xml",
        "security/estate/ir.model.access.csv",
        "security/estate/rules.xml",
        "views/menus.xml",
        "views/estate/property_unit_views.xml",
    ],
    "demo": [],
    "assets": {},
    "application": True,
}
