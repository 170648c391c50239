"""Where things are: the checkout, the shared cache, this checkout's own state."""

import hashlib
import os
from pathlib import Path

MODULE = "property_fee_collection"
CHECKOUT = Path(__file__).resolve().parents[2]


def _home(variable, default):
    return Path(os.environ.get(variable) or Path.home() / default) / MODULE


def cache():
    """Downloads and what is built from them; shared by all checkouts."""
    return _home("XDG_CACHE_HOME", ".cache")


def tag(checkout=CHECKOUT):
    """A short name of this checkout, so that two checkouts never meet."""
    text = f"{checkout}\0{cache()}\0{os.getuid()}"
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def states():
    """Where each checkout has a folder of its own."""
    return _home("XDG_STATE_HOME", ".local/state")


def clusters():
    """The same for databases: root's home is closed to the user who runs those."""
    if os.getuid():
        return Path(f"/var/tmp/pfc-{os.getuid()}")
    return Path("/var/lib") / MODULE


def state():
    """This checkout's configuration, file store and logs."""
    path = states() / tag()
    path.mkdir(parents=True, exist_ok=True)
    note = path / "checkout"
    if not note.exists():
        note.write_text(f"{CHECKOUT}\n")
    return path
