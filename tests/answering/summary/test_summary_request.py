"""The form of a summary, parsed from the request."""

import pytest

from assistant.answering.summary.request import SummaryForm, summary_form


@pytest.mark.parametrize(
    ("request_", "form"),
    [
        ("tl;dr of DoughNet", SummaryForm(1, is_list=False)),
        ("Summarise the tram paper in one sentence", SummaryForm(1, is_list=False)),
        ("Give me a two-sentence summary", SummaryForm(2, is_list=False)),
        ("in three bullet points, please", SummaryForm(3, is_list=True)),
        ("5 key takeaways of the parrot study", SummaryForm(5, is_list=True)),
        ("key points of the glacier paper", SummaryForm(3, is_list=True)),
        ("Explain the paper to a beginner", SummaryForm(0, is_list=False)),
        ("summarise it in 40 bullet points", SummaryForm(8, is_list=True)),
    ],
)
def test_count_and_list_are_parsed(request_: str, form: SummaryForm) -> None:
    assert summary_form(request_) == form
