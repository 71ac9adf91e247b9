"""Splitting sentences into clauses."""

from assistant.answering.grounding.contradictions.clauses import split_clauses


def test_clauses_end_at_semicolons_commas_and_conjunctions() -> None:
    text = "It bakes, and it cools; BreadNet waits, while DoughNet rests whereas it rises"
    assert split_clauses(text) == [
        "It bakes",
        "and it cools",
        "BreadNet waits",
        "while DoughNet rests",
        "it rises",
    ]


def test_marks_inside_numbers_and_words_inside_words_do_not_end_a_clause() -> None:
    assert split_clauses("It bakes 2,000 brands of butter") == ["It bakes 2,000 brands of butter"]


def test_extra_marks_and_words_end_clauses_too() -> None:
    text = "It wins: 4 ms vs. 9 ms"
    assert split_clauses(text) == [text]
    assert split_clauses(text, extra_marks=":", extra_words=("vs", "vs.")) == [
        "It wins",
        "4 ms",
        "9 ms",
    ]


def test_blank_clauses_are_left_out() -> None:
    assert split_clauses("It bakes; ") == ["It bakes"]
    assert split_clauses(" ") == []
