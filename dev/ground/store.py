"""Cache entries that are whole or absent, and heal when they are broken."""

import errno
import shutil
import tempfile
import time

from . import paths
from .lock import exclusive
from .say import Problem, note

MARKER = ".complete"
KEEP = 30 * 24 * 3600  # seconds that an older version stays after its last use


def whole(path, check):
    """Whether PATH was finished and still passes CHECK(path)."""
    return (path / MARKER).is_file() and check(path)


def need_space(path, megabytes):
    path.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(path).free // 1_000_000
    if free < megabytes:
        raise Problem(
            f"{path} has {free} MB free and {megabytes} MB are needed. Make room, or "
            "set XDG_CACHE_HOME to a folder on a larger disk."
        )


def entry(name, build, check, megabytes):
    """The folder NAME of the cache; BUILD(folder) makes it when it is not whole.

    It is built aside and renamed when complete, so a run that is cut off leaves
    nothing that looks finished. Two commands at once build it once.
    """
    root = paths.cache()
    path = root / name
    if whole(path, check):
        (path / MARKER).touch()
        return path
    need_space(root, megabytes)
    with exclusive(root / f".{name}.lock", f"preparing {name}"):
        if whole(path, check):
            return path
        if path.exists():
            note(f"- {path} is incomplete or damaged; making it anew")
            shutil.rmtree(path)
        for left_over in root.glob(f".{name}.new-*"):
            shutil.rmtree(left_over, ignore_errors=True)
        fresh = tempfile.mkdtemp(prefix=f".{name}.new-", dir=root)
        _build(build, root / fresh, path)
    return path


def _forget_old(path):
    """Remove older versions of PATH that nobody has used for a month."""
    kind = path.name.rpartition("-")[0]
    for marker in path.parent.glob(f"{kind}-*/{MARKER}"):
        if time.time() - marker.stat().st_mtime > KEEP:
            shutil.rmtree(marker.parent, ignore_errors=True)


def _build(build, fresh, path):
    _forget_old(path)
    try:
        build(fresh)
        (fresh / MARKER).touch()
        fresh.chmod(0o755)
        fresh.rename(path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Problem(f"The disk of {path.parent} is full. Make room.") from error
        raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
