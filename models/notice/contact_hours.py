"""When owners may be called on (procedure, section 4). Pure: no record, no clock."""


def is_quiet(hour, quiet_from=22.0, quiet_to=8.0):
    """Whether ``hour`` lies in the quiet hours, the first minute included.

    :param hour: local time of day in hours, 22.5 for half past ten in the evening
    """
    if quiet_from <= quiet_to:
        return quiet_from <= hour < quiet_to
    return hour >= quiet_from or hour < quiet_to


def hour_text(hour):
    """22.5 → 22:30"""
    minutes = round(hour * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
