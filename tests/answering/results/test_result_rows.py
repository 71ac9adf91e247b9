"""The numbers that abstracts report."""

from assistant.answering.results.rows import result_rows
from assistant.papers import Paper


def test_each_number_is_a_row_with_its_dimension_and_sentence(made_up_papers: list[Paper]) -> None:
    rows = [row for row in result_rows(made_up_papers) if row.dimension == "percent"]
    assert {(row.written, row.evidence.paper.title.split()[0]) for row in rows} >= {
        ("12.5", "Glacier"),
        ("93", "Teaching"),
    }
    [accuracy] = [row for row in rows if row.written == "93"]
    assert "accuracy" in accuracy.context
    assert accuracy.evidence.text.startswith("Half of the birds")


def test_digits_inside_names_are_no_results() -> None:
    paper = Paper(title="A", abstract="We compare with GPT-4 on 12 tasks.")
    assert "4" not in {row.written for row in result_rows([paper])}
