"""The ground: real Odoo, PostgreSQL and a browser under this checkout.

This file must be readable for any Python 3: it is where a Python that is too old
or too new hands over to one that Odoo 19 runs on.
"""

import os
import shutil
import sys

OLDEST, NEWEST = (3, 10), (3, 13)


def suitable(version):
    return OLDEST <= tuple(version[:2]) <= NEWEST


def _runs(path):
    """Whether PATH starts; a version manager's stand-in may exist and not run."""
    import subprocess

    try:
        return not subprocess.call(
            [path, "-c", "import ensurepip"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return False


def hand_over():
    """Run the same command again with a suitable Python, or say what is needed."""
    for minor in (11, 12, 13, 10):
        path = shutil.which("python3." + str(minor))
        if path and _runs(path):
            os.execv(path, [path] + sys.argv)
    sys.exit(
        "Odoo 19 needs Python 3.10 to 3.13, and %s is Python %s. Install one of "
        "them, for example with: apt-get install python3 python3-venv"
        % (sys.executable, sys.version.split()[0])
    )


if not suitable(sys.version_info):
    hand_over()
