"""`make audit`: what pip-audit prints, and one line in place of its tracebacks."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "audit.py"


@pytest.mark.parametrize(
    ("stands_in", "code", "shown"),
    [
        ("print('Found 1 known vulnerability', file=sys.stderr); sys.exit(1)", 1, "Found 1 known"),
        ("raise ConnectionError('no route to pypi.org')", 2, "no route to pypi.org"),
    ],
    ids=["a vulnerability", "no connection"],
)
def test_outcome_is_reported_without_a_traceback(
    tmp_path: Path, stands_in: str, code: int, shown: str
) -> None:
    pip_audit = tmp_path / "pip-audit"
    pip_audit.write_text(f"#!{sys.executable}\nimport sys\n{stands_in}\n")
    pip_audit.chmod(0o755)
    done = subprocess.run(
        [sys.executable, SCRIPT, pip_audit, "constraints.txt"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert shown in done.stderr
    assert "Traceback" not in done.stderr
