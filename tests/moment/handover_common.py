from datetime import date

from freezegun import freeze_time

from ..collection.common import CollectionCommon


class HandoverCommon(CollectionCommon):
    """Five undelivered units of building 1, each with its owner; appointments on
    Monday 9 and Tuesday 10 March 2026, 9 to 11 o'clock in Taipei (UTC + 8), half
    hours, one counter: eight seats."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rooms = [
            cls.make_unit(room, owner=name, occupancy_status="undelivered")
            for room, name in (
                ("1201", "Lin Mei"),
                ("1202", "Chen Hao"),
                ("1203", "Wang Jun"),
                ("1204", "Zhao Li"),
                ("1205", "Sun Wei"),
            )
        ]
        cls.lin, cls.chen, cls.wang, cls.zhao, cls.sun = (
            unit.owner_id for unit in cls.rooms
        )
        cls.units = cls.env["property.unit"].union(*cls.rooms)
        cls.batch = cls.make_batch()

    @classmethod
    def make_batch(cls, **values):
        return cls.env["property.handover.batch"].create(
            {
                "name": "Building 1",
                "community_id": cls.community.id,
                "date_from": date(2026, 3, 9),
                "date_to": date(2026, 3, 10),
                "hour_from": 9.0,
                "hour_to": 11.0,
                "pause_from": 0.0,
                "pause_to": 0.0,
                "slot_minutes": 30,
                "counters": 1,
                "place": "Lobby of building 1",
                **values,
            }
        )

    @classmethod
    def fill(cls, batch=None, units=None, plan=True):
        """The units with their owners, planned a week before."""
        batch, units = batch or cls.batch, units or cls.units
        with freeze_time("2026-03-02 02:00"):
            batch._add({unit: (unit.owner_id, False) for unit in units})
            if plan:
                batch.action_plan()
        return batch.moment_ids

    @classmethod
    def moment_of(cls, partner, batch=None):
        return (batch or cls.batch).moment_ids.filtered(
            lambda row: row.partner_id == partner
        )
