"""Files that are no papers: nothing is invented, and the report says what they are."""

from pathlib import Path

import pytest
from reading import format_of, papers_of, records_of, skipped_of

from assistant.errors import InputError
from assistant.papers import Document, Paper, read_document, read_files

LONG = "Buy milk and bread and some of the good cheese from the market, and call Ada before noon."
COPYRIGHT = "Copyright is kept by all snails, and may be used, copied and sold by any of them. " * 4
LICENCE = "\n\n".join(
    f"{number}. {title}.\n\n" + f"The {title} of this program may be used by all people. " * 6
    for number, title in enumerate(("Definitions", "Grant of Rights", "Warranty"))
)


@pytest.mark.parametrize(
    "text",
    [
        f"Groceries\n\n{LONG}\n",
        LICENCE,
        "\n\n".join(f"Copyright {2000 + n} Ada Frost\n\n{COPYRIGHT}" for n in range(5)),
        "\n\n".join(f"* Snails in Room {n}\n\n* {COPYRIGHT} Snails {n}." for n in range(5)),
        f'"""Training."""\n\n# {LONG}\n\nimport os\n',
        "[project]\n\n" + 'name = "snails"\nkeywords = ["mail", "snails"]\n' * 20,
        f"From ada@example.org Mon Mar  9 10:00:00 2020\nSubject: Snails\n\n{LONG}\n",
        f'<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="x"><a>{LONG}</a></rdf:RDF>\n',
        f"<!doctype html><html><body><h1>Snails</h1><p>{LONG}</p></body></html>",
        "name,date,link\nSnails,2020,https://example.org\n",
        "title,year,link\nThe Film,2020,https://example.org\n",
        '{"title": "Settings", "version": 3}',
    ],
)
def test_other_file_holds_no_papers(text: str) -> None:
    assert not any(isinstance(record, Paper) for record in records_of(text))
    assert skipped_of(text)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "is a PNG image"),
        (b"%!PS-Adobe\n", "is a PostScript file, in which no papers are read; convert it to PDF"),
        (b"SQLite format 3\0\0", "is an SQLite database"),
        (b"% comment\n\\documentclass{article}\nSnails", "is a LaTeX document"),
        (b"From ada@x.org Mon Mar 9 2020\nSubject: Snails\n", "is e-mail"),
        (b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="x"/>', "is RDF"),
        (b"<Snails><mail/></Snails>", "is XML of an unknown kind"),
        (b"RT Journal\nSR Electronic\nID 1\nT1 Snail mail\n", "is RefWorks Tagged Format"),
        (b"<1>\nUnique Identifier\n  3\n", "is an export of Ovid"),
        (b"#!/bin/sh\necho snails\n", "is a program"),
    ],
)
def test_refusal_names_the_format(data: bytes, reason: str) -> None:
    [(_, found)] = skipped_of(data)
    assert found.startswith(reason)


PAIR = f"Groceries for the Market\n\n{LONG} {LONG} {LONG}\n"


def test_text_that_may_show_papers_is_read_if_the_user_insists(tmp_path: Path) -> None:
    [(_, reason)] = skipped_of(PAIR)
    assert "--as hf-page" in reason
    page = tmp_path / "page.txt"
    page.write_text(PAIR, encoding="utf-8")
    with pytest.raises(InputError, match=r"page\.txt may show papers, .* --as hf-page\.$"):
        read_files(page)
    [paper] = read_files(page, as_page=True)
    assert isinstance(paper, Paper)
    assert paper.title == "Groceries for the Market"


def test_web_page_is_read_if_the_user_insists() -> None:
    text = f"<!doctype html><html><body><h1>Groceries</h1><p>{LONG}</p></body></html>"
    assert "--as hf-page" in skipped_of(text)[0][1]
    [paper] = read_document(Document.of_text(text, "page.html"), as_page=True)
    assert isinstance(paper, Paper)
    assert paper.title == "Groceries"


def test_three_titles_with_abstracts_that_share_their_words_are_evidence() -> None:
    topics = ("Slow Snails", "Tall Walls", "Late Letters")
    pairs = [
        f"{topic} in Gardens\n\n" + f"We study {topic.lower()} in three gardens and find them. " * 6
        for topic in topics
    ]
    text = "\n\n".join(pairs)
    assert format_of(text) == "Hugging Face Papers page (text)"
    assert [paper.title for paper in papers_of(text)] == [f"{topic} in Gardens" for topic in topics]
