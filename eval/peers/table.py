"""One table of all systems: each figure, and how it relates to ours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.evaluation import METRICS, Run
from assistant.evaluation.metrics import intervals
from assistant.evaluation.metrics.intervals import Estimate, Values
from assistant.evaluation.metrics.measure import TITLES
from assistant.evaluation.questions import KINDS, VERDICT
from assistant.evaluation.report.markdown import listed, row_title

Pairs = Sequence[tuple[float, float]]
Summary = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A row of the table.

    Attributes:
        name: of the figure among those of a run.
        metric: what it sums up.
        summary: how: `numpy.mean` or `numpy.median`.
        kinds: of which questions; of all together if empty. Several kinds weigh alike.
    """

    name: str
    metric: str
    summary: Summary = np.mean
    kinds: tuple[str, ...] = ()


_KINDS = tuple(kind for kind in KINDS if kind != VERDICT)
_FIGURES = (
    _Figure("answer_score", "answer_score", kinds=_KINDS),
    *(_Figure(f"answer_score.{kind}", "answer_score", kinds=(kind,)) for kind in _KINDS),
    _Figure("abstained_on_answerable", "abstained_on_answerable"),
    _Figure("abstention_recall", "abstention_recall"),
    _Figure("citation_precision", "citation_precision"),
    _Figure("first_token_s_p50", "first_token_s", np.median),
    _Figure("total_s_p50", "total_s", np.median),
)


def peers_table(ours: Run, peers: Sequence[Run]) -> str:
    """Return the figures of all systems as a Markdown table, with what they depend on.

    A figure has its 95 % interval behind it. A ratio is the peer's figure by ours.

    Args:
        ours: the run that the ratios are to.
        peers: over the same questions.
    """
    manifest = ours.manifest
    reading_cache = "papers read ahead" if manifest.settings["reading_cache_mb"] else "off"
    versions = {name: v for peer in peers for name, v in peer.manifest.versions.items()}
    facts = {
        "Made by": "`make peers` (`python -m eval.peers`)",
        "Questions": f"{len(ours.results)} of {manifest.question_set}, asked in turns",
        "Model": manifest.model,
        "Library": manifest.library,
        "Our reading cache": reading_cache,
        "Begun": manifest.started,
        "Machine": listed(manifest.machine),
        "Versions": listed(versions),
    }
    head = ["figure", manifest.system]
    for peer in peers:
        head += [peer.manifest.system, "ratio to ours"]
    lines = [
        "## Peers",
        "",
        *(f"- {name}: {value}" for name, value in facts.items()),
        "",
        *_aligned([head, *_rows(ours, peers)]),
    ]
    return "\n".join(lines) + "\n"


def paired_ratio(groups: Sequence[Pairs], summary: Summary = np.mean) -> Estimate:
    """Return how a peer's figure relates to ours, with its paired bootstrap interval.

    Args:
        groups: values of ours and of the peer, a pair a question; resampled within groups.
        summary: of the values of a group; the groups weigh alike.

    Returns:
        The peer's figure by ours; without a value where ours is 0 or there are no pairs.
    """
    groups = [group for group in groups if group]
    pairs = np.asarray([pair for group in groups for pair in group]).reshape(-1, 2)
    # The places of the pairs are resampled, not their values: so the two of a pair stay together.
    ends = np.cumsum([len(group) for group in groups])
    places = np.split(np.arange(len(pairs), dtype=np.float64), ends[:-1])

    def figure(column: Values, samples: Sequence[Values], axis: int) -> Any:
        return np.mean([summary(column[s.astype(int)], axis=axis) for s in samples], axis=0)

    def ratio(*samples: Values, axis: int = -1) -> Any:
        mine, theirs = (figure(column, samples, axis) for column in pairs.T)
        return np.divide(theirs, mine, out=np.full(np.shape(mine), np.nan), where=mine != 0)

    return intervals.estimate(places, ratio)


def _rows(ours: Run, peers: Sequence[Run]) -> list[list[str]]:
    rows = []
    for figure in _FIGURES:
        mine = ours.metrics.named.get(figure.name)
        if mine is None:
            continue  # no question of this kind was asked
        row = [row_title(TITLES[figure.name]), _cell(mine)]
        for peer in peers:
            ratio = paired_ratio(_pairs(figure, ours, peer), figure.summary)
            row += [_cell(peer.metrics.named[figure.name]), _cell(ratio)]
        rows.append(row)
    return rows


def _pairs(figure: _Figure, ours: Run, peer: Run) -> list[Pairs]:
    """Return the values of the questions where both have one, a group a kind."""
    metric = METRICS[figure.metric]
    groups: dict[str, list[tuple[float, float]]] = {}
    for (question, mine), (_, theirs) in zip(ours.results, peer.results, strict=True):
        if figure.kinds and question.kind not in figure.kinds:
            continue
        pair = metric.value(question, mine), metric.value(question, theirs)
        if pair[0] is not None and pair[1] is not None:
            group = question.kind if figure.kinds else ""
            groups.setdefault(group, []).append((pair[0], pair[1]))
    return list(groups.values())


def _cell(estimate: Estimate) -> str:
    return "none" if estimate.value is None else str(estimate)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a Markdown table whose columns stand in line in a terminal too."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    head, *body = (
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
        for row in rows
    )
    rule = f"| {' | '.join('-' * width for width in widths)} |"
    return [head, rule, *body]
