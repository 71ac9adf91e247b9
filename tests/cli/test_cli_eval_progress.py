"""Progress of an evaluation whose output is redirected."""

import pytest

from assistant.cli.eval.output import progress_lines
from assistant.evaluation.evaluate import Progress


def test_a_line_is_printed_every_thirty_seconds_and_at_the_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    times = iter([0.0, 1.0, 20.0, 35.0, 50.0, 200.0])
    update = progress_lines("Answering", now=lambda: next(times))
    for done in (10, 11, 12, 13, 20):
        update(Progress(done, 20))
    assert capsys.readouterr().err.splitlines() == [
        "Answering: 12 of 20, 35 s elapsed, about 2 min left",
        "Answering: 20 of 20, 3 min elapsed",
    ]
