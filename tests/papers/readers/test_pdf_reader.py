"""The PDF reader: which text is the title, where the abstract ends, words, encryption."""

import hashlib

import pytest
from encrypted_pdf import WITH_PASSWORD, WITHOUT_PASSWORD
from reading import format_of, papers_of, skipped_of
from small_pdf import Line, pdf_of

from assistant.papers.pdf_file import PdfFile

TITLE = "Glacier Melt Seen from Balloons"
ABSTRACT = (
    "We tie cameras to balloons and follow fourteen glaciers for three summers.",
    "The melt begins nine days sooner than in the old maps of the survey, and",
    "most of it is in the north.",
)
BODY = [Line("1 Introduction", 12), Line("Glaciers have been of interest for a long time.")]


def paper_pdf(
    *, title: str = "", size: int = 18, head: list[Line] | None = None, after: int | None = None
) -> bytes:
    lines = [
        *(head or []),
        Line(TITLE, size),
        Line("Ada Frost and Bo Melt"),
        Line("Abstract", size if size == 14 else 12),
        *map(Line, ABSTRACT),
        *BODY,
    ]
    return pdf_of([*lines, Line("123", after)] if after else lines, title=title)


@pytest.mark.parametrize(
    "declared",
    [
        "Layout 1",
        "PII: 0004-3702(95)00052-6",
        "Full Page Photo",
        "Proceedings Template - WORD",
        "untitled",
        "Microsoft Word - final version 3",
        "main.dvi",
        "doi:10.1000/snow.1",
        TITLE,
        TITLE.upper(),
    ],
)
def test_declared_title_counts_only_if_the_page_shows_it(declared: str) -> None:
    [paper] = papers_of(paper_pdf(title=declared))
    assert paper.title.casefold() == TITLE.casefold()


def test_heading_and_number_of_the_same_size_are_not_part_of_the_title() -> None:
    for content in (paper_pdf(size=14), paper_pdf(after=18), paper_pdf(head=[Line("SNOW", 30)])):
        [paper] = papers_of(content)
        assert paper.title == TITLE


@pytest.mark.parametrize("cover_pages", [0, 1])
def test_page_of_the_abstract_is_known(cover_pages: int) -> None:
    cover = [[Line("Repository of Snow", 12)]] * cover_pages
    content = pdf_of(*cover, [Line(TITLE, 18), Line("Abstract"), *map(Line, ABSTRACT), *BODY])
    [paper] = papers_of(content)
    assert paper.pdf == PdfFile(hashlib.sha256(content).hexdigest(), 1 + cover_pages)


def test_title_of_two_lines_is_joined() -> None:
    [paper] = papers_of(paper_pdf(head=[Line("A Short History of", 18)]))
    assert paper.title == f"A Short History of {TITLE}"


@pytest.mark.parametrize(
    "labels",
    [
        ("Background: ", "Methods: ", "Results: "),
        ("Introduction: ", "Objective: ", "Conclusion: "),
        ("BACKGROUND ", "METHODS ", "RESULTS "),
    ],
)
def test_labels_of_a_structured_abstract_do_not_end_it(labels: tuple[str, str, str]) -> None:
    lines = [label + text for label, text in zip(labels, ABSTRACT, strict=True)]
    content = pdf_of([Line(TITLE, 18), Line("Abstract", 12), *map(Line, lines), *BODY])
    [paper] = papers_of(content)
    assert paper.abstract == " ".join(lines)


@pytest.mark.parametrize(
    "heading", ["Introduction", "BACKGROUND", "1. Background", "I. INTRODUCTION"]
)
def test_heading_ends_the_abstract(heading: str) -> None:
    lines = [
        Line(TITLE, 18),
        Line("Abstract", 12),
        *map(Line, ABSTRACT),
        Line(heading, 12),
        *BODY[1:],
    ]
    [paper] = papers_of(pdf_of(lines))
    assert paper.abstract == " ".join(ABSTRACT)


def test_words_with_narrow_spaces_are_apart() -> None:
    lines = [Line(TITLE, 18), Line("Abstract", 12), *map(Line, ABSTRACT), *BODY]
    content = pdf_of(lines)
    for text in ABSTRACT:
        parts = b" -115 ".join(b"(" + word.encode() + b")" for word in text.split())
        content = content.replace(b"(" + text.encode() + b") Tj", b"[" + parts + b"] TJ")
    [paper] = papers_of(content)
    assert paper.abstract == " ".join(ABSTRACT)


def test_author_is_read_if_the_page_shows_the_name() -> None:
    lines = [
        Line(TITLE, 18),
        Line("Ada Frost", 10),
        Line("Abstract", 12),
        *map(Line, ABSTRACT),
        *BODY,
    ]
    assert papers_of(pdf_of(lines, author="Ada Frost"))[0].authors == ("Ada Frost",)
    assert papers_of(pdf_of(lines, author="Administrator"))[0].authors == ()


def test_damaged_pdf_is_reported() -> None:
    [(_, reason)] = skipped_of(b"%PDF-1.4\n" + b"0" * 100)
    assert reason == "is a damaged PDF, which cannot be read"


@pytest.mark.parametrize("before", [b"", b"\n", b"HTTP/1.1 200 OK\r\n\r\n", b"\0\xff"])
def test_pdf_after_other_bytes_is_read(before: bytes) -> None:
    [paper] = papers_of(before + paper_pdf())
    assert paper.title == TITLE


def test_text_that_quotes_the_signature_is_no_pdf() -> None:
    record = "TY  - JOUR\nTI  - Layers of Snow\nAB  - It is cold.\nLA  - %PDF-1.4\nER  - \n"
    assert format_of(record) == "RIS"


def test_encrypted_pdf_that_opens_without_a_password_is_read() -> None:
    [paper] = papers_of(WITHOUT_PASSWORD)
    assert paper.title == "Snail Mail by Land"
    assert paper.abstract.startswith("Nine snails carry letters")
    [(_, reason)] = skipped_of(WITH_PASSWORD)
    assert reason == "is a password-protected PDF, which cannot be read"


def test_title_is_that_of_the_page_with_the_abstract() -> None:
    cover = [Line("This version may be another than the published one", 24)]
    lines = [Line(TITLE, 18), Line("Abstract", 12), *map(Line, ABSTRACT), *BODY]
    assert papers_of(pdf_of(cover, lines))[0].title == TITLE
    title_page = [Line(TITLE, 18), Line("Ada Frost")]
    abstract = [Line("Abstract", 12), *map(Line, ABSTRACT), *BODY]
    assert papers_of(pdf_of(title_page, abstract))[0].title == TITLE


def test_missing_spaces_of_a_declared_title_are_those_of_the_page() -> None:
    [paper] = papers_of(paper_pdf(title="Glacier MeltSeen from Balloons"))
    assert paper.title == TITLE


def test_paper_with_a_stamp_of_arxiv_is_kept_without_a_heading_of_the_abstract() -> None:
    lines = [Line(TITLE, 18), Line("Ada Frost"), *map(Line, ABSTRACT), *BODY]
    [paper] = papers_of(pdf_of(lines, stamp="arXiv:2103.00001v2  [physics.ao-ph]  9 Mar 2021"))
    assert (paper.title, paper.abstract) == (TITLE, "")
    assert (paper.arxiv_id, paper.year) == ("2103.00001", 2021)
    assert paper.pdf is not None
    [(_, reason)] = skipped_of(pdf_of(lines))
    assert reason.startswith('no heading "Abstract"')
