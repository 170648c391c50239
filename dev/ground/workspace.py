"""This checkout's addons folder and Odoo configuration, outside the checkout."""

import configparser
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


def config(home, server):
    """Write odoo.conf for Odoo in HOME and the database SERVER, and return it."""
    data = paths.state() / "data"
    data.mkdir(exist_ok=True)
    folders = [addons()]
    if (home / "addons").is_dir():
        folders.append(home / "addons")
    options = {
        "addons_path": ",".join(map(str, folders)),
        "data_dir": str(data),
        "db_host": server.get("PGHOST", ""),
        "db_port": server.get("PGPORT", ""),
        "db_user": server.get("PGUSER", ""),
        "db_password": server.get("PGPASSWORD", ""),
        "http_interface": "127.0.0.1",
        "workers": "0",
        "max_cron_threads": "1",
        "limit_time_real": "1200",
        "limit_time_cpu": "1200",
    }
    parser = configparser.RawConfigParser()
    parser["options"] = {name: value for name, value in options.items() if value}
    path = paths.state() / "odoo.conf"
    fresh = path.with_suffix(f".{os.getpid()}")
    with open(fresh, "w") as file:
        parser.write(file)
    fresh.chmod(0o600)
    fresh.replace(path)
    return path
