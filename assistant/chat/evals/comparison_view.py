"""Two runs side by side: what differs, by how much, whether it is chance, and which answers."""

from markupsafe import Markup

from assistant.evaluation import Comparison
from assistant.evaluation.compare import Changed, Difference
from assistant.evaluation.metrics.intervals import readable

_CHANGED_SHOWN = 20


def comparison_view(comparison: Comparison) -> str:
    """Return the comparison's HTML, escaped."""
    score, *others = comparison.metrics.values()
    kinds = [_row(one, of_kind=True) for one in comparison.by_kind]
    rows = Markup("").join([_row(score), *kinds, *map(_row, others)])
    changed = comparison.changed
    worse = sum(one.score_after < one.score_before for one in changed)
    return str(
        Markup(
            '<div class="comparison"><p>{}</p><table><thead><tr><th>Figure</th><th>Before</th>'
            "<th>After</th><th>Change, 95 % interval</th><th>p</th><th></th></tr></thead>"
            "<tbody>{}</tbody></table><h3>{}</h3><ul>{}</ul></div>"
        ).format(
            _made_otherwise(comparison),
            rows,
            f"{comparison.n} questions: {worse} answered worse, {len(changed) - worse} better",
            Markup("").join(map(_changed, changed[:_CHANGED_SHOWN])),
        )
    )


def _made_otherwise(comparison: Comparison) -> str:
    if not comparison.made_otherwise:
        return "The two runs were made alike: what differs is chance."
    return f"Made otherwise: {'; '.join(comparison.made_otherwise)}."


def _row(one: Difference, of_kind: bool = False) -> Markup:
    verdict = "worse" if one.worse else "better" if one.better else ""
    p = f"{one.p:.3f}" if one.p >= 0.001 else "<0.001"
    return Markup(
        '<tr class="{}"><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td>'
        '<td class="verdict">{}</td></tr>'
    ).format(
        f"{verdict} {'kind' if of_kind else ''}".strip(),
        one.title,
        readable(one.before),
        readable(one.after),
        str(one.change),
        p,
        verdict,
    )


def _changed(one: Changed) -> Markup:
    better = one.score_after > one.score_before
    return Markup('<li class="{}"><strong>{}</strong><p>{:.2f} {}</p><p>{:.2f} {}</p></li>').format(
        "better" if better else "worse",
        one.question.text,
        one.score_before,
        one.before.answer,
        one.score_after,
        one.after.answer,
    )
