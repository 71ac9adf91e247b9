"""The readers of JSON Lines and JSON: objects with a title and an abstract, at any nesting."""

import json

import pytest
from reading import format_of, papers_of, skipped_of

from assistant.papers import Paper

SNAIL = {"title": "Snail Mail", "abstract": "Snails carry letters at 2 metres an hour."}


def one_paper(**fields: object) -> Paper:
    [paper] = papers_of(json.dumps(SNAIL | fields))
    return paper


# -- one object -------------------------------------------------------------------------------


def test_every_known_field_is_read() -> None:
    paper = one_paper(
        authors=["Ann Slow", "Ben Shell"],
        year=2020,
        url="https://example.org/snail",
        doi="10.5555/Snail.1",
        arxiv_id="2001.00001",
        stars=5,
    )
    assert paper == Paper(
        title="Snail Mail",
        abstract="Snails carry letters at 2 metres an hour.",
        authors=("Ann Slow", "Ben Shell"),
        year=2020,
        url="https://example.org/snail",
        doi="10.5555/Snail.1",
        arxiv_id="2001.00001",
        source="file",
    )


@pytest.mark.parametrize(
    "authors",
    [
        "Ann Slow and Ben Shell",
        "Ann Slow, Ben Shell",
        "Ann Slow; Ben Shell",
        "Slow, Ann; Shell, Ben",
        "Slow, Ann and Shell, Ben",
        ["Slow, Ann", "Shell, Ben"],
        [{"name": "Ann Slow"}, {"name": "Ben Shell", "affiliation": "Garden"}],
        [{"first": "Ann", "last": "Slow"}, {"first": "Ben", "last": "Shell"}],
        [{"given": "Ann", "family": "Slow"}, {"given": "Ben", "family": "Shell"}],
    ],
)
def test_author_lists_are_read_in_many_notations(authors: object) -> None:
    assert one_paper(authors=authors).authors == ("Ann Slow", "Ben Shell")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (2020, 2020),
        ("2020", 2020),
        ("2020-05-01", 2020),
        ("1 May 2020", 2020),
        ("soon", None),
        (10**30, None),
        (True, None),
        ([2020], None),
    ],
)
def test_year_is_found_in_numbers_and_dates(written: object, expected: int | None) -> None:
    assert one_paper(year=written).year == expected


def test_common_field_names_are_recognised() -> None:
    text = json.dumps({"Paper Title": "Snail Mail", "summary": "Slow.", "Publication_Year": 2020})
    assert papers_of(text) == [
        Paper(title="Snail Mail", abstract="Slow.", year=2020, source="file")
    ]


def test_null_and_blank_fields_are_unknown() -> None:
    paper = one_paper(authors=None, year="", url=" ", doi=None)
    assert (paper.authors, paper.year, paper.url, paper.doi) == ((), None, None, None)


@pytest.mark.parametrize(
    ("field", "written", "expected"),
    [
        ("doi", "https://doi.org/10.5555/snail", "10.5555/snail"),
        ("doi", "doi:10.5555/snail", "10.5555/snail"),
        ("doi", "none yet", None),
        ("arxiv_id", "arXiv:2001.00001v3", "2001.00001"),
        ("arxiv_id", "https://arxiv.org/abs/2001.00001", "2001.00001"),
        ("arxiv_id", "https://arxiv.org/pdf/2001.00001v2.pdf", "2001.00001"),
        ("arxiv_id", "math.GT/0309136", "math.GT/0309136"),
        ("arxiv_id", "submitted", None),
    ],
)
def test_identifiers_are_normalised_and_invalid_ones_dropped(
    field: str, written: str, expected: str | None
) -> None:
    assert getattr(one_paper(**{field: written}), field) == expected


def test_arxiv_id_is_found_in_doi_or_url() -> None:
    by_doi = one_paper(doi="https://doi.org/10.48550/arXiv.2001.00001")
    assert (by_doi.arxiv_id, by_doi.doi) == ("2001.00001", None)
    assert one_paper(url="http://arxiv.org/abs/2001.00001v1").arxiv_id == "2001.00001"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Snails\ncarry\tletters.  They\u2028are slow.", "Snails carry letters. They are slow."),
        ("Abstract: Snails carry letters.", "Snails carry letters."),
        ("Abstract interpretation of snails.", "Abstract interpretation of snails."),
        ("<jats:p>Snails &amp; 1,</jats:p><jats:p>H<sub>2</sub>O</jats:p>", "Snails & 1, H2O"),
        ("Slower by 33.3\\% for $p < 0.05$.", "Slower by 33.3% for p < 0.05."),
        ("A bell\x07 rings.", "A bell rings."),
        ("Half \ud83d a pair.", "Half \N{REPLACEMENT CHARACTER} a pair."),
    ],
)
def test_abstract_is_cleaned_of_markup_and_line_ends(written: str, expected: str) -> None:
    assert one_paper(abstract=written).abstract == expected


@pytest.mark.parametrize(
    "text",
    [
        "no abstract syntax tree is needed to parse Python quickly",
        "Snails have no abstract-level plan of a wall.",
    ],
)
def test_text_with_the_words_no_abstract_is_an_abstract(text: str) -> None:
    assert one_paper(abstract=text).abstract == text


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": "  "}, "no title"),
        ({"title": 7}, "no title"),
        ({"abstract": None}, "no abstract"),
        ({"abstract": "[No abstract available]"}, "no abstract"),
        ({"abstract": "<p>Abstract</p>"}, "no abstract"),
        ({"abstract": "This article has no abstract."}, "no abstract"),
        ({"abstract": "An abstract is not available for this content"}, "no abstract"),
        ({"abstract": "n.a."}, "no abstract"),
        (
            {"abstract": "word " * 20_000},
            "not an abstract but a text of more than 50,000 characters",
        ),
    ],
)
def test_record_without_usable_title_or_abstract_is_skipped_with_the_reason(
    fields: dict[str, object], reason: str
) -> None:
    text = f"{json.dumps(SNAIL)}\n\n{json.dumps(SNAIL | fields)}\n"
    assert skipped_of(text) == [("line 3", reason)]


# -- lines ------------------------------------------------------------------------------------


def test_blank_lines_and_windows_line_ends_are_ignored() -> None:
    other = SNAIL | {"title": "Snail Mail Again"}
    text = f"\r\n{json.dumps(SNAIL)}\r\n\r\n{json.dumps(other)}\r\n"
    assert [paper.title for paper in papers_of(text)] == ["Snail Mail", "Snail Mail Again"]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_unicode_separator_in_a_string_does_not_end_the_line(separator: str) -> None:
    abstract = f"Snails carry letters.{separator}They are slow."
    line = json.dumps(SNAIL | {"abstract": abstract}, ensure_ascii=False)
    assert separator in line
    assert papers_of(line)[0].abstract == "Snails carry letters. They are slow."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "Snail Mail", ', "not valid JSON"),
        ("[1, 2]", "expected an object"),
        ('{"a":' * 100_000, "not valid JSON"),
        ("[" * 500 + "]" * 500, "expected an object"),
        ('{"year": ' + "9" * 5000 + "}", "not valid JSON"),
        ("{}", "no title"),
    ],
)
def test_malformed_line_is_reported_and_the_others_are_read(line: str, reason: str) -> None:
    text = f"{json.dumps(SNAIL)}\n\n{line}\n{json.dumps(SNAIL)}\n"
    where, why = skipped_of(text)[0]
    assert where.startswith("line 3")
    assert why.startswith(reason)


def test_malformed_first_line_is_reported() -> None:
    assert skipped_of('{"title": "Snail \n' + json.dumps(SNAIL))[0][0] == "line 1"


# -- whole documents --------------------------------------------------------------------------


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "wrap",
    [
        lambda papers: papers,
        lambda papers: {"total": 2, "data": papers},
        lambda papers: {"meta": {"count": 2}, "results": papers},
        lambda papers: {"status": "ok", "message": {"items": papers}},
        lambda papers: [{"paper": paper, "likes": 3} for paper in papers],
    ],
)
def test_wrapped_list_of_papers_is_found(wrap: object, indent: int | None) -> None:
    papers = [SNAIL, SNAIL | {"title": "Snail Mail Again"}]
    text = json.dumps(wrap(papers), indent=indent)  # type: ignore[operator]
    assert [paper.title for paper in papers_of(text)] == ["Snail Mail", "Snail Mail Again"]


def test_skipped_record_of_a_document_is_reported_by_number() -> None:
    assert skipped_of(json.dumps([SNAIL, {"title": "Bare"}])) == [("no. 2", "no abstract")]


def test_truncated_document_is_reported() -> None:
    [(where, reason)] = skipped_of(json.dumps([SNAIL, SNAIL], indent=2)[:-20])
    assert (where, reason[:14]) == ("", "not valid JSON")


def test_json_lines_and_json_documents_are_distinguished() -> None:
    assert format_of(json.dumps(SNAIL) + "\n" + json.dumps(SNAIL)) == "JSON Lines"
    assert format_of(json.dumps(SNAIL, indent=1)) == "JSON"
    assert format_of(json.dumps([SNAIL])) == "JSON"
    assert not format_of("[1, 2, 3]").startswith("JSON")
