from odoo import api, models
from odoo.tools import SQL

from .meter_match import Known, Meter, MeterBook


class PropertyMeter(models.Model):
    """Meters as the import of readings looks them up: read in sets, once."""

    _inherit = "property.meter"

    @api.model
    def _meters_to_match(self, community):
        """:return: a list of ``Meter`` of all units of ``community``"""
        records = self.search([("community_id", "=", community.id)])
        return [
            Meter(
                id=meter.id,
                serial=meter.name or "",
                item_id=meter.fee_item_id.id,
                building=meter.unit_id.building_id.name or "",
                room=meter.unit_id.name or "",
                unit=meter.unit_id.display_name,
                installed=meter.date_installed or None,
                removed=meter.date_removed or None,
                rollover_at=meter.rollover_at,
            )
            for meter in records
        ]

    @api.model
    def _meter_book(self, community, meters):
        units = self.env["property.unit"].search_fetch(
            [("community_id", "=", community.id)], ["name", "building_id"]
        )
        rooms = {(unit.building_id.name, unit.name) for unit in units}
        return MeterBook(meters, rooms, self._item_names(community))

    @api.model
    def _item_names(self, community):
        """Names in every language, and codes, of the metered fees: {text: id}"""
        items = self.env["property.fee.item"].search(
            [
                ("basis", "=", "meter"),
                ("company_id", "in", (False, community.company_id.id)),
            ]
        )
        names = {}
        for lang, _name in self.env["res.lang"].get_installed():
            for item in items.with_context(lang=lang):
                names[item.name] = item.id
        return {**names, **{item.code: item.id for item in items}}

    @api.model
    def _known_readings(self, meters, since):
        """Readings from the day ``since`` on and the last one before it, for a count is
        held against its neighbours; an installation counts as a reading.

        :return: {meter id: [Known]} in order of date
        """
        self.env["property.meter.reading"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT meter_id, date, value, is_estimate, id
                  FROM property_meter_reading
                 WHERE meter_id = ANY(%(meters)s) AND date >= %(since)s
                 UNION ALL
               (SELECT DISTINCT ON (meter_id) meter_id, date, value, is_estimate, id
                  FROM property_meter_reading
                 WHERE meter_id = ANY(%(meters)s) AND date < %(since)s
              ORDER BY meter_id, date DESC)
              ORDER BY meter_id, date
                """,
                meters=[meter.id for meter in meters],
                since=since,
            )
        )
        initial = {
            meter["id"]: meter
            for meter in self.browse(meter.id for meter in meters).read(
                ["date_installed", "initial_value"]
            )
        }
        known = {
            meter: [Known(row["date_installed"], row["initial_value"], False)]
            for meter, row in initial.items()
            if row["date_installed"]
        }
        for meter, day, value, is_estimate, reading in rows:
            known.setdefault(meter, []).append(
                Known(day, float(value), bool(is_estimate), reading)
            )
        for history in known.values():
            history.sort(key=lambda reading: reading.date)
        return known
