"""A pytest plugin: runs that go on at the same time share the files of the tests.

Each takes the next file that no other has taken, so that nobody need know beforehand
how long a file takes. SHARED_TESTS names the folder where they leave word.
"""

import itertools
import json
import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ["SHARED_TESTS"])


def take(name):
    """Whether the file NAME is ours from now on."""
    try:
        os.close(os.open(FOLDER / name.replace("/", "+"), os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def ours(items):
    for name, tests in itertools.groupby(items, lambda item: item.location[0]):
        if take(name):
            yield from tests


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """As pytest's own, which would have to know all tests from the beginning."""
    if session.testsfailed or session.config.option.collectonly:
        return None
    items = ours(session.items)
    item = next(items, None)
    while item:
        following = next(items, None)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
        item = following
    return True


def pytest_terminal_summary(terminalreporter):
    stats = terminalreporter.stats
    bad = [*stats.get("failed", ()), *stats.get("error", ())]
    done = {
        "passed": len(stats.get("passed", ())),
        "skipped": len(stats.get("skipped", ())),
        "bad": [report.nodeid for report in bad],
    }
    (FOLDER / f"{os.getpid()}.done").write_text(json.dumps(done))
