"""The results of runs in plain words."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "evaluation"))

from run_factories import make_prediction, make_question, make_run

from assistant.chat.evals.comparison_view import comparison_view
from assistant.chat.evals.run_view import run_view
from assistant.evaluation import compare


def _figures(html: str) -> list[str]:
    """Return the cells of the row about seconds that show a figure."""
    [row] = re.findall(r"<tr[^>]*><th[^>]*>Seconds for an answer, on average</th>.*?</tr>", html)
    return re.findall(r"<td>(\d+\.\d)</td>", row)


def test_a_run_and_a_comparison_show_the_same_mean_of_the_seconds() -> None:
    # One slow answer tells the mean from the median.
    run = make_run(
        *(
            (make_question(id=str(number)), make_prediction(id=str(number), total_s=seconds))
            for number, seconds in enumerate([1.0, 1.0, 10.0])
        )
    )
    assert _figures(run_view(run)) == ["4.0"]
    assert _figures(comparison_view(compare(run, run))) == ["4.0", "4.0"]
