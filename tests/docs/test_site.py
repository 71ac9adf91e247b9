"""`make docs`: the site is built without a warning."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE_PAGES = runpy.run_path(str(ROOT / "docs" / "site_pages.py"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    pages, site = folder / "pages", folder / "site"
    SITE_PAGES["collect_pages"](pages)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", site],
        cwd=ROOT,
        env={**os.environ, "SITE_PAGES": str(pages), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return site


def test_all_pages_are_in_it(site: Path) -> None:
    for page in ("README", "ARCHITECTURE", "docs/tutorial", "docs/design/README", "eval/RESULTS"):
        file = site / f"{page}.html"
        assert file.exists() or file.with_name("index.html").exists(), page


def test_docstrings_are_the_reference_of_python(site: Path) -> None:
    text = (site / "docs" / "reference.html").read_text("utf-8")
    for name in ("Assistant.ask", "Answer.citations", "PaperRetriever"):
        assert f"{name}</" in text or f".{name}" in text, name
    assert ":::" not in text


def test_help_texts_are_the_reference_of_commands(site: Path) -> None:
    text = (site / "docs" / "commands.html").read_text("utf-8")
    assert "assistant papers export" in text
    assert "assistant eval calibrate" in text
