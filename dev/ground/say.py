"""What the reader sees: steps, progress, and problems said in one sentence."""

import functools
import sys
import time


class Problem(Exception):
    """Something the reader must put right; the text says how."""


def note(text):
    print(text, file=sys.stderr, flush=True)


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


def command(function):
    """Make FUNCTION(arguments) a command: problems become one sentence, exit 1."""

    @functools.wraps(function)
    def main(arguments=None):
        if arguments is None:
            arguments = sys.argv[1:]
        try:
            sys.exit(function(arguments))
        except Problem as problem:
            sys.exit(f"\n{problem}")
        except KeyboardInterrupt:
            sys.exit("\nStopped.")

    return main
