"""Headings of themes: a topic named by the model, and the terms that distinguish the theme.

The topics are cached in the library folder, because naming one takes about a second.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence

from assistant.answering.grounding.headings import grounded_heading
from assistant.answering.model_client import ModelClient
from assistant.answering.overview.themes import Theme
from assistant.atomic_write import write_cache
from assistant.library import Library
from assistant.llm import ANSWERS_AT_ONCE, Completion, prompts_fingerprint
from assistant.models import fingerprint
from assistant.text.instructions import title_without_instructions

FILE_NAME = "themes.json"
# Five words have 5 to 15 tokens.
_MAX_TOKENS = 20
# The titles nearest to the centre of a theme are enough to name it; each adds to the prefill time.
_TITLES = 10
# Maximum number of cached topics: enough for overviews of the library and of some scopes.
_MAX_KEPT = 300


def write_headings(library: Library, model: ModelClient, themes: Sequence[Theme]) -> Iterator[str]:
    """Yield the heading of each theme in order, from the cache or as the model writes it."""
    keys = [_key(model, theme) for theme in themes]
    kept = _read(library)
    for start in range(0, len(themes), ANSWERS_AT_ONCE):
        batch = list(zip(keys, themes, strict=True))[start : start + ANSWERS_AT_ONCE]
        started = {key: _start(model, theme) for key, theme in batch if key not in kept}
        for key, theme in batch:
            if key in started:
                kept[key] = _finish(model, theme, started[key])
            yield _heading(kept[key], theme.name)
        if started:
            _write(library, kept)


def _heading(topic: str, terms: str) -> str:
    """Return a heading such as ``Continual learning: forgetting, replay``."""
    further = [term for term in terms.split(", ") if term.casefold() not in topic.casefold()]
    heading = ": ".join(filter(None, [topic, ", ".join(further)]))
    return heading[:1].upper() + heading[1:]


def _start(model: ModelClient, theme: Theme) -> Completion:
    titles = [title_without_instructions(paper.title) for paper in theme.papers[:_TITLES]]
    return model.start(model.prompt("theme", "", (), titles=titles), _MAX_TOKENS)


def _finish(model: ModelClient, theme: Theme, completion: Completion) -> str:
    """Return the topic that the model names; empty if it is not grounded in the papers."""
    written = "".join(completion)
    model.timer.add_usage(completion.usage)
    text = " ".join(paper.text for paper in theme.papers)
    return grounded_heading(written, text, model.settings.enabled_checks)


def _key(model: ModelClient, theme: Theme) -> str:
    papers = sorted(paper.content_hash() for paper in theme.papers)
    writer = model.engine.identify_model() or fingerprint(model.settings.model)
    made_by = writer, prompts_fingerprint(model.settings.prompts)
    return hashlib.sha256(json.dumps([papers, made_by]).encode()).hexdigest()[:16]


def _read(library: Library) -> dict[str, str]:
    try:
        record = json.loads((library.folder / FILE_NAME).read_text(encoding="utf-8"))
        return {str(key): str(topic) for key, topic in record.items()}
    except (OSError, ValueError, AttributeError):
        return {}  # missing or damaged: it is written again


def _write(library: Library, kept: dict[str, str]) -> None:
    if library.catalogue.is_read_only:
        return
    text = json.dumps(dict(list(kept.items())[-_MAX_KEPT:]), ensure_ascii=False)
    write_cache(library.folder / FILE_NAME, text)
