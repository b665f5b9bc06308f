"""How many arenas the C library makes, as it says itself."""

from __future__ import annotations

import subprocess
import sys

THREADS = """
import ctypes, sys, threading
if sys.argv[1] == "limited":
    from app.arenas import limit_arenas
    assert limit_arenas()
together = threading.Barrier(8)
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
library.fdopen.restype = ctypes.c_void_p

def take():
    together.wait()
    assert library.malloc(50_000)
    together.wait()

threads = [threading.Thread(target=take) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
library.malloc_info(0, ctypes.c_void_p(library.fdopen(1, b"w")))
library.fflush(None)
"""


def arenas(how: str) -> int:
    """Return how many arenas a program of eight threads has."""
    command = [sys.executable, "-c", THREADS, how]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return told.count("<heap nr=")


def test_threads_share_an_arena() -> None:
    assert arenas("limited") == 1
    assert arenas("free") > 1
