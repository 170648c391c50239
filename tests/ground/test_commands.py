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
