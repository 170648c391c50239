"""File locks, which the kernel takes back even from a process that was killed."""

import contextlib
import fcntl

from .say import note


@contextlib.contextmanager
def exclusive(path, waiting_for=None):
    """Hold PATH alone; say WAITING_FOR when somebody else has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting_for:
                note(f"- waiting for another command that is {waiting_for} …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file


class Users:
    """How many processes use a thing: each holds a shared lock on one file."""

    def __init__(self, path):
        self.path = path
        self.file = None

    def enter(self):
        self.file = open(self.path, "a")
        fcntl.flock(self.file, fcntl.LOCK_SH)

    def leave(self):
        """Stop using it, and tell whether that was the last user."""
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            return False
        finally:
            self.file.close()
