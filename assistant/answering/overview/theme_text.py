"""Headings and descriptions of themes, written by the model from the titles of their papers.

They are kept in the library, because writing them takes seconds a theme.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from assistant.answering.grounding.headings import is_grounded_heading
from assistant.answering.model_client import ModelClient
from assistant.answering.overview.themes import Theme
from assistant.atomic_write import write_atomically
from assistant.library import Library
from assistant.llm import ANSWERS_AT_ONCE, Completion, prompts_fingerprint
from assistant.models import fingerprint

FILE_NAME = "themes.json"
# A heading of 5 words and a sentence of 25 have 40 to 60 tokens.
_MAX_TOKENS = 80
# The titles nearest to the centre of a theme are enough to describe it; each takes time to read.
_TITLES = 8
# The file keeps the texts of this many themes, the last ones: overviews of many scopes.
_MAX_KEPT = 300


@dataclass(frozen=True, slots=True)
class ThemeText:
    """What the model wrote about a theme.

    Attributes:
        heading: of two to five words; the theme's name if the model's heading is not fit.
        sentence: what its papers work on, unchecked; may be empty.
    """

    heading: str
    sentence: str


def theme_texts(
    library: Library, model: ModelClient, themes: Sequence[Theme]
) -> Iterator[ThemeText]:
    """Yield the text of each theme, in order; kept ones at once, others as they are written."""
    keys = [_key(model, theme) for theme in themes]
    kept = _read(library)
    for start in range(0, len(themes), ANSWERS_AT_ONCE):
        batch = list(zip(keys, themes, strict=True))[start : start + ANSWERS_AT_ONCE]
        started = {key: _start(model, theme) for key, theme in batch if key not in kept}
        for key, theme in batch:
            if key in started:
                kept[key] = _finish(model, theme, started[key])
            yield kept[key]
        if started:
            _write(library, kept)


def _start(model: ModelClient, theme: Theme) -> Completion:
    titles = [paper.title for paper in theme.papers[:_TITLES]]
    prompt = model.prompt("theme", "", (), titles=titles, terms=theme.name)
    return model.start(prompt, _MAX_TOKENS)


def _finish(model: ModelClient, theme: Theme, completion: Completion) -> ThemeText:
    first, _, rest = "".join(completion).strip().partition("\n")
    model.timer.count(completion.usage)
    heading = " ".join(first.split()).strip(".:\"'*# ")
    sentence = " ".join(rest.split()).strip("\"'*# ")
    text = " ".join([theme.name, *(paper.text for paper in theme.papers)])
    if not is_grounded_heading(heading, text):
        heading = theme.name[:1].upper() + theme.name[1:]
    return ThemeText(heading, sentence if sentence.endswith(".") else "")


def _key(model: ModelClient, theme: Theme) -> str:
    titles = sorted(paper.content_hash() for paper in theme.papers)
    made_by = fingerprint(model.settings.model), prompts_fingerprint(model.settings.prompts)
    return hashlib.sha256(json.dumps([titles, made_by]).encode()).hexdigest()[:16]


def _read(library: Library) -> dict[str, ThemeText]:
    try:
        record = json.loads((library.folder / FILE_NAME).read_text(encoding="utf-8"))
        return {key: ThemeText(**text) for key, text in record.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}  # missing or damaged: they are written again


def _write(library: Library, kept: dict[str, ThemeText]) -> None:
    if library.catalogue.is_read_only:
        return
    last = list(kept.items())[-_MAX_KEPT:]
    record = {key: asdict(text) for key, text in last}
    write_atomically(
        library.folder / FILE_NAME, [json.dumps(record, ensure_ascii=False)], overwrite=True
    )
