"""Reranking: of the best papers, the one that makes the question likeliest comes first."""

from collections.abc import Callable, Sequence

import pytest

from assistant.answering.rerank import rerank
from assistant.library import Library
from assistant.retrieval import Evidence, Retrieval, retrieve
from assistant.settings import Settings

QUESTION = "Who was asked, and what did they like to do at night?"

OfTitle = Callable[[str], float]


class Model:
    """Goes by the title of the paper, and remembers what it was shown."""

    def __init__(self, likelihood: OfTitle, yes: OfTitle = lambda _: 0.5) -> None:
        self._likelihood = likelihood
        self._yes = yes
        self.looked_at: list[list[Sequence[Evidence]]] = []
        self.asked_of: list[str] = []

    def likelihoods(self, shown: Sequence[Sequence[Evidence]]) -> list[float]:
        self.looked_at.append(list(shown))
        return [self._likelihood(evidence[0].paper.title) for evidence in shown]

    def yes_shares(self, shown: Sequence[Sequence[Evidence]]) -> list[float]:
        titles = [evidence[0].paper.title for evidence in shown]
        self.asked_of += titles
        return [self._yes(title) for title in titles]


def reranked(library: Library, model: Model, *, read: bool = True, count: int = 5) -> Retrieval:
    found = rerank(
        library,
        QUESTION,
        retrieve(library, QUESTION, Settings()),
        count,
        has_read=lambda _: read,
        likelihoods=model.likelihoods,
        yes_shares=model.yes_shares,
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


def test_of_two_that_come_close_the_models_yes_decides(small_library: Library) -> None:
    first, second, third, *_ = ranked(small_library)
    likely = {first: -50.0, second: -52.0, third: -53.0}
    model = Model(lambda title: likely.get(title, -90.0), says(second, 0.8, 0.5))
    assert reranked(small_library, model).papers[0].paper.title == second
    assert model.asked_of == [first, second]


def test_of_two_that_do_not_come_close_nothing_is_asked(small_library: Library) -> None:
    first, second, *_ = ranked(small_library)
    likely = {first: -50.0, second: -56.0}
    model = Model(lambda title: likely.get(title, -90.0), says(second, 0.99, 0.01))
    assert reranked(small_library, model).papers[0].paper.title == first
    assert not model.asked_of


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
        has_read=lambda _: True,
        likelihoods=model.likelihoods,
        yes_shares=model.yes_shares,
    )
    assert found is None
    assert not model.looked_at
