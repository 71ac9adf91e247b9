"""Finding the abstract on a paper's web page: in meta tags, linked data, or a section of the page.

Many pages also have a teaser: the beginning of the abstract, or the citation. It is not used.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, groupby

from assistant.papers.parsing.fields.columns import column_of
from assistant.papers.parsing.markup.html_page import Page, Paragraph
from assistant.papers.parsing.text_cleaning import clean_text

_CUT = ("…", "...", "[…]", "[...]", "&hellip;")
_SENTENCE_END = re.compile(r"[.!?。！？][\"')\]”’»]*$")
# Not an initial or a short abbreviation, as in the name of a species.
_NEXT_SENTENCE = re.compile(r"\w{4}[.!?]\s+[^\W\d_]|[。！？].")
_LABEL = re.compile(r"(?:abstract|summary)\s*[:.–—-]*\s*", re.IGNORECASE)
# In a tag for search engines, one or two complete sentences are a teaser. The shortest abstracts
# have about as many words.
_MIN_TEASER_WORDS = 40
# A citation has only the title, names and numbers.
_MAX_CITATION_WORDS = 60


def best_abstract(
    page: Page,
    *,
    stated: Iterable[str],
    described: Iterable[str],
    teasers: Iterable[str],
    citation: Iterable[str],
) -> str:
    """Return the abstract; empty if the page has none, or only its beginning.

    Args:
        page: the web page.
        stated: the contents of tags specifically for abstracts.
        described: the contents of tags for descriptions of any kind.
        teasers: the contents of tags for search engines and social networks.
        citation: title, authors, venue and DOI of the paper; a short text that begins with one of
            them is a citation.
    """
    beginnings = tuple(text.casefold() for text in citation if len(text) > 1)
    described = [*map(clean_text, described)]
    long = [text for text in map(clean_text, teasers) if len(text.split()) >= _MIN_TEASER_WORDS]
    candidates = [
        *map(clean_text, stated),
        *_sections(page.paragraphs),
        *filter(_SENTENCE_END.search, [*described, *long]),
    ]
    whole = [
        text
        for text in map(_without_label, candidates)
        if text and not text.endswith(_CUT) and not _is_citation(text, beginnings)
    ]
    if not whole:
        return ""
    # If another one continues the first within a sentence, the first is truncated. After the end of
    # one, what goes on is another part of the page, such as a caption.
    first = whole[0]
    if _SENTENCE_END.search(first):
        return first
    return max((text for text in whole if text.startswith(first)), key=len)


def _is_citation(text: str, beginnings: tuple[str, ...]) -> bool:
    is_short = len(text.split()) <= _MAX_CITATION_WORDS
    return is_short and text.casefold().startswith(beginnings)


def _without_label(text: str) -> str:
    label = _LABEL.match(text)
    return text[label.end() :] if label and label.group().strip(" .:–—-") != text else text


def _sections(paragraphs: list[Paragraph]) -> Iterator[str]:
    """Yield the text under each heading "Abstract", then that of each element marked as one."""
    for number, paragraph in enumerate(paragraphs):
        if column_of(paragraph.text) == "abstract":
            yield _text_under(paragraph, paragraphs[number + 1 :])
    for is_abstract, group in groupby(paragraphs, key=lambda one: one.is_abstract):
        if is_abstract:
            yield " ".join(one.text for one in group if column_of(one.text) != "abstract")


def _text_under(heading: Paragraph, following: list[Paragraph]) -> str:
    """Return the text up to the next heading, or the next of the same level.

    It also ends with the innermost element that contains the heading and text after it, and with an
    element marked as an abstract.
    """
    parts: list[list[str]] = [[]]
    was_in_element = heading.is_abstract
    for paragraph in following:
        is_part = heading.level is not None and (paragraph.level or 0) > heading.level
        left_element = was_in_element and not paragraph.is_abstract
        left_section = paragraph.common_depth < following[0].common_depth
        if left_element or left_section or (paragraph.level is not None and not is_part):
            break
        was_in_element = paragraph.is_abstract
        if is_part:
            label = paragraph.text if paragraph.text.endswith(":") else f"{paragraph.text}:"
            parts.append([label])
        else:
            parts[-1].append(paragraph.text)
    # A part without a sentence at the end is a list, such as one of keywords.
    while len(parts) > 1 and not any(map(_is_prose, parts[-1])):
        parts.pop()
    return " ".join(chain.from_iterable(parts))


def _is_prose(text: str) -> bool:
    """Return whether a text ends like a sentence, or has a further one after its first."""
    return _SENTENCE_END.search(text) is not None or _NEXT_SENTENCE.search(text) is not None
