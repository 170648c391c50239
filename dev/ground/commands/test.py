"""dev/test: the whole suite on a fresh database, browser tests included."""

import argparse
import contextlib
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from .. import paths
from ..databases import Databases
from ..say import command, note
from ..server import attend, ground

# Options of pytest whose value could look like a file of the checkout.
WITH_VALUE = {"-k", "-m", "-n", "-p", "--deselect", "--ignore", "-o", "--maxfail"}


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="dev/test",
        description="Run the tests on real Odoo. Everything else goes to pytest: "
        "paths such as tests/billing, -k WORDS, -x, --lf.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--database", default="test", help="another database, to run beside others"
    )
    parser.add_argument(
        "--keep",
        action="store_true",
        help="reuse the installed database; update the module only if it changed",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        choices=(1, 2),
        help="runs that share the tests, each on a database of its own; two where "
        "the machine has two cores and whole folders are tested",
    )
    options, rest = parser.parse_known_args(arguments)
    options.jobs = options.jobs or usual_jobs(rest, os.cpu_count())
    return options, rest


def usual_jobs(arguments, cores):
    """A second run pays where there is much to do and nothing is looked for."""
    folders = (Path(base) / name for name in arguments for base in ("", paths.CHECKOUT))
    found = sum(folder.is_dir() for folder in folders)
    return 2 if (cores or 1) > 1 and found >= len(arguments) else 1


def translate(arguments, link):
    """Paths of the checkout as pytest must see them, the whole suite by default."""
    found, result, before = False, [], ""
    for argument in arguments:
        path, colons, rest = argument.partition("::")
        if not argument.startswith("-") and before not in WITH_VALUE:
            for place in (paths.CHECKOUT / path, Path.cwd() / path):
                if place.exists() and place.resolve().is_relative_to(paths.CHECKOUT):
                    inside = place.resolve().relative_to(paths.CHECKOUT)
                    argument = f"{link}/{inside}{colons}{rest}"
                    found = True
                    break
        result.append(argument)
        before = argument
    return result if found else [*result, f"{link}/tests"]


@command
def main(arguments):
    options, rest = parse(arguments)
    with ground() as here, contextlib.ExitStack() as stack:
        databases = Databases(here)
        names = [options.database, f"{options.database}-2"][: options.jobs]
        for name in names:
            stack.enter_context(databases.held(name))
        if options.keep:
            databases.refresh(names[0])
        else:
            databases.install(names[0])
        here.environment["PYTHONPATH"] += f"{os.pathsep}{paths.CHECKOUT / 'dev'}"
        if options.jobs == 1:
            note("- running the tests")
            return attend(start(here, names[0], rest))
        databases.copy(*names)
        return share(here, names, rest)


def cache(number):
    return paths.state() / f"pytest{number or ''}"


def start(here, name, arguments, number=None, **options):
    """NUMBER: which of the runs that share the tests."""
    more = ["-p", "ground.inside.share", "-o", "console_output_style=classic"]
    if number is None:
        more = []
    return here.start(
        "-m", "pytest", "-p", "ground.inside.strict", *more,
        "-rs", "--rootdir=.", "-o", f"cache_dir={cache(number)}",
        f"--odoo-config={here.config}", f"--odoo-database={name}", "--odoo-http",
        *translate(arguments, paths.MODULE), cwd=here.addons, **options,
    )  # fmt: skip


def share(here, names, arguments):
    """Two runs at once: one is seen, what the other said follows."""
    note("- running the tests, two files at a time; the second report comes at the end")
    log = paths.state() / "test-2.log"
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, open(log, "w") as file:
        here.environment["SHARED_TESTS"] = folder
        said = {"stdout": file, "stderr": subprocess.STDOUT}
        second = start(here, names[1], arguments, 1, **said)
        try:
            codes = [attend(start(here, names[0], arguments, 0))]
            codes.append(attend(second))
        finally:
            if second.poll() is None:
                second.terminate()
                second.wait()
        print(log.read_text(), flush=True)
        done = [json.loads(path.read_text()) for path in Path(folder).glob("*.done")]
    join_failed()
    note(sums(done, time.monotonic() - began))
    return max(map(abs, codes))


def join_failed():
    """Let --lf know what failed in either run."""
    failed = {}
    files = [cache(number) / "v/cache/lastfailed" for number in (0, 1)]
    for file in files:
        with contextlib.suppress(FileNotFoundError):
            failed |= json.loads(file.read_text())
            file.unlink()
    if failed:
        files[0].write_text(json.dumps(failed))


def sums(done, seconds):
    """What both runs came to, in a few lines."""
    bad = [name for report in done for name in report["bad"]]
    lines = [f"FAILED {name}" for name in bad]
    if len(done) < 2:
        lines.append("A run ended before its tests did; see what it said last.")
    counted = {
        word: sum(report[word] for report in done) for word in ("passed", "skipped")
    }
    lines.append(
        f"dev/test: {counted['passed']} passed, {len(bad)} failed,"
        f" {counted['skipped']} skipped in {seconds:.0f} s, on two databases"
    )
    return "\n".join(lines)
