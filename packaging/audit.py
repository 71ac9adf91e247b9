"""Look the pinned packages up among known vulnerabilities with pip-audit.

Usage: python packaging/audit.py PIP_AUDIT CONSTRAINTS
"""

import subprocess
import sys

_OPTIONS = ("--strict", "--no-deps", "--disable-pip")
_FAILED = 2


def main(pip_audit: str, constraints: str) -> int:
    """Run pip-audit; return its exit code, and in place of a traceback print its last line."""
    command = [pip_audit, *_OPTIONS, "--requirement", constraints]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    if "Traceback" not in done.stderr:
        sys.stderr.write(done.stderr)
        return done.returncode
    reason = done.stderr.strip().splitlines()[-1]
    print(
        f"The packages cannot be looked up: {reason}\nmake audit needs a connection to PyPI.",
        file=sys.stderr,
    )
    return _FAILED


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
