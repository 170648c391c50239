"""TCP ports on loopback."""

import socket
import time
import urllib.error
import urllib.request

from .say import Problem

HOST = "127.0.0.1"


def need_free(port, remedy):
    """Raise Problem with REMEDY when something already listens on PORT."""
    if not 0 < port < 65536:
        raise Problem(f"There is no port {port}: choose one from 1024 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise Problem(f"Port {port} needs root. {remedy}") from error
        except OSError as error:
            raise Problem(
                f"Port {port} is taken by another program. {remedy}"
            ) from error


def answers(url, alive, seconds=180):
    """Whether URL answers within SECONDS while ALIVE() holds."""
    until = time.monotonic() + seconds
    while alive() and time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=60) as reply:
                return reply.status == 200
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    return False
