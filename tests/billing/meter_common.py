from .common import PropertyCommon


class MeterCommon(PropertyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.water = cls.make_item("Water", "W", "meter")
        cls.energy = cls.make_item("Energy", "E", "meter")
        cls.unit_1 = cls.make_unit("101")
        cls.unit_2 = cls.make_unit("102")
        cls.meter_1 = cls.make_meter(cls.unit_1, cls.water, "W-1")
        cls.meter_2 = cls.make_meter(cls.unit_2, cls.water, "W-2")
        cls.count(cls.meter_1, "2025-12-31", 100)
        cls.count(cls.meter_2, "2025-12-31", 200)

    @classmethod
    def make_meter(cls, unit, item, name, **values):
        return cls.env["property.meter"].create(
            {"unit_id": unit.id, "fee_item_id": item.id, "name": name, **values}
        )

    @classmethod
    def count(cls, meter, day, value, **values):
        return cls.env["property.meter.reading"].create(
            {"meter_id": meter.id, "date": day, "value": value, **values}
        )

    def values_of(self, meter):
        """[(day, count, estimated)] in order of date"""
        return [
            (str(reading.date), reading.value, reading.is_estimate)
            for reading in meter.reading_ids.sorted("date")
        ]
