"""Extra fields: the fields of a record that `Paper` has no attribute for.

Their names are those of BibLaTeX in lower case: ``note``, ``series``, ``address``, ``edition``. The
readers of other formats translate their names. A field unknown to BibLaTeX keeps its name.
"""

import re
from collections.abc import Callable, Mapping

from assistant.papers.parsing.text_cleaning import one_line

_NAME = re.compile(r"[a-z][a-z0-9_.+-]{0,49}")
_ATTRIBUTES = frozenset(
    (
        *("title", "subtitle", "abstract", "author", "editor", "year", "date", "month", "day"),
        *("url", "doi", "arxiv", "arxivid", "journal", "journaltitle", "booktitle"),
        *("booksubtitle", "volume", "number", "issue", "pages", "eid", "articleno", "publisher"),
        *("school", "institution", "keywords", "author_keywords", "langid", "language"),
        *("pmid", "pmcid", "isbn", "issn", "openreview", "acl"),
    )
)
"""The fields of BibTeX and BibLaTeX that correspond to attributes of `Paper`."""

_BOOKKEEPING = frozenset(
    (
        # Local files.
        *("file", "localfile", "local-url", "pdf"),
        # Bookkeeping of programs, and how their users sorted and rated entries.
        *("groups", "readstatus", "mendeley-groups", "ranking", "relevance", "priority"),
        *("qualityassured", "printed", "owner", "timestamp", "creationdate", "modificationdate"),
        *("date-added", "date-modified", "added-at", "interhash", "intrahash"),
        # Keys of other entries, whose fields the entry inherits.
        *("crossref", "xref", "xdata"),
    )
)
_BOOKKEEPING_START = ("bdsk-file", "__", "username_")
_LOCAL_PATH = re.compile(r"file:|[A-Za-z]:[\\/]|\\\\|~/|/(?:home|Users|Volumes|mnt|media)/")
_ADDRESS = re.compile(r"https?://[^\s{}\\<>]+")

MAX_CHARACTERS = 2_000
"""The maximum length of a field. A longer one is a full text, or a list of references."""

# The maximum length of a field before conversion. In LaTeX, one character takes up to 19.
_MAX_WRITTEN = 20 * MAX_CHARACTERS
# The maximum number of extra fields. The longest records, from Web of Science, have 45.
_MAX_FIELDS = 100


def is_extra(name: str) -> bool:
    """Return whether a field with this lower-case name is kept as an extra field.

    Attributes of `Paper`, paths of local files and the bookkeeping of programs are not kept.
    """
    return (
        _NAME.fullmatch(name) is not None
        and name not in _ATTRIBUTES
        and name not in _BOOKKEEPING
        and not name.startswith(_BOOKKEEPING_START)
    )


def is_address(text: str) -> bool:
    """Return whether a text is just a web address, and so has no markup to remove."""
    return _ADDRESS.fullmatch(text) is not None


def extra_from(
    fields: Mapping[str, object], clean: Callable[[str], str] = one_line
) -> tuple[tuple[str, str], ...]:
    """Return the fields to keep, in the form of `Paper.extra`.

    Args:
        fields: texts by name; values of other types are dropped.
        clean: strips the markup of a text.
    """
    kept: dict[str, str] = {}
    for written, value in fields.items():
        name = written.casefold()
        if len(kept) == _MAX_FIELDS:
            break
        if isinstance(value, str) and len(value) <= _MAX_WRITTEN and is_extra(name):
            text = one_line(value if is_address(value.strip()) else clean(value))
            if text and len(text) <= MAX_CHARACTERS and not _LOCAL_PATH.match(text):
                kept.setdefault(name, text)
    return tuple(sorted(kept.items()))


def renamed(fields: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a format that have a BibLaTeX name, under that name.

    Args:
        fields: texts by the format's own names.
        names: the BibLaTeX names by the format's names. If several fields have the same BibLaTeX
            name, the first one that is not empty is used.
    """
    found: dict[str, str] = {}
    for name, extra in names.items():
        if fields.get(name):
            found.setdefault(extra, fields[name])
    return found
