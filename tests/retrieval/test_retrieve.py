"""Retrieval of ranked papers and evidence, over the made-up papers."""

from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from assistant.library import Embedder, Library, Scope
from assistant.papers import Paper
from assistant.retrieval import retrieve
from assistant.settings import Settings
from assistant.text.sentences import sentence_spans

SETTINGS = Settings()


@pytest.mark.parametrize(
    ("question", "title"),
    [
        pytest.param(
            "How fast is the ice shrinking in Scandinavia?",
            "Glacier Melt Seen from Balloons",
            id="by topic, in other words",
        ),
        pytest.param(
            "How can public transport be made less noisy?",
            "Silent Trams for Old Towns",
            id="by topic, in other words again",
        ),
        pytest.param("What is DoughNet?", "Bread Dough as a Neural Network", id="by exact name"),
        pytest.param("WalnutBench", "Teaching Parrots to Count", id="by one exact word"),
        pytest.param(
            "a survey of lighthouse keepers", "A Survey of Lighthouse Keepers", id="by title"
        ),
    ],
)
def test_right_paper_ranks_first_and_gives_evidence(
    small_library: Library, question: str, title: str
) -> None:
    found = retrieve(small_library, question, SETTINGS)
    assert found.papers[0].paper.title == title
    assert any(one.paper.title == title for one in found.evidence)


def test_at_most_the_set_number_of_papers_is_ranked_best_first(small_library: Library) -> None:
    found = retrieve(small_library, "parrots", replace(SETTINGS, papers_ranked=3))
    assert len(found.papers) == 3
    scores = [ranked.score for ranked in found.papers]
    assert scores == sorted(scores, reverse=True)


def test_fewer_papers_may_be_ranked_than_read(small_library: Library) -> None:
    settings = replace(SETTINGS, papers_ranked=1, papers_read=3, evidence_sentences=20)
    found = retrieve(small_library, "parrots", settings)
    assert len(found.papers) == 1
    assert len({one.paper.id for one in found.evidence}) == 3


@pytest.mark.parametrize(
    "question",
    ["what is it about", "?", "🙂", '"; DROP TABLE papers; --', "x" * 5000, "title:ice AND (NEAR"],
)
def test_question_without_content_words_or_with_syntax_still_ranks_papers(
    small_library: Library, question: str
) -> None:
    assert len(retrieve(small_library, question, SETTINGS).papers) == 5


def test_empty_library_gives_no_papers_and_no_evidence(embedder: Embedder, tmp_path: Path) -> None:
    library = Library(tmp_path / "library", embedder)
    found = retrieve(library, "What is DoughNet?", SETTINGS)
    assert found.papers == ()
    assert found.evidence == ()
    library.close()


def test_common_words_count_if_there_are_no_rare_ones(
    embedder: Embedder, made_up_papers: list[Paper], tmp_path: Path
) -> None:
    library = Library(tmp_path / "library", embedder)
    library.catalogue.store((paper, []) for paper in made_up_papers[:2])  # without vectors
    for name, title in (("IceTrack", "Glacier"), ("WalnutBench", "Parrots")):
        [found] = retrieve(library, name, SETTINGS).papers
        assert title in found.paper.title
    library.close()


def test_paper_without_vectors_is_found_by_its_words(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    # As after an interruption: the paper is in the catalogue, its vectors are not computed yet.
    snails = Paper(title="Snail Mail", abstract="SnailNet carries letters at 2 metres an hour.")
    spans = [("sentence", span) for span in sentence_spans(snails.abstract)]
    small_library.catalogue.store([(snails, spans)])  # type: ignore[list-item]
    found = retrieve(small_library, "SnailNet", SETTINGS)
    assert snails.id in [ranked.paper.id for ranked in found.papers]


# -- evidence ---------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 4, 100])
def test_evidence_is_at_most_the_set_number_of_whole_sentences(
    small_library: Library, count: int
) -> None:
    settings = replace(SETTINGS, evidence_sentences=count)
    evidence = retrieve(small_library, "How many parrots learn to count?", settings).evidence
    assert 0 < len(evidence) <= count
    for one in evidence:
        assert one.span in sentence_spans(one.paper.abstract)
        assert one.text == one.paper.abstract[one.span.start : one.span.end]


def test_evidence_is_grouped_by_paper_in_reading_order(
    small_library: Library,
) -> None:
    settings = replace(SETTINGS, evidence_sentences=8)
    found = retrieve(small_library, "How do we measure melting glaciers and dough?", settings)
    groups = [
        (paper_id, [one.span.start for one in group])
        for paper_id, group in groupby(found.evidence, key=lambda one: one.paper.id)
    ]
    ranked = [ranked.paper.id for ranked in found.papers[: settings.papers_read]]
    assert [paper_id for paper_id, _ in groups] == [id_ for id_ in ranked if id_ in dict(groups)]
    assert len(groups) > 1
    for _, starts in groups:
        assert starts == sorted(starts)


def test_sentence_with_answer_scores_best(small_library: Library) -> None:
    evidence = retrieve(small_library, "What error does DoughNet have?", SETTINGS).evidence
    best = max(evidence, key=lambda one: one.score)
    assert best.text == (
        "Our simulator, DoughNet, predicts the rise of 200 loaves with an error of 4 mm."
    )


def test_scope_excludes_other_papers(small_library: Library) -> None:
    question = "How many glaciers are followed?"
    assert retrieve(small_library, question, SETTINGS).papers[0].paper.year == 2021

    found = retrieve(small_library, question, SETTINGS, Scope(years=(2019, 2023)))

    assert {ranked.paper.year for ranked in found.papers} == {2019, 2023}
    years = {one.paper.year for one in found.evidence}
    assert years
    assert years <= {2019, 2023}


def test_scope_of_one_paper_finds_it_alone(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    trams = made_up_papers[3]
    found = retrieve(small_library, "How many parrots count?", SETTINGS, Scope(papers=(trams.id,)))
    assert [ranked.paper for ranked in found.papers] == [trams]
    assert found.ambiguity == "one"


@pytest.mark.parametrize("ranking", ["chunks", "abstracts", "bm25"])
def test_each_ranking_alone_finds_a_paper_by_its_words(
    small_library: Library, ranking: str
) -> None:
    question = "a survey of lighthouse keepers"
    found = retrieve(small_library, question, replace(SETTINGS, steps=ranking))
    assert found.papers[0].paper.title == "A Survey of Lighthouse Keepers"


def test_only_bm25_leaves_out_papers_without_a_word_of_the_question(
    small_library: Library,
) -> None:
    found = retrieve(small_library, "WalnutBench", replace(SETTINGS, steps="bm25"))
    assert [ranked.paper.title for ranked in found.papers] == ["Teaching Parrots to Count"]


def test_question_is_never_about_two_papers_if_that_step_is_off(small_library: Library) -> None:
    question = "What is DoughNet, and how does PolyCount reward each right answer?"
    assert retrieve(small_library, question, SETTINGS).ambiguity == "two"
    whole = retrieve(small_library, question, replace(SETTINGS, steps="-decomposition"))
    assert (whole.ambiguity, whole.sub_questions) == ("two", ())
    off = retrieve(small_library, question, replace(SETTINGS, steps="-two_papers"))
    assert off.ambiguity != "two"
