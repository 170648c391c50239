import base64
import io
from datetime import date

import openpyxl

from odoo.tools import file_open

from odoo.addons.property_fee_collection.tests.billing.common import PropertyCommon

SAMPLE = "property_fee_collection/tests/estate/data/xilida_owner_ledger_2026-09.xlsx"
HEADER = "building room owner phone area type status price paidthrough"
HEADER += " monthsinarrears arrears"
SEPTEMBER = date(2026, 9, 30)


def sample():
    """The bytes of the sample ledger (640 fictional units)."""
    with file_open(SAMPLE, "rb") as file:
        return file.read()


def workbook(*rows, header=HEADER):
    """The bytes of a ledger: the header in row 1, ``rows`` from row 2 on."""
    book = openpyxl.Workbook()
    book.active.append(header.split() if isinstance(header, str) else header)
    for row in rows:
        book.active.append(row)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def unit_row(room, owner="Owner", phone=None, **values):
    """A row under HEADER: building 1, 100 m² at 2.00, paid through 2026-09."""
    row = {
        "building": "1",
        "room": room,
        "owner": owner,
        "phone": phone,
        "area": 100,
        "type": "住宅",
        "status": "自住",
        "price": 2,
        "paidthrough": "2026-09",
        **values,
    }
    return [row.get(name) for name in HEADER.split()]


class LedgerCommon(PropertyCommon):
    """A community without units, and the accounts that a ledger is posted to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        accounts = cls.env["account.account"].create(
            [
                {
                    "name": "Opening balances",
                    "code": "399001",
                    "account_type": "equity",
                },
                {
                    "name": "Fees received in advance",
                    "code": "299001",
                    "account_type": "liability_current",
                },
            ]
        )
        cls.opening_account, cls.advance_account = accounts
        cls.company.property_opening_account_id = cls.opening_account
        cls.company.property_advance_account_id = cls.advance_account

    def make_import(self, content, user=None, **values):
        model = self.env["property.ledger.import"]
        return model.with_user(user or self.env.user).create(
            {
                "file": base64.b64encode(content),
                "filename": "ledger.xlsx",
                "community_id": self.community.id,
                "as_of": SEPTEMBER,
                **values,
            }
        )

    def import_rows(self, *rows, **values):
        record = self.make_import(workbook(*rows), **values)
        record.action_import()
        return record

    def unit(self, room):
        return self.env["property.unit"].search(
            [("community_id", "=", self.community.id), ("name", "=", room)]
        )

    def openings(self, record=None):
        domain = [("move_type", "=", "out_invoice")]
        domain += (
            [("property_ledger_import_id", "=", record.id)]
            if record
            else [("property_ledger_import_id", "!=", False)]
        )
        return self.env["account.move"].search(domain, order="property_period, id")

    def messages(self, record, severity):
        return [
            (line.row, line.column)
            for line in record.line_ids
            if line.severity == severity
        ]

    def counts(self):
        """How many records there are of all that an import may make."""
        return {
            name: self.env[name].with_context(active_test=False).search_count([])
            for name in (
                "res.partner",
                "property.building",
                "property.unit",
                "property.unit.tenure",
                "property.unit.occupancy",
                "property.fee.rate",
                "account.move",
                "account.move.line",
            )
        }
