"""Collect the pages of the documentation site in a folder, for ``mkdocs.yml``.

Run ``python docs/site_pages.py FOLDER``, or ``make docs``. The pages lie beside what they are
about, and link to each other as in the repository. The folder repeats that layout, with the files
that the pages link to, and a reference of the command line.
"""

import html
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("*.md", "docs/**/*.md", "eval/*.md", "models/*.md")
COMMANDS = Path("docs", "commands.md")
_LINK = re.compile(r"\]\(([^()\s#:]+)(?:#[^()\s]*)?\)|<img[^>]*\bsrc=\"([^\":]+)\"")


def collect_pages(folder: Path) -> None:
    """Write all pages, and the files that they link to, into a folder that is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    for page in (page for pattern in PAGES for page in sorted(ROOT.glob(pattern))):
        for file in (page, *_linked_files(page)):
            copy = folder / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)
    (folder / COMMANDS).write_text(commands_page(), encoding="utf-8")


def _linked_files(page: Path) -> list[Path]:
    """Return the files, but not the pages, that a page links to."""
    found = _LINK.findall(page.read_text(encoding="utf-8"))
    files = [(page.parent / (link or image)).resolve() for link, image in found]
    return [file for file in files if file.is_file() and file.suffix != ".md"]


def commands_page() -> str:
    """Return a page with every command, its help and its options, as Typer writes it."""
    command = [sys.executable, "-m", "typer", "assistant.cli", "utils", "docs"]
    done = subprocess.run(
        [*command, "--name", "assistant", "--title", "Commands"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    text = html.unescape(done.stdout)
    return re.sub(r"^Example:\n(?= {4})", "Example:\n\n", text, flags=re.MULTILINE)


if __name__ == "__main__":
    collect_pages(Path(sys.argv[1]))
