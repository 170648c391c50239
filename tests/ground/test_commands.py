"""Arguments, logs and places as the commands understand them."""

import ast

import pytest

from ground import checks, databases, paths
from ground.commands import odoo, test


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        ([], ["m/tests"]),
        (["-x"], ["-x", "m/tests"]),
        (["tests/ground"], ["m/tests/ground"]),
        (["-k", "tests"], ["-k", "tests", "m/tests"]),
        (["tests/ground/test_apt.py::test_x"], ["m/tests/ground/test_apt.py::test_x"]),
    ],
)
def test_paths_for_pytest(given, passed, monkeypatch):
    monkeypatch.chdir(paths.CHECKOUT)
    assert test.translate(given, "m") == passed


@pytest.mark.parametrize(
    ("given", "listens"),
    [
        (["-d", "x"], True),
        (["server", "-d", "x"], True),
        (["shell", "-d", "x"], False),
        (["-d", "x", "--stop-after-init"], False),
    ],
)
def test_which_commands_listen(given, listens):
    assert odoo.serves(given) == listens


def test_warnings_of_a_log_with_what_follows():
    log = (
        "2026-01-01 00:00:00,000 1 INFO d odoo: fine\n"
        "2026-01-01 00:00:00,000 1 WARNING d odoo: bad\n"
        "  because\n"
        "2026-01-01 00:00:00,000 1 INFO d odoo: fine\n"
    )
    assert [line[-9:] for line in checks.log(log)] == ["odoo: bad", "  because"]


def test_every_dependency_is_pinned():
    pins = (paths.CHECKOUT / "dev/requirements.txt").read_text().lower()
    needed = databases.manifest()["external_dependencies"]["python"]
    assert not [name for name in needed if f"\n{name.lower()}==" not in pins]


def test_scripts_explain_themselves():
    for script in (paths.CHECKOUT / "dev").iterdir():
        if script.is_file() and not script.suffix:
            assert script.stat().st_mode & 0o100, f"{script.name} is not executable"
            assert ast.get_docstring(ast.parse(script.read_text()))


@pytest.mark.parametrize(
    ("given", "cores", "jobs"),
    [
        ([], 2, 2),
        ([], 1, 1),
        (["tests/ground", "tests/estate"], 4, 2),
        (["tests/ground/test_apt.py"], 2, 1),
        (["-k", "tests"], 2, 1),
    ],
)
def test_how_many_runs(given, cores, jobs):
    assert test.usual_jobs(given, cores) == jobs


def test_sums_of_two_runs():
    """What failed comes last, where it is seen; a run that is missing is named."""
    one = {"passed": 3, "skipped": 0, "bad": ["a.py::test_x"]}
    two = {"passed": 4, "skipped": 1, "bad": []}
    assert test.sums([one, two], 61.4).splitlines() == [
        "FAILED a.py::test_x",
        "dev/test: 7 passed, 1 failed, 1 skipped in 61 s, on two databases",
    ]
    assert "ended before its tests did" in test.sums([one], 1)
