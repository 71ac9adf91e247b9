"""Runs a command until standard input ends, so that a server ends with the process that started it.

Run as a script: ``python watchdog.py COMMAND ...``. The pipe on its standard input closes however
the parent ends, even if it is killed.
"""

import os
import subprocess
import sys
import threading


def main(command: list[str]) -> int:
    """Run a command; return its exit code."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def end_with_parent() -> None:
        # Not through sys.stdin: Python aborts if a thread holds its lock when the process exits.
        while os.read(0, 1024):
            pass
        process.kill()  # the server has nothing to save

    threading.Thread(target=end_with_parent, daemon=True).start()
    return process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
