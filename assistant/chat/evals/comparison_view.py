"""Two runs compared in plain words; all figures, with intervals, are in a collapsed section."""

from collections.abc import Sequence

from markupsafe import Markup

from assistant.chat.evals.plain_figures import SECONDS, SHARES, shown
from assistant.evaluation import Comparison
from assistant.evaluation.comparison.compare import ChangedQuestion, Difference
from assistant.evaluation.metrics.intervals import readable

_MAX_CHANGED = 20

_IN_WORDS = {
    "system": "the machine",
    "model": "the model",
    "prompts": "the prompts",
    "library": "the papers",
    "code": "the version of the assistant",
    "papers_read": "how many papers are read",
    "abstention_threshold": "when to abstain",
}


def comparison_view(comparison: Comparison) -> str:
    """Return the comparison's HTML, escaped."""
    changed = comparison.changed
    worse = sum(one.score_after < one.score_before for one in changed)
    return str(
        Markup(
            '<div class="comparison"><p><strong>{}</strong> {}</p><table><thead><tr><th></th>'
            "<th>Before</th><th>After</th><th></th></tr></thead><tbody>{}</tbody></table>"
            "<h3>{}</h3><ul>{}</ul>{}</div>"
        ).format(
            _verdict(comparison),
            _changes(comparison.manifest_differences),
            Markup("").join(
                _plain_row(title, comparison.metrics[name], as_share=name in SHARES)
                for name, title in {**SHARES, "total_s": SECONDS}.items()
                if name in comparison.metrics
            ),
            f"{comparison.n} questions: {worse} answered worse, {len(changed) - worse} better",
            Markup("").join(map(_changed, changed[:_MAX_CHANGED])),
            _all_figures(comparison),
        )
    )


def _verdict(comparison: Comparison) -> str:
    score = next(iter(comparison.metrics.values()))
    if score.better:
        return "The later run answers better."
    if score.worse:
        return "The later run answers worse."
    return "The two runs answer about equally well: any difference may be chance."


def _changes(differences: Sequence[str]) -> str:
    """Return what differs between the runs, in words."""
    if not differences:
        return "Nothing was changed between them."
    names = [one.partition(" ")[0] for one in differences]
    known = [_IN_WORDS[name] for name in names if name in _IN_WORDS]
    others = len(names) - len(known)
    if others:
        known.append("1 further setting" if others == 1 else f"{others} further settings")
    return f"Changed between them: {', '.join(known)}."


def _plain_row(title: str, difference: Difference, *, as_share: bool) -> Markup:
    verdict = "worse" if difference.worse else "better" if difference.better else ""
    return Markup(
        '<tr class="{}"><th scope="row">{}</th><td>{}</td><td>{}</td>'
        '<td class="verdict">{}</td></tr>'
    ).format(
        verdict,
        title,
        shown(difference.before, as_share=as_share),
        shown(difference.after, as_share=as_share),
        verdict or "no clear difference",
    )


def _all_figures(comparison: Comparison) -> Markup:
    score, *others = comparison.metrics.values()
    kinds = [_row(one, is_kind=True) for one in comparison.by_kind]
    differences = Markup("").join(
        Markup("<li>{}</li>").format(one) for one in comparison.manifest_differences
    )
    return Markup(
        "<details><summary>All figures</summary><table><thead><tr><th>Metric</th><th>Before</th>"
        "<th>After</th><th>Change, 95 % interval</th><th>p</th><th></th></tr></thead>"
        "<tbody>{}</tbody></table><ul>{}</ul></details>"
    ).format(Markup("").join([_row(score), *kinds, *map(_row, others)]), differences)


def _row(difference: Difference, is_kind: bool = False) -> Markup:
    verdict = "worse" if difference.worse else "better" if difference.better else ""
    p = f"{difference.p:.3f}" if difference.p >= 0.001 else "<0.001"
    return Markup(
        '<tr class="{}"><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td>'
        '<td class="verdict">{}</td></tr>'
    ).format(
        f"{verdict} {'kind' if is_kind else ''}".strip(),
        difference.title,
        readable(difference.before),
        readable(difference.after),
        str(difference.change),
        p,
        verdict,
    )


def _changed(changed: ChangedQuestion) -> Markup:
    is_better = changed.score_after > changed.score_before
    return Markup(
        '<li class="{}"><strong>{}</strong><p><span>Before</span> {}</p><p><span>After</span> {}'
        "</p></li>"
    ).format(
        "better" if is_better else "worse",
        changed.question.text,
        changed.before.answer,
        changed.after.answer,
    )
