"""Debian's packages: the machine's own sources, and its mirror's other suite."""

import os
import shutil
from pathlib import Path

from .say import Problem, Step, follow

ETC = Path("/etc/apt")


def _one_line(line):
    """(options, address, suite, components) of a `deb` line, else None."""
    words = line.split("#")[0].split()
    if not words or words[0] != "deb":
        return None
    options = ""
    if len(words) > 1 and words[1].startswith("["):
        end = next((n for n, w in enumerate(words) if w.endswith("]")), 0)
        options = " ".join(words[1 : end + 1])
        words = words[:1] + words[end + 1 :]
    return (options, words[1], words[2], words[3:]) if len(words) > 2 else None


def _deb822(text):
    """The same for every address and suite of a deb822 file."""
    for stanza in text.replace("\r", "").split("\n\n"):
        lines = [line for line in stanza.splitlines() if not line.startswith("#")]
        fields, name = {}, None
        for line in lines:
            if line[:1].isspace() and name:
                fields[name] += "\n" + line
            elif ":" in line:
                name, _, value = line.partition(":")
                name = name.lower()
                fields[name] = value
        if "deb" not in fields.get("types", "").split():
            continue
        if fields.get("enabled", "yes").strip().lower() in ("no", "false"):
            continue
        key = fields.get("signed-by", "").strip()
        options = f"[signed-by={key}]" if key.startswith("/") else ""
        for address in fields.get("uris", "").split():
            for suite in fields.get("suites", "").split():
                yield options, address, suite, fields.get("components", "").split()


def sources(etc=ETC):
    """All sources of the machine as (options, address, suite, components)."""
    found = []
    files = [etc / "sources.list", *sorted(etc.glob("sources.list.d/*"))]
    for path in filter(Path.is_file, files):
        text = path.read_text(errors="replace")
        if path.suffix == ".sources":
            found += _deb822(text)
        elif path.suffix == ".list":
            found += filter(None, map(_one_line, text.splitlines()))
    return found


def codename(release=Path("/etc/os-release")):
    for line in release.read_text().splitlines():
        if line.startswith("VERSION_CODENAME="):
            return line.partition("=")[2].strip('"')
    return "sid"


def _as_sid(found):
    for source in found:
        yield f"deb {source[0]} {source[1]} sid main".replace("  ", " "), source


def sid_line(etc=ETC, suite=None):
    """The machine's own Debian source with its suite replaced by `sid`."""
    wanted = [suite or codename(), "stable", "testing", "unstable", "sid"]
    found = [
        # Other people's archives use Debian's names of suites too.
        (not address.rstrip("/").endswith("debian"), wanted.index(name), line)
        for line, (_options, address, name, components) in _as_sid(sources(etc))
        if name in wanted and "main" in components
    ]
    if found:
        return min(found, key=lambda item: item[:2])[2]
    raise Problem(
        f"No Debian source was found in {etc}. These commands take Odoo 19 from "
        "Debian's archive; on another system set ODOO_HOME to an Odoo 19."
    )


def watched(command, what, failure, cwd=None):
    """Run an apt command, showing its own percentage and time left."""
    said = []
    with Step(what) as step:

        def see(line):
            kind, _, rest = line.partition(":")
            parts = rest.split(":", 2)
            if kind not in ("dlstatus", "pmstatus") or len(parts) != 3:
                said.append(line.strip())
                return
            left = parts[2].partition("(")[2].rstrip(" )\n")
            step.at(float(parts[1]) / 100, left if kind == "dlstatus" else None)

        # Its status goes where its output goes: sudo closes all other files.
        if follow([*command, "-o", "APT::Status-Fd=1"], see, cwd=cwd):
            raise Problem(f"{failure}\napt-get said:\n  " + "\n  ".join(said[-4:]))


def elevate(command):
    """COMMAND as root, or a sentence about what is missing for that."""
    if os.getuid() == 0:
        return command
    if shutil.which("sudo"):
        return ["sudo", *command]
    raise Problem(
        "This needs root once, and there is no sudo. Ask an administrator to run: "
        + " ".join(command)
    )
