"""Relative links in Markdown files, and pages that docstrings refer to, exist."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("assistant", "docs", "eval", "models", "prompts", "tests")
PAGES = sorted(
    [*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md"))]
)
LINK = re.compile(r"\]\(([^()\s]+)(?:\s+\"[^\"]*\")?\)|<img[^>]*\bsrc=\"([^\"]+)\"")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
PAGE_IN_CODE = re.compile(r"\b(?:docs|eval|models)/[\w./-]+\.md\b")


def links(page: Path) -> list[str]:
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    found = [text_link or image for text_link, image in LINK.findall(text)]
    return [link for link in found if not re.match(r"[a-z]+:", link)]


@cache
def anchors(page: Path) -> frozenset[str]:
    """The anchors that GitHub makes from the headings of a page."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = (re.sub(r"[^\w\s-]", "", heading.lower()).strip() for heading in headings)
    return frozenset(re.sub(r"\s", "-", slug) for slug in slugs)


def broken(page: Path) -> list[str]:
    found = []
    for link in links(page):
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        missing_anchor = anchor and target.suffix == ".md" and target.is_file()
        if not target.exists() or (missing_anchor and anchor not in anchors(target)):
            found.append(link)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_resolve(page: Path) -> None:
    assert broken(page) == []


def test_links_are_found_and_broken_ones_are_reported(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A title\n[good](#a-title) [web](https://example.org) `[code](nowhere)`\n"
        '[lost](lost.md) [no such part](page.md#b) <img src="lost.png">\n'
    )
    assert broken(page) == ["lost.md", "page.md#b", "lost.png"]


def test_pages_named_in_code_exist() -> None:
    named = {
        (str(file.relative_to(ROOT)), name)
        for folder in ("assistant", "prompts")
        for file in (ROOT / folder).rglob("*.*")
        if file.suffix in (".py", ".jinja", ".sql")
        for name in PAGE_IN_CODE.findall(file.read_text(encoding="utf-8"))
    }
    assert named
    assert [one for one in sorted(named) if not (ROOT / one[1]).exists()] == []


def test_modules_named_in_documents_exist() -> None:
    modules = [str(file.relative_to(ROOT)) for file in (ROOT / "assistant").rglob("*.py")]
    folders = [f"{Path(module).parent}/" for module in modules]
    pages = [
        ROOT / "ARCHITECTURE.md",
        ROOT / "docs" / "how-it-works.md",
        *(ROOT / "docs" / "design").glob("*.md"),
    ]
    missing = [
        (page.name, name)
        for page in pages
        for name in re.findall(r"`([\w/.]+(?:\.py|/))`", page.read_text(encoding="utf-8"))
        if not (ROOT / name).exists()
        and not any(path.endswith(f"/{name}") for path in (*modules, *folders))
    ]
    assert missing == []
