from odoo import models
from odoo.tools import SQL, float_compare
from odoo.tools.misc import clean_context

from .ledger_row import AREA_DIGITS

FILLED = (
    "account_move",
    "account_move_line",
    "property_unit",
    "property_unit_tenure",
    "property_unit_occupancy",
    "res_partner",
)


class PropertyLedgerImport(models.Model):
    """Bringing in owners and units."""

    _inherit = "property.ledger.import"

    def _import_ledger(self):
        """Bring the good rows in, in the caller's transaction, and tell the chatter."""
        # the defaults of the screen are not meant for units, contacts and invoices
        clean = clean_context(self.env.context)
        self = self.with_env(self.env(context=clean))
        self._put("done", failure=False)
        work = self._read_ledger(apply=True)
        self.message_post(body=self._summary(work))

    def _summary(self, work):
        return self.env._(
            "%(valid)s of %(rows)s rows imported: %(new)s new units, %(changed)s "
            "changed, %(partners)s new contacts, %(invoices)s opening invoices.",
            valid=work.valid,
            rows=work.rows,
            new=work.made["units"],
            changed=work.made["changed"],
            partners=work.made["partners"],
            invoices=work.made["invoices"],
        )

    def _apply_chunk(self, entries, partners, work):
        self._make_partners(entries, work)
        self._complete_partners(entries, partners)
        self._make_buildings(entries, work)
        self._note_stale_runs(entries, work)
        self._change_units(entries, work)
        self._make_units(entries, work)
        self._post_openings(entries, work)
        for entry in entries:
            if entry.row.price is not None:
                prices = work.units_by_price.setdefault(entry.row.price, [])
                prices.append(entry.unit_id)

    def _finish(self, work):
        """What needs the whole ledger."""
        self._bring_rates(work)
        self._post_advances(work)
        self._void_stale_runs(work)

    def _let_planner_know(self):
        """Refresh the statistics of the tables that this transaction fills.

        Nobody else can: other sessions do not see its rows. After a failed attempt the
        tables even count as empty, and queries then join every row with every other.
        """
        self.env.flush_all()
        names = SQL(", ").join(SQL.identifier(table) for table in FILLED)
        self.env.cr.execute(SQL("ANALYZE (SKIP_LOCKED) %s", names))

    def _quietly(self, model):
        """New records of a ledger need no message "created" each."""
        return self.env[model].with_context(
            tracking_disable=True, mail_create_nosubscribe=True
        )

    def _make_partners(self, entries, work):
        new = {
            id(entry.person): entry.person
            for entry in entries
            if entry.row.owner and not entry.owner_id
        }
        rows = {}
        for entry in entries:
            if entry.person and id(entry.person) in new:
                rows.setdefault(id(entry.person), []).append(entry.row)
        partners = self._quietly("res.partner").create(
            [self._partner_vals(new[key].phones, rows[key]) for key in new]
        )
        for person, partner in zip(new.values(), partners, strict=True):
            person.partner_id = partner.id
        for entry in entries:
            if entry.row.owner:
                entry.owner_id = entry.owner_id or entry.person.partner_id
        work.made["partners"] += len(partners)

    def _partner_vals(self, phones, rows):
        return {
            "name": rows[0].owner,
            "phone": phones[0] if phones else False,
            "property_other_phones": ", ".join(phones[1:]) or False,
            "street": next((row.address for row in rows if row.address), False),
            "company_id": self.company_id.id,
        }

    def _complete_partners(self, entries, partners):
        """Add phones and addresses that known contacts lack; overwrite nothing."""
        wanted = {}
        for entry in entries:
            if entry.owner_id in partners:
                _name, phones, street = partners[entry.owner_id]
                gain = wanted.setdefault(entry.owner_id, {"phones": {}, "street": None})
                gain["phones"].update(
                    dict.fromkeys(p for p in entry.row.phones if p not in phones)
                )
                gain["street"] = gain["street"] or (not street and entry.row.address)
        for partner_id, gain in wanted.items():
            if not gain["phones"] and not gain["street"]:
                continue
            partner = self.env["res.partner"].browse(partner_id)
            numbers = list(gain["phones"])
            vals = {"street": gain["street"]} if gain["street"] else {}
            if numbers and not partner.phone:
                vals["phone"] = numbers.pop(0)
            if numbers:
                others = [partner.property_other_phones or "", *numbers]
                vals["property_other_phones"] = ", ".join(filter(None, others))
            partner.write(vals)

    def _make_buildings(self, entries, work):
        missing = {}
        for entry in entries:
            if entry.building_key not in work.buildings:
                missing.setdefault(entry.building_key, entry.row.building)
        buildings = self.env["property.building"].create(
            [
                {"name": name, "community_id": self.community_id.id}
                for name in missing.values()
            ]
        )
        work.buildings.update(zip(missing, buildings.ids, strict=True))

    def _unit_vals(self, entry, work):
        """The row's values for its unit; what the row leaves blank is not named."""
        row = entry.row
        vals = {
            "floor_area": float(row.area),
            "unit_type": row.unit_type,
            "handover_date": row.handover,
        }
        if not entry.is_opened:
            vals["paid_through"] = row.paid_through
            vals["opening_through"] = work.as_of
        return {name: value for name, value in vals.items() if value is not None}

    def _make_units(self, entries, work):
        new = [entry for entry in entries if not entry.unit]
        units = self._quietly("property.unit").create(
            [
                {
                    **self._unit_vals(entry, work),
                    "name": entry.row.room,
                    "building_id": work.buildings[entry.building_key],
                    "owner_id": entry.owner_id,
                    "note": entry.row.note,
                    **(
                        {"occupancy_status": entry.row.status}
                        if entry.row.status
                        else {}
                    ),
                }
                for entry in new
            ]
        )
        for entry, unit in zip(new, units, strict=True):
            entry.unit_id = unit.id
        work.made["units"] += len(units)

    def _change_units(self, entries, work):
        """Write what differs. Owner and status change as of the ledger's last day, so
        that what happened since stays as it is."""
        Unit = self.env["property.unit"].with_context(active_test=False)
        changed, owners, statuses = set(), {}, {}
        for entry in entries:
            if not entry.unit:
                continue
            unit = Unit.browse(entry.unit_id)
            vals = {
                name: value
                for name, value in self._unit_vals(entry, work).items()
                if self._differs(name, entry.unit[name], value)
            }
            if entry.row.note and not entry.unit["note"]:
                vals["note"] = entry.row.note
            if not entry.unit["active"]:
                vals["active"] = True
            if vals:
                unit.write(vals)
            if entry.owner_id and entry.owner_id != entry.unit["owner_id"]:
                owners[unit] = {"partner_id": entry.owner_id}
            if entry.row.status and entry.row.status != entry.unit["status"]:
                statuses[unit] = {"status": entry.row.status}
            if vals or unit in owners or unit in statuses:
                changed.add(unit.id)
        self._record_history("property.unit.tenure", owners, work, role="owner")
        self._record_history("property.unit.occupancy", statuses, work)
        work.made["changed"] += len(changed)

    def _record_history(self, model, changes, work, **track):
        if changes:
            self.env[model].with_context(
                property_effective_date=work.as_of
            )._record_change(changes, **track)

    def _differs(self, name, old, new):
        if name == "floor_area":
            return bool(float_compare(old, new, precision_digits=AREA_DIGITS))
        return old != new
