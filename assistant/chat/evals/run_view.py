"""The result of one run in plain words; its full report is in a collapsed section."""

import numpy as np
from markupsafe import Markup

from assistant.chat.evals.plain_figures import SECONDS, SHARES, shown
from assistant.evaluation import Run
from assistant.evaluation.metrics import METRICS
from assistant.evaluation.metrics.intervals import Estimate, estimate
from assistant.evaluation.metrics.measure import values
from assistant.evaluation.report.page import page


def run_view(run: Run) -> str:
    """Return the HTML, escaped."""
    named = run.metrics.named
    rows = [
        _row(title, named[name], as_share=True) for name, title in SHARES.items() if name in named
    ]
    seconds = values(METRICS["total_s"], run.results)
    # The mean, as in comparisons: that of the differences is the difference of the means.
    rows.append(_row(SECONDS, estimate([seconds], np.mean), as_share=False))
    # A sandboxed iframe: the report contains answers, and its scripts cannot reach this page.
    return str(
        Markup(
            '<div class="comparison"><table><thead><tr><th></th><th>Result</th>'
            "<th>Probably between</th></tr></thead><tbody>{}</tbody></table></div>"
            '<details class="full-report"><summary>Full report: each question and its answer'
            '</summary><iframe class="report-page" title="Report of the run" '
            'sandbox="allow-scripts" srcdoc="{}"></iframe></details>'
        ).format(Markup("").join(rows), page(run))
    )


def _row(title: str, estimate: Estimate, *, as_share: bool) -> Markup:
    if estimate.value is None:
        return Markup("")
    ends = (estimate.low, estimate.high)
    between = " and ".join(shown(one, as_share=as_share) for one in ends if one is not None)
    return Markup('<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>').format(
        title, shown(estimate.value, as_share=as_share), between
    )
