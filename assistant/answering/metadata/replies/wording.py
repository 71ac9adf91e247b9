"""The words for papers, names and conditions in answers about records."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.metadata.entities.mention import Entities, Mention
from assistant.answering.metadata.requests import Request
from assistant.answering.metadata.words.vocabulary import vocabulary
from assistant.papers import Paper

# A list entry names at most this many authors.
_AUTHORS_SHOWN = 6


def enumeration(texts: Sequence[str], conjunction: str = "and") -> str:
    """Return texts as "a, b and c"."""
    *first, last = texts or [""]
    return f"{', '.join(first)} {conjunction} {last}" if first else last


def quoted(title: str) -> str:
    """Return a title in quotation marks."""
    return f"“{title}”"


def entry_text(paper: Paper) -> str:
    """Return a paper's title, authors, venue and year, as far as they are known."""
    shown = list(paper.authors[:_AUTHORS_SHOWN])
    authors = f"{', '.join(shown)} et al" if len(paper.authors) > len(shown) else enumeration(shown)
    published = ", ".join(filter(None, (paper.venue, str(paper.year or ""))))
    title = paper.title if paper.title.endswith(("?", "!", ".")) else f"{paper.title}."
    return " ".join([title, *(f"{part}." for part in (authors, published) if part)])


def capitalised(text: str) -> str:
    """Return a text with its first letter capitalised."""
    return text[:1].upper() + text[1:]


def counted(count: int, noun: tuple[str, str]) -> str:
    """Return a number with a noun: "no papers", "1 paper", "2 papers".

    Args:
        count: the number.
        noun: its singular and plural.
    """
    return f"{count or 'no'} {noun[0] if count == 1 else noun[1]}"


def noun_of(entities: Entities) -> tuple[str, str]:
    """Return the singular and plural of what a question asks for."""
    wanted = [mention for mention in entities.of_kind("type") if not mention.is_excluded]
    names = dict.fromkeys(name for mention in wanted for name in mention.names)
    if not names:
        return "paper", "papers"
    forms = [vocabulary().type_names[name] for name in names]
    return enumeration([one for one, _ in forms], "or"), enumeration(
        [one for _, one in forms], "or"
    )


def conditions(entities: Entities, request: Request, *, any_author: bool = False) -> str:
    """Return the conditions of a question in words, such as "by Ada Frost since 2020".

    Args:
        entities: what the question names.
        request: what it asks.
        any_author: whether a paper by one of several authors is enough.
    """
    parts = []
    excluded = [one for one in entities.mentions if one.is_excluded]
    kept = [one for one in entities.mentions if not one.is_excluded]
    entities = replace(entities, mentions=kept)
    if authors := [author_text(entities, one) for one in entities.of_kind("author")]:
        both = "both " if len(authors) == 2 and not any_author else ""
        parts.append(f"by {both}{enumeration(authors, 'or' if any_author else 'and')}")
    if venues := [_venue_text(entities, one) for one in entities.of_kind("venue")]:
        parts.append(f"in {enumeration(venues, 'or')}")
    if entities.years:
        is_choice = all(one.first == one.last for one in entities.years)
        texts = [str(one) for one in entities.years]
        parts.append(enumeration(texts, "or" if is_choice else "and"))
    if request.topic:
        parts.append(f"about {quoted(request.topic)}")
    for mention in excluded:
        preposition = "by" if mention.kind == "author" else "in"
        parts.append(f"not {preposition} {entities.text_of(mention)}")
    return " ".join(parts)


def author_text(entities: Entities, mention: Mention) -> str:
    """Return the name of an author; if it is ambiguous, with all authors that it may refer to."""
    if len(mention.names) == 1:
        return next(iter(mention.names))
    text = entities.text_of(mention)
    called = text.title() if text.islower() else text
    return f"{called} ({enumeration(sorted(mention.names), 'or')})"


def _venue_text(entities: Entities, mention: Mention) -> str:
    return next(iter(mention.names)) if len(mention.names) == 1 else entities.text_of(mention)
