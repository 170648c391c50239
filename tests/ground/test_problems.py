"""What can go wrong on a machine is said in a sentence that helps."""

import os
import socket
import subprocess
import sys

import pytest

import ground
from ground import apt, paths, ports, prefix
from ground.say import Problem, command

DEV = paths.CHECKOUT / "dev"


def test_port_taken():
    with socket.socket() as other:
        other.bind((ports.HOST, 0))
        other.listen()
        number = str(other.getsockname()[1])
        demo = subprocess.run(
            [sys.executable, DEV / "demo", "--port", number],
            capture_output=True,
            text=True,
        )
    assert demo.returncode == 1
    assert f"Port {number} is taken" in demo.stderr
    assert "Traceback" not in demo.stderr


def test_no_network(tmp_path, monkeypatch):
    """The mirror is a port nobody listens on."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("ODOO_HOME", raising=False)
    nowhere = f"deb [trusted=yes] http://{ports.HOST}:9/debian sid main"
    monkeypatch.setattr(apt, "sid_line", lambda: nowhere)
    with pytest.raises(Problem, match="Check the network"):
        prefix.odoo()


def test_no_root_and_no_sudo(monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(Problem, match="apt-get install x"):
        apt.elevate(["apt-get", "install", "x"])


def test_wrong_python(monkeypatch):
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(SystemExit, match="3.10 to 3.13"):
        ground.hand_over()


@pytest.mark.parametrize(
    ("version", "good"), [((3, 9), 0), ((3, 10), 1), ((3, 13), 1), ((3, 14), 0)]
)
def test_versions_of_python(version, good):
    assert ground.suitable(version) == bool(good)


def test_odoo_home_without_odoo(tmp_path, monkeypatch):
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    with pytest.raises(Problem, match="holds no Odoo"):
        prefix.odoo()


def test_odoo_home_of_another_version(tmp_path, monkeypatch):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo/release.py").write_text("version_info = (18, 0, 0, FINAL, 0, '')")
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    with pytest.raises(Problem, match="is not Odoo 19"):
        prefix.odoo()


def test_problem_becomes_a_sentence(capsys):
    @command
    def fails(_arguments):
        raise Problem("Do this.")

    with pytest.raises(SystemExit) as stop:
        fails([])
    assert stop.value.code == "\nDo this."


def test_two_checkouts_have_two_names(tmp_path):
    assert paths.tag(tmp_path / "a") != paths.tag(tmp_path / "b")
