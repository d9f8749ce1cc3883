"""Run a program that does not outlive whoever started it: `python -m config.child PROGRAM ARGUMENT…`.

Supervisor stops its programs when it is stopped. When it is killed it cannot; then the kernel tells them.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h; kept across exec


def main(command: list[str]) -> None:
    """Become `command`. On systems without prctl it simply runs."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            return  # the parent died in between: there is nobody to run for
    os.execv(command[0], command)  # noqa: S606 it is what our own configuration names


if __name__ == "__main__":
    main(sys.argv[1:])
