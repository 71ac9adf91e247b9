"""Writer of BibTeX."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from assistant.papers.paper import Paper
from assistant.text.words import content_words

NAME = "BibTeX"

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # BibTeX counts escaped braces too, which must balance; these commands have none unbalanced.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        **{character: "\\" + character for character in "#$%&_"},
    }
)
# LaTeX ligatures for dashes, quotation marks and inverted marks; an empty group prevents them.
_LIGATURE = re.compile(r"(?<=-)-|(?<=`)`|(?<=')'|(?<=[?!])`")
# BibTeX splits names at these.
_NAME_SEPARATOR = re.compile(r",|\band\b", re.IGNORECASE)


def write(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield an entry per paper, each with a unique key such as ``frost2021glacier``."""
    used: dict[str, int] = {}
    for paper in papers:
        yield _entry(paper, _unused(_key(paper), used))


def _entry(paper: Paper, key: str) -> str:
    fields = {
        "title": f"{{{_escaped(paper.title)}}}",  # extra braces protect the capitals
        "author": " and ".join(map(_name, paper.authors)),
        "year": str(paper.year or ""),
        "doi": _verbatim(paper.doi),
        "eprint": _verbatim(paper.arxiv_id),
        "archiveprefix": "arXiv" if paper.arxiv_id else "",
        "url": _verbatim(paper.url),
        "abstract": _escaped(paper.abstract),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{{key},\n{''.join(lines)}}}\n\n"


def _name(author: str) -> str:
    escaped = _escaped(author)
    return f"{{{escaped}}}" if _NAME_SEPARATOR.search(author) else escaped


def _escaped(text: str) -> str:
    return _LIGATURE.sub(lambda mark: "{}" + mark.group(), text.translate(_ESCAPES))


def _verbatim(text: str | None) -> str:
    """Return a URL or id unescaped, as BibTeX expects it, but with braces percent-encoded."""
    return (text or "").replace("{", "%7B").replace("}", "%7D")


def _key(paper: Paper) -> str:
    last_names = [_ascii(author.split()[-1]) for author in paper.authors[:1] if author.split()]
    words = [word for word in map(_ascii, content_words(paper.title)) if word]
    return "".join([*last_names, str(paper.year or ""), *words[:1]]) or "paper"


def _ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9]", "", decomposed)


def _unused(key: str, used: dict[str, int]) -> str:
    """Return the key, with a number appended if it has been used before."""
    used[key] = used.get(key, 0) + 1
    return key if used[key] == 1 else _unused(f"{key}-{used[key]}", used)
