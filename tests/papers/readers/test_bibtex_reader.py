"""The BibTeX reader: joined values, macros, damaged entries and names."""

from itertools import pairwise

import pytest
from reading import papers_of, records_of, skipped_of

from assistant.papers import Paper
from assistant.papers.names import Name

ABSTRACT = "Nine snails carry letters over a garden wall of two metres in three days."


def entry(**fields: str) -> str:
    values = {"title": "{Snail Mail}", "abstract": f"{{{ABSTRACT}}}"} | fields
    return "@article{a,\n" + ",\n".join(f"  {k} = {v}" for k, v in values.items()) + "\n}\n"


def authors_of(names: str) -> tuple[Name, ...]:
    [paper] = papers_of(entry(author=f"{{{names}}}"))
    return paper.author_names


def test_values_joined_with_a_hash_are_expanded() -> None:
    [paper] = papers_of(
        '@string{wall = "Garden " # {Walls}}\n@string(ada = "Frost, Ada")\n'
        + entry(title='"Snails on " # wall # { of Stone}', author='ada # " and Melt, Bo"')
    )
    assert (paper.title, paper.authors) == (
        "Snails on Garden Walls of Stone",
        ("Ada Frost", "Bo Melt"),
    )


def test_macro_in_braces_is_text() -> None:
    [paper] = papers_of('@string{acl = "Annual Meeting"}\n' + entry(title="{ACL}", journal="acl"))
    assert (paper.title, paper.venue) == ("ACL", "Annual Meeting")


def test_quotation_marks_in_braces_do_not_end_a_value() -> None:
    [paper] = papers_of(entry(title='"The {"}Snail{"} Mail"'))
    assert paper.title == 'The "Snail" Mail'


@pytest.mark.parametrize(
    "unusual",
    [
        "@article{a, title = {Snail Mail}, , year = 2018,,}",
        "@article{\n title = {Snail Mail},\n year = 2018}",
        "@article\n{a,\n title = {Snail Mail},\n year = 2018}",
        "@article(a, title = {Snail (or Slug) Mail :)}, year = 2018)",
        '@string{snail = "Snail Mail"}\n@article(a,\n title = snail # { 2}, , year = 2018)',
    ],
)
def test_unusual_layout_of_an_entry_loses_none(unusual: str) -> None:
    first, second = papers_of(f"{unusual}\n\n@book\n{{b, title = {{Post}}, year = 2019}}\n")
    assert first.title.startswith("Snail")
    assert (first.year, second.title, second.year) == (2018, "Post", 2019)


@pytest.mark.parametrize("line", ["@twitter", "@Override", "  @ snail"])
def test_line_of_a_value_that_begins_with_an_at_sign_is_text(line: str) -> None:
    [paper] = papers_of(entry(abstract=f"{{Snails write to\n{line}\nin three days.}}"))
    assert paper.abstract == f"Snails write to {line.strip()} in three days."


def test_comma_twice_in_a_value_is_text() -> None:
    [paper] = papers_of(
        '@article{a, , title = {Snails, , and Slugs}, journal = "A, , B", year = 2018}'
    )
    assert (paper.title, paper.venue) == ("Snails, , and Slugs", "A, , B")


@pytest.mark.parametrize(
    "damaged",
    [
        "@article{a, title = {Snail Mail}, author = {Frost, Ada}\n year = 2018, abstract = {A}}",
        '@article{a, title = "Snail Mail" year = 2018}',
        "@article{a title = {Snail Mail}, year = 2018}",
        "@article{a, title = {Snail {Mail}, year = 2018}",
        "@article{a, title = {Snail Mail} # , year = 2018}",
    ],
)
def test_entry_with_a_missing_sign_is_skipped_and_does_not_affect_the_next(damaged: str) -> None:
    content = f"{damaged}\n{entry()}"
    assert [r.title for r in records_of(content) if isinstance(r, Paper)] == ["Snail Mail"]
    [(where, reason)] = skipped_of(content)
    assert where.startswith("line 1")
    assert reason.startswith("a malformed entry")


def test_of_a_field_given_twice_the_first_counts() -> None:
    [paper] = papers_of(entry(year="2018").replace("year = 2018", "year = 2018, year = 2019"))
    assert paper.year == 2018


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("{Frost}, {Bo}", Name(family="Frost", given="Bo")),
        ("{da Gama}, {Vasco}", Name(family="da Gama", given="Vasco")),
        ("Bo {van der Berg}", Name(family="van der Berg", given="Bo")),
        ("van der Berg, Bo", Name(family="Berg", given="Bo", particle="van der")),
        ("{Snow Consortium}", Name(literal="Snow Consortium")),
        ("{Barnes and Noble, Inc.}", Name(literal="Barnes and Noble, Inc.")),
        (r"{\O}stergaard, {\AA}sa", Name(family="Østergaard", given="Åsa")),
        ("Ice, D.~E.", Name(family="Ice", given="D. E.")),
        ("Frost, III, Ada", Name(family="Frost", given="Ada", suffix="III")),
        (
            "family=Berg, given=Bo, prefix=van der",
            Name(family="Berg", given="Bo", particle="van der"),
        ),
    ],
)
def test_name_has_its_parts(names: str, expected: Name) -> None:
    assert authors_of(names) == (expected,)


def test_others_are_no_author() -> None:
    assert authors_of("Ada Frost and others") == (Name(family="Frost", given="Ada"),)

    names = authors_of("Frost, Ada and Melt, Bo and et al.")
    assert names == (Name(family="Frost", given="Ada"), Name(family="Melt", given="Bo"))


def test_commas_may_be_written_for_and() -> None:
    [paper] = papers_of(entry(author="{Frost, Ada, Melt, Bo}"))
    assert paper.authors == ("Ada Frost", "Bo Melt")


def test_entry_may_be_in_parentheses() -> None:
    [paper] = papers_of("@article(a, title = {Snail Mail}, author = {Frost, Ada}, year = 2018)")
    assert (paper.title, paper.authors, paper.year) == ("Snail Mail", ("Ada Frost",), 2018)


PROCEEDINGS = (
    "@proceedings{birds19, title = {Proceedings of Birds}, editor = {Ice, Cy}, year = 2019,\n"
    "  publisher = {Nest Press}, isbn = {978-3-16-148410-0}, doi = {10.5555/birds},\n"
    "  url = {https://example.org/birds}, pages = {1--900}, abstract = {All of birds.}}\n"
)
CHILD = "@inproceedings{a, title = {Snail Mail}, author = {Ada Frost}, crossref = {Birds19}}\n"


@pytest.mark.parametrize("content", [CHILD + PROCEEDINGS, PROCEEDINGS + CHILD])
def test_paper_of_a_volume_takes_over_what_it_shares_with_it(content: str) -> None:
    [paper] = [paper for paper in papers_of(content) if paper.citation_key == "a"]
    assert (paper.venue, paper.year, paper.publisher) == (
        "Proceedings of Birds",
        2019,
        "Nest Press",
    )
    assert (paper.authors, paper.editors) == (("Ada Frost",), ("Cy Ice",))
    assert paper.ids == (("isbn", "978-3-16-148410-0"),)
    # These are of the volume as a whole.
    assert (paper.doi, paper.url, paper.pages, paper.abstract) == (None, None, None, "")


def test_own_fields_come_before_those_of_the_volume() -> None:
    own = CHILD.replace("title =", "booktitle = {Birds 2019}, publisher = {Own}, title =")
    [paper, _] = papers_of(own + PROCEEDINGS)
    assert (paper.venue, paper.publisher, paper.year) == ("Birds 2019", "Own", 2019)


def test_article_takes_over_the_journal_of_its_issue() -> None:
    [paper, _] = papers_of(
        "@article{a, title = {Snail Mail}, author = {Ada Frost}, crossref = {j}}\n"
        "@periodical{j, title = {Journal of Snails}, date = {2019-03}, volume = 3, number = 4}"
    )
    assert (paper.venue, paper.volume, paper.issue) == ("Journal of Snails", "3", "4")
    assert paper.published == "2019-03"


def test_chapter_takes_over_the_author_of_its_book() -> None:
    book = "@book{b, title = {Snails}, author = {Frost, Ada}, year = 2019}\n"
    [chapter, _] = papers_of("@inbook{a, title = {Mail}, crossref = {b}}\n" + book)
    assert (chapter.authors, chapter.venue) == (("Ada Frost",), "Snails")
    [paper, _] = papers_of("@incollection{a, title = {Mail}, crossref = {b}}\n" + book)
    assert paper.authors == ()


def test_entries_share_containers_of_data_that_are_no_papers() -> None:
    [paper] = papers_of(
        '@string{nest = "Nest Press"}\n'
        "@xdata{press, publisher = nest}\n@xdata{all, xdata = {press}, date = {2019-03-09}}\n"
        "@book{a, title = {Snail Mail}, author = {Ada Frost}, xdata = {none, all}}"
    )
    assert (paper.publisher, paper.published) == ("Nest Press", "2019-03-09")


def test_entries_may_refer_to_many_others() -> None:
    keys = [f"x{number}" for number in range(2000)]
    chain = "".join(
        f"@xdata{{{key}, xdata = {{{after}, x1, x2}}}}\n" for key, after in pairwise(keys)
    )
    [paper] = papers_of(chain + "@book{a, title = {Snail Mail}, year = 2019, xdata = {x0}}")
    assert paper.title == "Snail Mail"


def test_entries_may_refer_to_each_other_in_a_circle_or_to_none() -> None:
    circle = "@book{%s, title = {Snail %s}, year = 2019, crossref = {%s}}\n"
    content = circle % ("a", "One", "b") + circle % ("b", "Two", "a") + circle % ("c", "Three", "x")
    assert [paper.title for paper in papers_of(content)] == [
        "Snail One",
        "Snail Two",
        "Snail Three",
    ]
