"""When owners may be called on (procedure, section 4). Pure: no record, no clock."""

from datetime import timedelta


def is_quiet(hour, quiet_from=22.0, quiet_to=8.0):
    """Whether ``hour`` lies in the quiet hours, the first minute included.

    :param hour: local time of day in hours, 22.5 for half past ten in the evening
    """
    if quiet_from <= quiet_to:
        return quiet_from <= hour < quiet_to
    return hour >= quiet_from or hour < quiet_to


def quiet_ends(moment, quiet_to=8.0):
    """When the quiet hours in which ``moment`` lies are over.

    :param moment: local time, without zone
    """
    minutes = round(quiet_to * 60)
    end = moment.replace(hour=minutes // 60, minute=minutes % 60, second=0)
    end = end.replace(microsecond=0)
    return end if end > moment else end + timedelta(days=1)


def hour_text(hour):
    """22.5 → 22:30"""
    minutes = round(hour * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
