"""The machine's Debian source is found in both formats, and no other one."""

import pytest

from ground import apt
from ground.say import Problem

ONE_LINE = """
# a comment
deb http://other.example/apt bookworm-tools extra
deb http://another.example/php bookworm main
deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian bookworm main contrib
deb-src http://mirror.example/debian bookworm main
"""
DEB822 = """
Types: deb
URIs: http://other.example/node
Suites: nodistro
Components: main

# the system's own
Enabled: yes
Types: deb deb-src
# a remark
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /k.gpg
"""


def etc(tmp_path, name, text):
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / name).write_text(text)
    return tmp_path


def test_one_line_format(tmp_path):
    line = apt.sid_line(etc(tmp_path, "sources.list", ONE_LINE), "bookworm")
    assert line == (
        "deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian sid main"
    )


def test_deb822_format(tmp_path):
    folder = etc(tmp_path, "sources.list.d/debian.sources", DEB822)
    assert apt.sid_line(folder, "bookworm") == (
        "deb [signed-by=/k.gpg] http://mirror.example/debian sid main"
    )


def test_disabled_source_is_not_used(tmp_path):
    text = DEB822.replace("Enabled: yes", "Enabled: no")
    folder = etc(tmp_path, "sources.list.d/debian.sources", text)
    with pytest.raises(Problem, match="ODOO_HOME"):
        apt.sid_line(folder, "bookworm")


def test_another_system_is_told_about_odoo_home(tmp_path):
    folder = etc(tmp_path, "sources.list", "deb http://x.example/u noble universe")
    with pytest.raises(Problem, match="set ODOO_HOME"):
        apt.sid_line(folder, "noble")
