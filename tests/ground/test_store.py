"""The cache is whole or absent, heals, and is built once."""

import os

import pytest

from ground import paths, prefix, prune, store
from ground.lock import Users
from ground.say import Problem


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


class Builder:
    """Writes one file, and counts how often it had to."""

    def __init__(self, fail=False):
        self.count = 0
        self.fail = fail

    def __call__(self, folder):
        self.count += 1
        (folder / "thing").write_text("whole")
        if self.fail:
            raise KeyboardInterrupt

    @staticmethod
    def check(path):
        return (path / "thing").is_file()

    def entry(self):
        return store.entry("it-1", self, self.check, megabytes=1)


def test_built_once(cache):
    builder = Builder()
    assert builder.entry() == builder.entry()
    assert builder.count == 1


@pytest.mark.parametrize("lost", ["thing", store.MARKER])
def test_broken_entry_heals(cache, lost):
    builder = Builder()
    (builder.entry() / lost).unlink()
    assert (builder.entry() / "thing").read_text() == "whole"
    assert builder.count == 2


def test_interrupted_build_leaves_nothing(cache):
    with pytest.raises(KeyboardInterrupt):
        Builder(fail=True).entry()
    assert not list(cache.rglob("thing"))
    assert Builder().entry().is_dir()


def test_full_disk_is_said(cache):
    with pytest.raises(Problem, match="XDG_CACHE_HOME"):
        store.need_space(cache, megabytes=10**9)


def test_dangling_link_is_damage(tmp_path):
    for name in ("odoo/release.py", "odoo/addons/account/__manifest__.py"):
        file = tmp_path / prefix.PACKAGES / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    absent = tmp_path / prefix.PACKAGES / prefix.ABSENT
    absent.parent.mkdir(parents=True)
    absent.touch()
    assert prefix.check(tmp_path)
    (tmp_path / "font").symlink_to(tmp_path / "gone")
    assert not prefix.check(tmp_path)


def test_only_the_last_user_is_told_so(tmp_path):
    first, second = (Users(tmp_path / "users") for _each in range(2))
    first.enter()
    second.enter()
    assert not first.leave()
    assert second.leave()


def test_lost_checkouts_are_forgotten(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(paths, "clusters", lambda: tmp_path / "clusters")
    for tag, checkout in (("lost", tmp_path / "gone"), ("kept", tmp_path)):
        (paths.states() / tag).mkdir(parents=True)
        (paths.states() / tag / "checkout").write_text(f"{checkout}\n")
        (paths.clusters() / tag / "pg15").mkdir(parents=True)
    prune.forget_lost_checkouts()
    assert [path.name for path in paths.clusters().iterdir()] == ["kept"]
    assert [path.name for path in paths.states().iterdir()] == ["kept"]


def test_old_versions_are_forgotten(cache):
    old = Builder().entry()
    os.utime(old / store.MARKER, (0, 0))
    store.entry("it-2", Builder(), Builder.check, megabytes=1)
    assert not old.exists()
