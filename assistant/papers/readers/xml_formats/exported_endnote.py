"""Records of the EndNote XML that `assistant papers export` writes."""

from xml.etree.ElementTree import Element

from assistant.papers.details import paper_from_parts
from assistant.papers.names import Name
from assistant.papers.parsing.json_text import decoded_object
from assistant.papers.parsing.markup.xml_elements import elements_at, text_at, text_of
from assistant.papers.parsing.records import NO_TITLE
from assistant.papers.record import Record, Skipped
from assistant.papers.writers.endnote_xml import DATABASE, REST, REST_FIELDS, TEXTS


def is_exported(record: Element) -> bool:
    """Return whether a record was written by the assistant."""
    return text_at(record, "database") == DATABASE


def record_of_export(record: Element, source: str, where: str) -> Record:
    """Return the paper of a record. Its text is already plain, so no markup is stripped."""
    rest = decoded_object(text_at(record, REST))
    paper = paper_from_parts(
        {
            **{name: text_at(record, *path) for path, name in TEXTS.items()},
            **{name: rest.get(name) for name in REST_FIELDS},
            "keywords": [text_of(one) for one in elements_at(record, "keywords", "keyword")],
        },
        source,
        authors=_names(record, "authors"),
        editors=_names(record, "secondary-authors"),
    )
    return paper or Skipped(source, NO_TITLE, where)


def _names(record: Element, group: str) -> list[Name]:
    return [_name(text_of(one)) for one in elements_at(record, "contributors", group, "author")]


def _name(text: str) -> Name:
    if ",," in text:
        return Name(literal=text.replace(",,", ","))
    if text.endswith(","):
        return Name(literal=text.removesuffix(","))
    return Name.from_inverted(text)
