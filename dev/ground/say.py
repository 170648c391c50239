"""What the reader sees: steps, progress, and problems said in one sentence."""

import functools
import signal
import subprocess
import sys
import time


class Problem(Exception):
    """Something the reader must put right; the text says how."""


def note(text):
    print(text, file=sys.stderr, flush=True)


def tail(text, lines=40, width=400):
    """The end of a long output, for a reader who wants the reason."""
    return "\n".join(line[:width] for line in text.splitlines()[-lines:])


class Step:
    """A piece of work that is announced, shows how far it is, and says its time."""

    def __init__(self, what, usual=None):
        self.what = what
        self.usual = usual

    def __enter__(self):
        self.began = time.monotonic()
        self.shown = 0
        hint = f" (usually {self.usual} s)" if self.usual else ""
        note(f"- {self.what}{hint} …")
        return self

    def at(self, fraction, left=None):
        """Show FRACTION (0 to 1) done; LEFT is a text, else it is reckoned."""
        spent = time.monotonic() - self.began
        if left is None and fraction > 0.05:
            left = f"about {spent / fraction * (1 - fraction):.0f} s left"
        if sys.stderr.isatty():
            text = f"\r  {fraction:4.0%} {left or ''}"
            print(f"{text:<60}", end="", file=sys.stderr, flush=True)
        elif fraction - self.shown >= 0.25:
            note(f"  {fraction:4.0%} {left or ''}")
        else:
            return
        self.shown = fraction

    def __exit__(self, kind, error, trace):
        if sys.stderr.isatty() and self.shown:
            print("\r" + " " * 62 + "\r", end="", file=sys.stderr)
        if kind is None:
            note(f"  done in {time.monotonic() - self.began:.0f} s")


def follow(command, see, **options):
    """Run COMMAND, hand each line of its output to SEE, and return its exit code."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    ) as process:
        try:
            for line in process.stdout:
                see(line)
        except BaseException:
            process.terminate()
            raise
    return process.returncode


def command(function):
    """Make FUNCTION(arguments) a command: problems become one sentence, exit 1.

    A SIGTERM ends it like Ctrl-C: what was started is stopped on the way out.
    """

    @functools.wraps(function)
    def main(arguments=None):
        if arguments is None:
            arguments = sys.argv[1:]
        signal.signal(signal.SIGTERM, lambda *_args: sys.exit(143))
        try:
            sys.exit(function(arguments))
        except Problem as problem:
            sys.exit(f"\n{problem}")
        except KeyboardInterrupt:
            sys.exit("\nStopped.")

    return main
