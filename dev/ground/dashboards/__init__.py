"""The dashboards, written as code: their JSON is never edited by hand."""

import json

from .. import paths
from . import collectors, occupancy, overview
from .sample import sample

FOLDER = paths.CHECKOUT / "data/books/dashboards"
BOARDS = {
    "overview": overview.board,
    "occupancy": occupancy.board,
    "collectors": collectors.board,
}


def texts():
    """File name → its text, of each dashboard and of its sample."""
    found = {}
    for name, build in BOARDS.items():
        data = build().data()
        # Odoo finds the terms of files that end like this, and of no others.
        found[f"property_{name}_dashboard.json"] = _text(data)
        found[f"property_{name}_sample_dashboard.json"] = _text(sample(data))
    return found


def faults():
    """Files that are not what the code would write."""
    return [
        f"{FOLDER / name} is not up to date: run dev/dashboards"
        for name, text in texts().items()
        if not (FOLDER / name).is_file() or (FOLDER / name).read_text() != text
    ]


def _text(data):
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
