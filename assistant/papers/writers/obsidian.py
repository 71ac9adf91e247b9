"""Writer of notes for Obsidian: a Markdown file per paper, with its fields as properties."""

import re
from collections.abc import Iterable, Iterator

from assistant.papers.annotation import (
    NO_ANNOTATION,
    NOTHING_ANNOTATED,
    Annotated,
    Annotation,
)
from assistant.papers.details import paper_to_json
from assistant.papers.paper import Paper
from assistant.papers.writers.bibtex import citation_key
from assistant.papers.writers.markdown import escape, markdown_link

NAME = "Obsidian notes"

FENCE = "---"
ABSTRACT_HEADING = "## Abstract"
NOTE_HEADING = "## Note"
NO_PROPERTY = ("abstract", "source")
"""The fields of a paper that are not properties of its note."""

# Characters that Obsidian or a file system does not allow in file names.
_NO_NAME = re.compile(r'[\\/:*?"<>|#^\[\]]+')


def write(
    papers: Iterable[Paper], annotated: Annotated = NOTHING_ANNOTATED
) -> Iterator[tuple[str, str]]:
    """Yield the file name and the text of a note per paper.

    The names are the citation keys. They are unique even if case is ignored.
    """
    used: set[str] = set()
    for paper in papers:
        name = _unused(_NO_NAME.sub("-", citation_key(paper)), used)
        used.add(name.casefold())
        yield f"{name}.md", note_of(paper, annotated.get(paper.id, NO_ANNOTATION))


def note_of(paper: Paper, noted: Annotation = NO_ANNOTATION) -> str:
    """Return the text of a note.

    The title is both the heading and a property of the note, since the heading may be edited.
    """
    import yaml

    fields = {
        name: value for name, value in paper_to_json(paper).items() if name not in NO_PROPERTY
    }
    # A tag of Obsidian has no spaces.
    tags = {"tags": [tag.replace(" ", "-") for tag in noted.tags]} if noted.tags else {}
    fields |= {name: value for name, value in noted.to_json().items() if name != "note"} | tags
    properties = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=float("inf"))
    link = markdown_link(paper.link, paper.link) if paper.link else ""
    abstract = f"{ABSTRACT_HEADING}\n\n{escape(paper.abstract)}" if paper.abstract else ""
    note = f"{NOTE_HEADING}\n\n{noted.note}" if noted.note else ""
    body = "\n\n".join(filter(None, (f"# {escape(paper.title)}", link, abstract, note)))
    return f"{FENCE}\n{properties}{FENCE}\n\n{body}\n"


def _unused(name: str, used: set[str]) -> str:
    """Return a name, with a number if it is already used."""
    names = (name if number == 1 else f"{name}-{number}" for number in range(1, len(used) + 2))
    return next(one for one in names if one.casefold() not in used)
