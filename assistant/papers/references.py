"""References to a paper in common styles."""

from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from assistant.errors import InputError
from assistant.papers.names import Name
from assistant.papers.paper import Paper
from assistant.papers.writers import bibtex
from assistant.text.folding import folded

Style = Literal["apa", "ieee", "mla", "bibtex"]
STYLES: tuple[Style, ...] = get_args(Style)

# The most authors that a style names; of more, it leaves some out.
_APA_AUTHORS = 20
_APA_FIRST = 19
_IEEE_AUTHORS = 6


def format_reference(paper: Paper, style: str) -> str:
    """Return a reference to a paper as plain text.

    Args:
        paper: to refer to. Fields that are unknown are left out.
        style: one of `STYLES`: ``apa`` (7th edition), ``ieee``, ``mla`` (9th edition) or
            ``bibtex``.

    Raises:
        InputError: the style is unknown.
    """
    if style == "apa":
        return _apa(paper)
    if style == "ieee":
        return _ieee(paper)
    if style == "mla":
        return _mla(paper)
    if style == "bibtex":
        return "".join(bibtex.write([paper])).strip()
    raise InputError(f"{style!r} is not a style of references. Choose {', '.join(STYLES)}.")


def reference_list(papers: Iterable[Paper], style: str) -> Iterator[str]:
    """Yield the lines of a list of references: numbered in IEEE, else in alphabetical order.

    Raises:
        InputError: the style is unknown.
    """
    references = [format_reference(paper, style) for paper in papers]
    if style == "ieee":
        yield from (f"[{number}] {text}\n" for number, text in enumerate(references, start=1))
    else:
        yield from (f"{text}\n\n" for text in sorted(references, key=folded))


def _apa(paper: Paper) -> str:
    authors = _apa_names(paper.author_names)
    date = f"({paper.year or 'n.d.'})."
    title = _ended(paper.title)
    head = f"{_ended(authors)} {date} {title}" if authors else f"{title} {date}"
    return " ".join(filter(None, (head, _apa_place(paper), _address(paper))))


def _apa_place(paper: Paper) -> str:
    """Return where a paper was published: ``Journal of Snow, 3(4), 12–34.``."""
    pages = (paper.pages or "").replace("-", "–")
    if not paper.venue:
        return _ended(paper.publisher or ("arXiv" if paper.arxiv_id else ""))
    if paper.type in ("inproceedings", "book"):
        editors = _apa_editors(paper.editor_names)
        in_parentheses = f" (pp. {pages})" if pages else ""
        place = _ended(f"In {', '.join(filter(None, (editors, paper.venue)))}{in_parentheses}")
        return " ".join(filter(None, (place, _ended(paper.publisher or ""))))
    volume = (paper.volume or "") + (f"({paper.issue})" if paper.issue else "")
    return _ended(", ".join(filter(None, (paper.venue, volume, pages))))


def _apa_names(names: tuple[Name, ...]) -> str:
    written = [_family_first(name) for name in names]
    if len(written) > _APA_AUTHORS:
        return f"{', '.join(written[:_APA_FIRST])}, . . . {written[-1]}"
    if len(written) < 2:
        return "".join(written)
    return f"{', '.join(written[:-1])}, & {written[-1]}"


def _apa_editors(names: tuple[Name, ...]) -> str:
    if not names:
        return ""
    written = [_initials_first(name) for name in names]
    role = "Ed." if len(names) == 1 else "Eds."
    return f"{_joined(written, ' & ', ', & ')} ({role})"


def _ieee(paper: Paper) -> str:
    names = [_initials_first(name) for name in paper.author_names]
    authors = (
        f"{names[0]} et al." if len(names) > _IEEE_AUTHORS else _joined(names, " and ", ", and ")
    )
    venue = paper.venue or ""
    if venue and paper.type in ("inproceedings", "book"):
        venue = f"in {venue}"
    pages = (paper.pages or "").replace("-", "–")
    pages_label = "pp." if "–" in pages else "p."
    parts = (
        venue,
        f"vol. {paper.volume}" if paper.volume else "",
        f"no. {paper.issue}" if paper.issue else "",
        f"{pages_label} {pages}" if pages else "",
        paper.publisher or "" if not paper.venue or paper.type == "book" else "",
        str(paper.year or ""),
        f"arXiv:{paper.arxiv_id}" if paper.arxiv_id and not paper.venue else "",
        f"doi: {paper.doi}" if paper.doi else "",
    )
    rest = ", ".join(filter(None, parts))
    address = "" if paper.doi or paper.arxiv_id or not paper.url else f"[Online]. {_address(paper)}"
    end = "" if paper.title.endswith(("?", "!", ".")) else ("," if rest else ".")
    head = f"{authors}, " if authors else ""
    return " ".join(filter(None, (f"{head}“{paper.title}{end}”", _ended(rest), address)))


def _mla(paper: Paper) -> str:
    pages = (paper.pages or "").replace("-", "–")
    is_book = paper.type == "book" and not paper.venue
    title = _ended(paper.title)
    parts = (
        paper.venue or ("arXiv" if paper.arxiv_id else ""),
        f"edited by {_joined(list(map(str, paper.editor_names)), ' and ', ', and ')}"
        if paper.editors
        else "",
        f"vol. {paper.volume}" if paper.volume else "",
        f"no. {paper.issue}" if paper.issue else "",
        paper.publisher or "" if not paper.venue or paper.type != "article" else "",
        str(paper.year or ""),
        f"{'pp.' if '–' in pages else 'p.'} {pages}" if pages else "",
        _address(paper),
    )
    head = (_ended(_mla_names(paper.author_names)), title if is_book else f"“{title}”")
    return " ".join(filter(None, (*head, _ended(", ".join(filter(None, parts))))))


def _mla_names(names: tuple[Name, ...]) -> str:
    """Return the first name inverted; of more than two, the others are left out."""
    if not names:
        return ""
    first = names[0].inverted
    if len(names) == 2:
        return f"{first}, and {names[1]}"
    return f"{first}, et al" if len(names) > 2 else first


def _address(paper: Paper) -> str:
    return f"https://doi.org/{paper.doi}" if paper.doi else paper.link or ""


def _family_first(name: Name) -> str:
    """Return ``van der Berg, B. C., Jr.``."""
    if name.literal:
        return name.literal
    family = " ".join(filter(None, (name.particle, name.family)))
    return ", ".join(filter(None, (family, _initials(name.given), name.suffix)))


def _initials_first(name: Name) -> str:
    """Return ``B. C. van der Berg Jr.``."""
    parts = (_initials(name.given), name.particle, name.family, name.suffix)
    return name.literal or " ".join(filter(None, parts))


def _initials(given: str) -> str:
    """Return the initials of given names: ``Jean-Luc A.`` becomes ``J.-L. A.``."""
    return " ".join(
        "-".join(f"{part[0]}." for part in word.split("-") if part)
        for word in given.replace(".", ". ").split()
    )


def _joined(texts: list[str], two: str, last: str) -> str:
    if len(texts) <= 2:
        return two.join(texts)
    return f"{', '.join(texts[:-1])}{last}{texts[-1]}"


def _ended(text: str) -> str:
    """Return a text with a full stop, unless it is empty or ends a sentence already."""
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."
