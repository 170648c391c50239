import base64

from odoo import models
from odoo.tools.misc import format_date

from .evidence_files import INDEX, File, safe_name, unique, zipped
from .evidence_tables import workbook

BASIS = "property_fee_collection.report_evidence_basis"
CONTENTS = "property_fee_collection.report_evidence_index"
BILLS = "property_fee_collection.report_evidence_bills"


class PropertyEvidencePack(models.Model):
    """What lies in a pack: documents as they were frozen, and tables of one customer in
    one community."""

    _inherit = "property.evidence.pack"

    def _zip(self, moment):
        """:return: (bytes of the ZIP, number of files in it)"""
        self.ensure_one()
        local = self.case_id._local(moment).replace(tzinfo=None)
        files = unique(self._files(local))
        index = self._print(CONTENTS, {"files": files, **self._index_facts(local)})
        files.insert(0, File(INDEX, index, ""))
        return zipped(files, local), len(files)

    def _file_name(self):
        day = self.community_id._property_today()
        return safe_name("evidence", self.community_id.code, self.case_id.id, day) + (
            ".zip"
        )

    def _files(self, moment):
        """In the order of the index; numbers say to which part a file belongs."""
        return [
            *self._contract_files(),
            *self._bill_files(),
            *self._table_file("04_payments", self._payment_tables(), moment),
            *self._notice_files(),
            *self._table_file("05_notices", self._notice_tables(), moment),
            *self._table_file("06_contacts", self._contact_tables(), moment),
            *self._table_file("07_agreements", self._agreement_tables(), moment),
            *self._table_file("08_roll_forward", self._forward_tables(), moment),
            *self._table_file("09_limitation", self._limitation_tables(), moment),
            *self._table_file("10_decisions", self._decision_tables(), moment),
            *self._case_documents(),
        ]

    def _table_file(self, name, tables, moment):
        tables = [table for table in tables if table.rows]
        if not tables:
            return []
        proves = ", ".join(table.title for table in tables)
        return [File(f"{name}.xlsx", workbook(tables, moment), proves)]

    def _contract_files(self):
        """On what the claim rests: contract, units, rates."""
        basis = self._print(BASIS, self._basis_facts())
        files = [
            File(
                "02_contract_basis.pdf",
                basis,
                self.env._("Contract, units and rates on which the claim rests"),
            )
        ]
        documents = self.community_id.contract_file_ids
        return files + [
            File(
                safe_name(f"02_contract_{number:02d}", document.name),
                document.raw or b"",
                self.env._("Contract of the community"),
            )
            for number, document in enumerate(documents, 1)
        ]

    def _bill_files(self):
        """Invoices as they were stored when they were sent; those never sent as they
        stand in the books, all in one document."""
        charges = self._charges()
        files, unsent = [], charges.browse()
        for number, move in enumerate(charges, 1):
            stored = move.is_invoice() and move.invoice_pdf_report_id
            if not stored:
                unsent += move
                continue
            files.append(
                File(
                    safe_name(f"03_bill_{number:03d}", move.name) + ".pdf",
                    stored.raw,
                    self.env._("Bill %(number)s as sent", number=move.name),
                )
            )
        if unsent:
            names = ", ".join(unsent.mapped("name"))
            files.append(
                File(
                    "03_bills.pdf",
                    self._print(BILLS, {"bills": self._bill_facts(unsent)}),
                    self.env._("Bills as they stand in the books: %s", names),
                )
            )
        return files

    def _notice_files(self):
        """Frozen PDFs, each with signatures and pictures of its deliveries."""
        files = []
        for number, notice in enumerate(self._notices(), 1):
            name = safe_name(f"05_notice_{number:02d}", notice.name)
            kind = notice._kind_label(notice.kind)
            files.append(
                File(
                    f"{name}.pdf",
                    notice._stored_pdf(),
                    self.env._(
                        "%(kind)s %(number)s as issued on %(day)s",
                        kind=kind,
                        number=notice.name,
                        day=format_date(self.env, notice.date_issued),
                    ),
                )
            )
            for count, row in enumerate(notice.delivery_ids.sorted("date"), 1):
                files += self._delivery_files(f"{name}_delivery_{count}", row)
        return files

    def _delivery_files(self, name, row):
        proves = self.env._(
            "Delivery of %(notice)s on %(day)s: %(outcome)s",
            notice=row.notice_id.name,
            day=format_date(self.env, row._local().date()),
            outcome=self._label(row, "outcome"),
        )
        if row.void_reason:
            proves = self.env._(
                "%(text)s (void: %(why)s)", text=proves, why=row.void_reason
            )
        files = []
        if row.signature:
            content = base64.b64decode(row.signature)
            files.append(File(f"{name}_signature.png", content, proves))
        for picture in row.attachment_ids:
            files.append(File(safe_name(name, picture.name), picture.raw, proves))
        return files

    def _case_documents(self):
        """What was attached to the legal case: power of attorney, claim."""
        if not self.legal_case_id:
            return []
        documents = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "property.legal.case"),
                ("res_id", "=", self.legal_case_id.id),
                ("type", "=", "binary"),
                ("res_field", "=", False),
            ],
            order="id",
        )
        return [
            File(
                safe_name(f"11_case_{number:02d}", document.name),
                document.raw or b"",
                self.env._("Document of the legal case"),
            )
            for number, document in enumerate(documents, 1)
        ]

    def _print(self, template, values):
        notices = self.env["property.notice"]
        html = self.env["ir.qweb"]._render(
            template, {"pack": self, **values, **notices._layout_values()}
        )
        return notices._html_to_pdf(html)

    def _label(self, record, name):
        return record._fields[name].convert_to_export(record[name], record) or ""
