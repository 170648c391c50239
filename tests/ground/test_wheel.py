"""The wheel puts the module into an Odoo by pip alone."""

import os
import subprocess
import sys
from zipfile import ZipFile

import pytest

from ground import databases, paths, wheel

INSIDE = f"odoo/addons/{paths.MODULE}"
FIND = (
    "from odoo.modules import module; from odoo.tools import config; "
    "config.parse_config(['--no-http']); "
    f"print(module.get_module_path('{paths.MODULE}'))"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return wheel.build(sys.executable, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    target = tmp_path_factory.mktemp("site")
    order = ["install", "--no-deps", "--no-index", "--target", target, built]
    subprocess.run([sys.executable, "-m", "pip", *order], check=True)
    return target


def test_name_and_version(built):
    version = databases.manifest()["version"]
    assert built.name.startswith(f"odoo_addon_{paths.MODULE}-{version}")


def test_holds_what_a_company_needs(built):
    names = ZipFile(built).namelist()
    for path in databases.manifest()["data"]:
        assert f"{INSIDE}/{path}" in names
    assert f"{INSIDE}/__manifest__.py" in names
    for folder in ("i18n", "static"):
        if any((paths.CHECKOUT / folder).rglob("*.*")):
            assert any(name.startswith(f"{INSIDE}/{folder}/") for name in names)


def test_leaves_out_what_a_checkout_needs(built):
    for name in ZipFile(built).namelist():
        assert not name.startswith((f"{INSIDE}/dev/", f"{INSIDE}/tests/"))


def test_requires_odoo_19(built):
    archive = ZipFile(built)
    name = next(name for name in archive.namelist() if name.endswith("/METADATA"))
    assert "Requires-Dist: odoo==19.0.*" in archive.read(name).decode()


def test_odoo_finds_the_installed_module(installed, tmp_path):
    """In a process that knows Odoo and the installed wheel, and no addons path."""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{os.environ['PYTHONPATH'].split(os.pathsep)[0]}:{installed}",
        "ODOO_RC": str(tmp_path / "none"),
    }
    found = subprocess.run(
        [sys.executable, "-c", FIND],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == str(installed / INSIDE)
