"""This checkout's addons folder and Odoo configuration, outside the checkout."""

import hashlib
import os

from . import paths


def addons():
    """A folder in which the checkout has the module's technical name."""
    folder = paths.state() / "addons"
    folder.mkdir(exist_ok=True)
    link = folder / paths.MODULE
    if not link.is_symlink() or os.readlink(link) != str(paths.CHECKOUT):
        link.unlink(missing_ok=True)
        link.symlink_to(paths.CHECKOUT)
    return folder


def config(home):
    """Write an odoo.conf for the Odoo in HOME, and return its path.

    The database server is not in it: Odoo reads PGHOST and the like from the
    environment. Named after what it says, it is never changed under a running Odoo.
    """
    data = paths.state() / "data"
    data.mkdir(exist_ok=True)
    folders = [addons()]
    if (home / "addons").is_dir():
        folders.append(home / "addons")
    options = {
        "addons_path": ",".join(map(str, folders)),
        "data_dir": data,
        "http_interface": "127.0.0.1",
        "workers": 0,
        "max_cron_threads": 1,
        "limit_time_real": 1200,
        "limit_time_cpu": 1200,
    }
    lines = [f"{name} = {value}\n" for name, value in options.items()]
    text = "".join(["[options]\n", *lines])
    key = hashlib.sha256(text.encode()).hexdigest()[:8]
    path = paths.state() / f"odoo-{key}.conf"
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
    return path
