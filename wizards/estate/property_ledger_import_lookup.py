from odoo import models

from .ledger_cells import phone_key, read_phones
from .ledger_headers import name_key


def same_person(name, phones, row):
    """Whether a unit's present owner can be the owner of its row: the same name and no
    phones that speak against it."""
    if name != row.owner:
        return False
    return not phones or not row.phones or not phones.isdisjoint(row.phones)


class PropertyLedgerImport(models.Model):
    """What the database knows of a chunk: a fixed number of queries, however long."""

    _inherit = "property.ledger.import"

    def _look_up(self, entries, work):
        """Fill in each entry's unit and owner, and warn of what the row would change.

        :return: {partner id: (name, phones, street)} of all partners named in the chunk
        """
        units = self._known_units(entries, work)
        for entry in entries:
            building_id = work.buildings.get(entry.building_key)
            unit_id = work.units.get((building_id, name_key(entry.row.room)))
            entry.unit = units.get(unit_id)
            entry.unit_id = entry.unit and entry.unit["id"]
        owners = {entry.unit["owner_id"] for entry in entries if entry.unit} - {None}
        partners = self._known_partners({entry.row.owner for entry in entries}, owners)
        by_name = {}
        for partner_id, (name, phones, _street) in partners.items():
            by_name.setdefault(name, []).append((partner_id, phones))
        for entry in entries:
            if entry.row.owner:
                self._recognise_owner(entry, partners, by_name)
        self._warn_of_openings(entries)
        return partners

    def _known_units(self, entries, work):
        """{unit id: values}, with owner and status at the ledger's date."""
        self._know_places(work)
        places = {
            (work.buildings.get(entry.building_key), name_key(entry.row.room))
            for entry in entries
        }
        found = (
            self.env["property.unit"]
            .with_context(active_test=False)
            .search_read(
                [("id", "in", [work.units[key] for key in places & work.units.keys()])],
                [
                    "active",
                    "floor_area",
                    "unit_type",
                    "handover_date",
                    "paid_through",
                    "opening_through",
                    "note",
                ],
                load=None,
            )
        )
        ids = [unit["id"] for unit in found]
        owners = self._valid_then("property.unit.tenure", ids, "partner_id", work)
        statuses = self._valid_then("property.unit.occupancy", ids, "status", work)
        for unit in found:
            unit["owner_id"] = owners.get(unit["id"])
            unit["status"] = statuses.get(unit["id"])
        return {unit["id"]: unit for unit in found}

    def _know_places(self, work):
        """Learn once which buildings and units there are, by what their spellings have
        in common; the database could not compare them so."""
        if work.units is not None:
            return
        here = [("community_id", "=", self.community_id.id)]
        found = self.env["property.building"].search_read(here, ["name"], order="id")
        first_spelt = {
            building["id"]: work.buildings.setdefault(
                name_key(building["name"]), building["id"]
            )
            for building in found
        }
        # of two spellings that were brought in as two the one in use, then the older
        found = (
            self.env["property.unit"]
            .with_context(active_test=False)
            .search_read(
                here, ["name", "building_id"], order="active desc, id", load=None
            )
        )
        work.units = {}
        for unit in found:
            key = first_spelt.get(unit["building_id"]), name_key(unit["name"])
            work.units.setdefault(key, unit["id"])

    def _valid_then(self, model, unit_ids, value, work):
        """{unit id: value of the history row that holds on the ledger's last day}."""
        role = [("role", "=", "owner")] if value == "partner_id" else []
        rows = self.env[model].search_read(
            [
                ("unit_id", "in", unit_ids),
                *role,
                "|",
                ("date_from", "=", False),
                ("date_from", "<=", work.as_of),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", work.as_of),
            ],
            ["unit_id", value],
            load=None,
        )
        return {row["unit_id"]: row[value] for row in rows}

    def _known_partners(self, names, ids):
        Partner = self.env["res.partner"]
        rows = Partner.search_read(
            [
                *Partner._check_company_domain(self.company_id),
                "|",
                ("id", "in", list(ids)),
                "&",
                ("name", "in", list(names - {None})),
                ("parent_id", "=", False),
            ],
            ["name", "phone", "property_other_phones", "street"],
            order="id",
        )
        return {
            row["id"]: (
                row["name"],
                {phone_key(row["phone"])} - {""}
                | set(read_phones(row["property_other_phones"] or "")),
                row["street"],
            )
            for row in rows
        }

    def _recognise_owner(self, entry, partners, by_name):
        """The unit's own owner first, so that the same ledger changes nothing."""
        row, person = entry.row, entry.person
        present = entry.unit and entry.unit["owner_id"]
        if present in partners and same_person(*partners[present][:2], row):
            entry.owner_id = present
        else:
            entry.owner_id = person.partner_id or next(
                (
                    partner_id
                    for partner_id, phones in by_name.get(row.owner, ())
                    if not phones.isdisjoint(person.phones)
                ),
                None,
            )
            if present and entry.owner_id != present:
                old = partners[present][0] if present in partners else ""
                row.warn("owner", "owner_changes", old=old, new=row.owner)
        person.partner_id = person.partner_id or entry.owner_id

    def _warn_of_openings(self, entries):
        opened = {entry.unit_id: entry for entry in entries if entry.is_opened}
        # sudo: those who import need not be accountants; only a sum is compared
        sums = dict(
            self.env["account.move"]
            .sudo()
            ._read_group(
                [
                    ("property_unit_id", "in", list(opened)),
                    ("property_ledger_import_id", "!=", False),
                    ("state", "!=", "cancel"),
                ],
                ["property_unit_id"],
                ["amount_total:sum"],
            )
        )
        sums = {unit.id: amount for unit, amount in sums.items()}
        for unit_id, entry in opened.items():
            old = sums.get(unit_id, 0.0)
            if self.currency_id.compare_amounts(old, float(entry.arrears)):
                entry.row.warn("arrears", "opening_differs", old=old, new=entry.arrears)
