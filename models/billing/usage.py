"""What a meter counted (procedure, section 5). Pure: no record."""

from typing import NamedTuple

from odoo.tools import date_utils

from ..estate.dates import months_between


class Reading(NamedTuple):
    date: object
    value: float
    is_estimate: bool = False


class Usage(NamedTuple):
    """``quantity`` in the meter's own unit, the multiplier applied.

    ``problem`` is None, ``no_reading`` (none in the month, or none before it to
    subtract) or ``backwards`` (the count fell and the meter does not roll over).
    """

    quantity: float = 0.0
    previous: float | None = None
    current: float | None = None
    is_estimate: bool = False
    average: float | None = None
    problem: str | None = None


def usage(readings, first, last, multiplier=1.0, rollover_at=0.0):
    """Usage between the last reading before the month [first, last] and the last one
    in it, however long the time between them: a month without reading is caught up.

    An estimate that was too high is worked off: until the count passes it the usage is
    zero. ``average`` is the usage per month of the three months before, None where the
    readings do not reach back.

    :param readings: Readings in order of date
    :param rollover_at: the count after which the meter begins at zero again
    """
    base, base_is_estimate, steps = None, False, []
    for reading in readings:
        if reading.date > last:
            break
        step, problem = None, None
        if base is not None:
            step = reading.value - base
            if step < 0:
                if base_is_estimate:
                    steps.append((reading, 0.0, None))
                    continue
                if rollover_at:
                    step += rollover_at
                else:
                    step, problem = 0.0, "backwards"
        steps.append((reading, step, problem))
        base, base_is_estimate = reading.value, reading.is_estimate
    before = [step for step in steps if step[0].date < first]
    within = [step for step in steps if step[0].date >= first]
    average = _average(before, first, multiplier)
    previous = before[-1][0].value if before else None
    if not within or (previous is None and len(within) < 2):
        return Usage(previous=previous, average=average, problem="no_reading")
    return Usage(
        quantity=sum(step or 0.0 for _reading, step, _problem in within) * multiplier,
        previous=previous if previous is not None else within[0][0].value,
        current=within[-1][0].value,
        is_estimate=within[-1][0].is_estimate,
        average=average,
        problem=next((problem for *_rest, problem in within if problem), None),
    )


def _average(before, first, multiplier):
    since = date_utils.subtract(first, months=3)
    recent = [
        index
        for index, (reading, step, _problem) in enumerate(before)
        if index and step is not None and reading.date >= since
    ]
    if not recent:
        return None
    months = months_between(before[recent[0] - 1][0].date, before[-1][0].date)
    return sum(before[index][1] for index in recent) * multiplier / max(1, months)


def estimate(readings, first, last, rollover_at=0.0):
    """The count to expect on the day ``last`` of a month [first, last] without reading.

    The last count and, for each month since, the average usage of the last three
    months. None where a reading exists, there is no average, or nothing to add it to.

    :param readings: Readings in order of date
    """
    if not readings or any(first <= reading.date <= last for reading in readings):
        return None
    # Of the meter's own count: the multiplier is applied when the usage is charged.
    average = usage(readings, first, last, rollover_at=rollover_at).average
    before = [reading for reading in readings if reading.date < first]
    if average is None or not before:
        return None
    months = max(1, months_between(before[-1].date, last))
    value = before[-1].value + average * months
    return value - rollover_at if rollover_at and value >= rollover_at else value
