"""Reranking: of the best papers, the one that the model says answers comes first."""

from collections.abc import Callable, Sequence

from assistant.answering.rerank import rerank
from assistant.library import Library
from assistant.retrieval import Evidence, Retrieval, retrieve
from assistant.settings import Settings

QUESTION = "Who was asked, and what did they like to do at night?"


def reranked(
    library: Library,
    shares: Callable[[str], float],
    likelihoods: Callable[[str], float] = lambda _: -50.0,
    *,
    read: bool = True,
    count: int = 5,
) -> tuple[Retrieval, list[list[Sequence[Evidence]]]]:
    """Rerank with a model that goes by the title of the paper; return what it was shown too."""
    shown: list[list[Sequence[Evidence]]] = []

    def look(papers: Sequence[Sequence[Evidence]]) -> list[tuple[float, float]]:
        shown.append(list(papers))
        titles = [evidence[0].paper.title for evidence in papers]
        return [(shares(title), likelihoods(title)) for title in titles]

    retrieval = retrieve(library, QUESTION, Settings())
    found = rerank(library, QUESTION, retrieval, count, has_read=lambda _: read, look=look)
    assert found is not None
    return found, shown


def says_yes_to(word: str, share: float = 0.7) -> Callable[[str], float]:
    return lambda title: share if word in title else 0.2


def test_the_paper_that_answers_comes_first_and_alone_is_evidence(small_library: Library) -> None:
    found, _ = reranked(small_library, says_yes_to("Trams"))
    assert "Trams" in found.papers[0].paper.title
    assert {one.paper.title for one in found.evidence} == {"Silent Trams for Old Towns"}


def test_of_papers_that_answer_alike_the_one_that_makes_the_question_likeliest_comes_first(
    small_library: Library,
) -> None:
    found, _ = reranked(
        small_library, lambda _: 0.6, lambda title: -30.0 if "Bread" in title else -50.0
    )
    assert "Bread" in found.papers[0].paper.title
    surer, _ = reranked(
        small_library,
        says_yes_to("Trams", 0.97),
        lambda title: -30.0 if "Bread" in title else -45.0,
    )
    assert "Trams" in surer.papers[0].paper.title


def test_no_paper_is_lost_and_none_comes_twice(small_library: Library) -> None:
    found, _ = reranked(small_library, says_yes_to("Bread"), count=3)
    titles = [ranked.paper.title for ranked in found.papers]
    assert len(titles) == len(set(titles)) == 5


def test_of_a_paper_that_was_read_every_sentence_is_shown(small_library: Library) -> None:
    _, shown = reranked(small_library, says_yes_to("Glacier"))
    assert {len(evidence) for papers in shown for evidence in papers} == {2, 3}


def test_only_the_best_three_papers_are_looked_at_if_none_was_read(small_library: Library) -> None:
    _, shown = reranked(small_library, says_yes_to("Glacier"), read=False)
    assert sum(map(len, shown)) == 3


def test_papers_are_looked_at_until_one_stands_out(small_library: Library) -> None:
    ranked = [one.paper.title for one in retrieve(small_library, QUESTION, Settings()).papers]
    _, shown = reranked(small_library, says_yes_to(ranked[1], 0.95))
    assert [len(papers) for papers in shown] == [2]
    _, shown = reranked(small_library, says_yes_to(ranked[3], 0.95))
    assert [len(papers) for papers in shown] == [2, 3]
    _, shown = reranked(small_library, lambda _: 0.7)
    assert [len(papers) for papers in shown] == [2, 3]


def test_nothing_is_reranked_if_no_paper_is_to_be_looked_at(small_library: Library) -> None:
    retrieval = retrieve(small_library, QUESTION, Settings())
    assert (
        rerank(
            small_library,
            QUESTION,
            retrieval,
            0,
            has_read=lambda _: True,
            look=lambda papers: [(1.0, 0.0)] * len(papers),
        )
        is None
    )
