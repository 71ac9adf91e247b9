"""Transferring Zotero's tags and collections to a library."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from assistant.library import Library
from assistant.library.annotations import LabelKind
from assistant.sources.zotero.state import Label, ReferenceState


def apply_changes(
    library: Library,
    before: Mapping[str, ReferenceState],
    after: Mapping[str, ReferenceState],
) -> None:
    """Give papers the labels that are new in Zotero, and remove those that are no longer there.

    Changes that the user of the library has made since the previous synchronisation are kept.

    Args:
        library: the library of the papers.
        before: the state of each reference after the previous synchronisation.
        after: the state of each reference now.
    """
    old, new = _labels(before.values()), _labels(after.values())
    annotations = library.catalogue.annotations
    for (owner, kind, name), papers in _papers_by_name(old - new).items():
        annotations.unlabel(owner, kind, name, papers)
    for (owner, kind, name), papers in _papers_by_name(new - old).items():
        annotations.label(owner, kind, name, papers)


def _labels(states: Iterable[ReferenceState]) -> set[Label]:
    return {label for state in states for label in state.labels()}


def _papers_by_name(labels: Iterable[Label]) -> dict[tuple[str, LabelKind, str], list[str]]:
    papers: dict[tuple[str, LabelKind, str], list[str]] = defaultdict(list)
    for label in labels:
        papers[label.owner, label.kind, label.name].append(label.paper)
    return papers
