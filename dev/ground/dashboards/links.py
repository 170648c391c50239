"""Links of headings into the module."""

import json

from .source import MODEL


def figures(name, group, measures, domain=()):
    """Open the reporting model as a pivot view of the same numbers."""
    view = {
        "viewType": "pivot",
        "action": {
            "domain": list(domain),
            "context": {
                "group_by": [group],
                "pivot_measures": list(measures),
                "pivot_column_groupby": [],
                "pivot_row_groupby": [group],
            },
            "modelName": MODEL,
            "views": [[False, "pivot"], [False, "graph"], [False, "list"]]
            + [[False, "search"]],
        },
        "threshold": 0,
        "name": name,
    }
    return f"odoo://view/{json.dumps(view)}"
