"""Answers about a field of one or several records: authors, year, venue, ids and references."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.metadata.replies.reply import Entry, Reply, entries_of
from assistant.answering.metadata.replies.wording import capitalised, counted, enumeration, quoted
from assistant.answering.metadata.selection import date_of
from assistant.answering.metadata.words.vocabulary import vocabulary
from assistant.papers import Paper
from assistant.papers.references import STYLES, format_reference

_DEFAULT_STYLE = "apa"
# A sentence lists at most this many values of a field.
_MAX_VALUES = 12


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record, and the wording of answers about it.

    Attributes:
        names: the singular and plural of its name.
        values: returns the values of a paper as text; none if the field is not known.
        statement: a template for the sentence about one paper, with ``{title}`` and ``{value}``.
        is_shown: whether the list entry of a paper shows it anyway.
    """

    names: tuple[str, str]
    values: Callable[[Paper], Sequence[str]]
    statement: str
    is_shown: bool = False


def publication_date(paper: Paper) -> str:
    """Return the year of publication, with the date if it is known; empty if neither is."""
    year, date = str(paper.year or ""), date_of(paper)
    return f"{year} ({date})" if year and date != year else date


def _pages(paper: Paper) -> list[str]:
    parts = (("volume", paper.volume), ("issue", paper.issue), ("pages", paper.pages))
    return [f"{name} {value}" for name, value in parts if value]


def _ids(paper: Paper) -> list[str]:
    known = [("DOI", paper.doi), ("arXiv", paper.arxiv_id)]
    known += [(kind.upper(), value) for kind, value in paper.ids]
    known.append(("citation key", paper.citation_key))
    return [f"{kind} {value}" for kind, value in known if value]


def _type(paper: Paper) -> list[str]:
    names = vocabulary().type_names.get(paper.type or "")
    return [f"a {names[0]}"] if names else []


def _author_number(paper: Paper) -> list[str]:
    return [counted(len(paper.authors), ("author", "authors"))] if paper.authors else []


def _text(value: Callable[[Paper], str | None]) -> Callable[[Paper], Sequence[str]]:
    """Wrap a getter of an optional text, so that it returns a list of at most one value."""

    def values(paper: Paper) -> Sequence[str]:
        text = value(paper)
        return [text] if text else []

    return values


FIELDS: Mapping[str, Field] = {
    "authors": Field(
        ("authors", "authors"), lambda p: p.authors, "{title} was written by {value}.", True
    ),
    "first_author": Field(
        ("first author", "first authors"),
        lambda p: p.authors[:1],
        "The first author of {title} is {value}.",
    ),
    "last_author": Field(
        ("last author", "last authors"),
        lambda p: p.authors[-1:],
        "The last author of {title} is {value}.",
    ),
    "author_number": Field(
        ("number of authors", "numbers of authors"), _author_number, "{title} has {value}."
    ),
    "year": Field(
        ("year", "years"), _text(publication_date), "{title} was published in {value}.", True
    ),
    "venue": Field(
        ("venue", "venues"), _text(lambda p: p.venue), "{title} appeared in {value}.", True
    ),
    "doi": Field(("DOI", "DOIs"), _text(lambda p: p.doi), "The DOI of {title} is {value}."),
    "arxiv_id": Field(
        ("arXiv id", "arXiv ids"),
        _text(lambda p: p.arxiv_id),
        "The arXiv id of {title} is {value}.",
    ),
    "ids": Field(("ids", "ids"), _ids, "The ids of {title}: {value}."),
    "link": Field(("link", "links"), _text(lambda p: p.link), "{title} is at {value}"),
    "abstract": Field(
        ("abstract", "abstracts"),
        _text(lambda p: p.abstract),
        "The abstract of {title}: “{value}”",
    ),
    "keywords": Field(
        ("keywords", "keywords"), lambda p: p.keywords, "The keywords of {title}: {value}."
    ),
    "pages": Field(("volume and pages", "volumes and pages"), _pages, "{title} is in {value}."),
    "publisher": Field(
        ("publisher", "publishers"),
        _text(lambda p: p.publisher or (p.venue if p.type in ("thesis", "report") else None)),
        "{title} was published by {value}.",
    ),
    "type": Field(("type", "types"), _type, "{title} is {value}."),
}
"""The fields that may be asked for, by request name."""


def field_reply(field: Field, papers: Sequence[Paper], subject: str) -> Reply:
    """Return the answer about a field of papers.

    Args:
        field: the field that is asked for.
        papers: the papers, at least one.
        subject: the papers in words, such as "the 3 papers by Ada Frost".
    """
    singular, plural = field.names
    values = [field.values(paper) for paper in papers]
    if len(papers) == 1:
        title = quoted(papers[0].title)
        lead = (
            field.statement.format(title=title, value=enumeration(values[0]))
            if values[0]
            else f"The record of {title} does not give the {singular}."
        )
        return Reply(lead, entries_of(papers))
    known = list(dict.fromkeys(value for one in values for value in one))
    missing = sum(not one for one in values)
    entries = (
        entries_of(papers)
        if field.is_shown
        else [
            Entry(f"{paper.title}: {enumeration(one) or 'not known'}", paper)
            for paper, one in zip(papers, values, strict=True)
        ]
    )
    if not known:
        return Reply(f"None of {subject} gives the {singular}.", entries)
    shown = known[:_MAX_VALUES]
    if len(known) > len(shown):
        shown.append(f"{len(known) - len(shown)} more")
    verb = "gives" if missing == 1 else "give"
    notes = [f"{missing} of these papers {verb} no {singular}."] if missing else []
    return Reply(f"{capitalised(plural)} of {subject}: {enumeration(shown)}.", entries, notes)


def reference_reply(papers: Sequence[Paper], style: str) -> Reply:
    """Return the references of papers in a style; in APA if it is empty or not available."""
    written = style if style in STYLES else _DEFAULT_STYLE
    entries = [Entry(format_reference(paper, written), paper) for paper in papers]
    names = vocabulary().style_names
    subject = "Reference" if len(papers) == 1 else f"{len(papers)} references"
    lead = f"{subject} in {names[written]} format:"
    if style not in ("", written):
        known = enumeration([names[one] for one in STYLES], "or")
        lead = f"{names[style]} is not available; the styles are {known}. {lead}"
    return Reply(lead, entries)


def details_reply(papers: Sequence[Paper], lead: str) -> Reply:
    """Return the whole record of one paper, or a list of several papers after a sentence."""
    if len(papers) != 1:
        return Reply(lead, entries_of(papers))
    [paper] = papers
    names = ("type", "ids", "pages", "publisher", "keywords", "link")
    rows = [
        Entry(f"{capitalised(FIELDS[name].names[0])}: {enumeration(values)}")
        for name in names
        if (values := FIELDS[name].values(paper))
    ]
    return Reply("This is the record:", [*entries_of(papers), *rows])
