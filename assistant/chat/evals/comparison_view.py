"""Two runs compared: their metrics with confidence intervals, and the answers that changed."""

from markupsafe import Markup

from assistant.evaluation import Comparison
from assistant.evaluation.compare import ChangedQuestion, Difference
from assistant.evaluation.metrics.intervals import readable

_MAX_CHANGED = 20


def comparison_view(comparison: Comparison) -> str:
    """Return the comparison's HTML, escaped."""
    score, *others = comparison.metrics.values()
    kinds = [_row(one, is_kind=True) for one in comparison.by_kind]
    rows = Markup("").join([_row(score), *kinds, *map(_row, others)])
    changed = comparison.changed
    worse = sum(one.score_after < one.score_before for one in changed)
    return str(
        Markup(
            '<div class="comparison"><p>{}</p><table><thead><tr><th>Metric</th><th>Before</th>'
            "<th>After</th><th>Change, 95 % interval</th><th>p</th><th></th></tr></thead>"
            "<tbody>{}</tbody></table><h3>{}</h3><ul>{}</ul></div>"
        ).format(
            _configuration_changes(comparison),
            rows,
            f"{comparison.n} questions: {worse} answered worse, {len(changed) - worse} better",
            Markup("").join(map(_changed, changed[:_MAX_CHANGED])),
        )
    )


def _configuration_changes(comparison: Comparison) -> str:
    if not comparison.manifest_differences:
        return "Both runs have the same configuration: any difference is chance."
    return f"Configuration changes: {'; '.join(comparison.manifest_differences)}."


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
    better = changed.score_after > changed.score_before
    return Markup('<li class="{}"><strong>{}</strong><p>{:.2f} {}</p><p>{:.2f} {}</p></li>').format(
        "better" if better else "worse",
        changed.question.text,
        changed.score_before,
        changed.before.answer,
        changed.score_after,
        changed.after.answer,
    )
