"""Reranking: the paper that makes the question likeliest, and seems to answer it, comes first."""

from collections.abc import Callable, Sequence

import pytest

from assistant.answering.closed.rerank import rerank
from assistant.answering.model_client import PaperScore
from assistant.library import Library
from assistant.retrieval import Evidence, Retrieval, retrieve
from assistant.settings import Settings

QUESTION = "Who was asked, and what did they like to do at night?"

OfTitle = Callable[[str], float]


class Model:
    """Goes by the title of the paper, and remembers what it was shown."""

    def __init__(self, likelihood: OfTitle, answers: OfTitle = lambda _: 0.0) -> None:
        self._likelihood = likelihood
        self._answers = answers
        self.looked_at: list[list[Sequence[Evidence]]] = []

    def score_papers(self, shown: Sequence[Sequence[Evidence]]) -> list[PaperScore]:
        self.looked_at.append(list(shown))
        titles = [evidence[0].paper.title for evidence in shown]
        return [PaperScore(self._likelihood(title), self._answers(title)) for title in titles]


def reranked(library: Library, model: Model, *, read: bool = True, count: int = 5) -> Retrieval:
    found = rerank(
        library,
        QUESTION,
        retrieve(library, QUESTION, Settings()),
        count,
        is_cached=lambda _: read,
        score_papers=model.score_papers,
    )
    assert found is not None
    return found


def says(word: str, yes: float, otherwise: float) -> OfTitle:
    return lambda title: yes if word in title else otherwise


def ranked(library: Library) -> list[str]:
    return [one.paper.title for one in retrieve(library, QUESTION, Settings()).papers]


def test_the_likeliest_paper_comes_first_and_alone_is_evidence(small_library: Library) -> None:
    found = reranked(small_library, Model(says("Trams", -40.0, -60.0)))
    assert "Trams" in found.papers[0].paper.title
    assert {one.paper.title for one in found.evidence} == {"Silent Trams for Old Towns"}


def test_of_two_about_as_likely_the_one_that_seems_to_answer_comes_first(
    small_library: Library,
) -> None:
    first, second, *_ = ranked(small_library)
    likely = {first: -50.0, second: -52.0}
    model = Model(lambda title: likely.get(title, -90.0), says(second, 1.0, -1.0))
    assert reranked(small_library, model).papers[0].paper.title == second


def test_a_paper_that_makes_the_question_far_likelier_comes_first_all_the_same(
    small_library: Library,
) -> None:
    first, second, *_ = ranked(small_library)
    likely = {first: -50.0, second: -66.0}
    model = Model(lambda title: likely.get(title, -90.0), says(second, 1.0, -1.0))
    assert reranked(small_library, model).papers[0].paper.title == first


@pytest.mark.parametrize(("lead", "groups"), [(30.0, [3]), (6.0, [3, 2])])
def test_papers_are_looked_at_until_one_stands_out(
    small_library: Library, lead: float, groups: list[int]
) -> None:
    model = Model(says(ranked(small_library)[1], -60.0 + lead, -60.0))
    reranked(small_library, model)
    assert [len(papers) for papers in model.looked_at] == groups


def test_no_paper_is_lost_and_none_comes_twice(small_library: Library) -> None:
    found = reranked(small_library, Model(says("Bread", -40.0, -60.0)), count=3)
    titles = [one.paper.title for one in found.papers]
    assert len(titles) == len(set(titles)) == 5


def test_of_a_paper_that_was_read_every_sentence_is_shown(small_library: Library) -> None:
    model = Model(lambda _: -50.0)
    reranked(small_library, model)
    assert {len(evidence) for papers in model.looked_at for evidence in papers} == {2, 3}


def test_only_the_best_three_papers_are_looked_at_if_none_was_read(small_library: Library) -> None:
    model = Model(lambda _: -50.0)
    reranked(small_library, model, read=False)
    assert sum(map(len, model.looked_at)) == 3


def test_nothing_is_reranked_if_no_paper_is_to_be_looked_at(small_library: Library) -> None:
    retrieval = retrieve(small_library, QUESTION, Settings())
    model = Model(lambda _: -50.0)
    found = rerank(
        small_library,
        QUESTION,
        retrieval,
        0,
        is_cached=lambda _: True,
        score_papers=model.score_papers,
    )
    assert found is None
    assert not model.looked_at
