"""The classifier of question kinds: what it looks at, and what it says of plain examples."""

import pytest

from assistant.answering.question.kind import (
    KINDS,
    QuestionKind,
    form_tokens,
    load_kind_model,
    ngrams_of,
)
from assistant.answering.smalltalk import reply_similarity
from assistant.library import Embedder


def test_names_numbers_and_years_become_placeholders() -> None:
    tokens = form_tokens("Does GPT-4 beat 3 others since 2021?")
    assert tokens == [
        "^",
        "does",
        "<name>",
        "beat",
        "<number>",
        "others",
        "since",
        "<year>",
        "?",
        "$",
    ]


def test_entities_are_replaced_longest_first() -> None:
    entities = {"Chen": "<author>", "Wei Chen": "<author>", "Nature": "<venue>"}
    assert form_tokens("papers by Wei Chen in Nature", entities) == [
        *("^", "papers", "by", "<author>", "in", "<venue>", "$")
    ]


def test_neighbouring_unknown_words_count_as_one() -> None:
    found = ngrams_of(
        ["^", "overview", "of", "river", "deltas", "$"], frozenset("^ overview of $".split())
    )
    assert "overview of <w>" in found
    assert "<w> <w>" not in found


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("hello there", "smalltalk"),
        ("thank you!", "smalltalk"),
        ("How do I add my own papers?", "smalltalk"),
        ("Give me an overview of the library.", "overview"),
        ("What are the main topics in my collection?", "overview"),
        ("Summarise the paper on bark beetles in three bullet points", "summary"),
        ("Which papers are about coastal flooding?", "list"),
        ("Write a related-work paragraph about soil erosion, with citations.", "synthesis"),
        ("What approaches are there to carbon capture?", "synthesis"),
        ("Which paper reports the highest accuracy?", "superlative"),
        ("Who wrote the paper on rent control?", "metadata"),
        ("perovskite solar cells", "keyword"),
        ("By how much does the new coating reduce friction?", "fact"),
        ("How many participants took part in the trial with the sleep mask?", "fact"),
    ],
)
def test_plain_questions_get_their_kind(
    embedder: Embedder, question: str, kind: QuestionKind
) -> None:
    model = load_kind_model(embedder.name)
    probabilities = model.probabilities(form_tokens(question), embedder.middle_layer([question])[0])
    assert sum(probabilities.values()) == pytest.approx(1)
    near = reply_similarity(question, embedder)
    assert model.choose(probabilities, lambda: False, lambda: near) == kind


def test_an_uncertain_kind_is_answered_as_a_fact(embedder: Embedder) -> None:
    model = load_kind_model(embedder.name)
    uncertain = dict.fromkeys(KINDS, 0.0) | {"fact": 0.45, "list": 0.55}
    assert model.choose(uncertain, lambda: True, lambda: 1.0) == "fact"


def test_small_talk_that_is_near_no_example_of_it_is_none(embedder: Embedder) -> None:
    model = load_kind_model(embedder.name)
    probabilities = dict.fromkeys(KINDS, 0.0) | {"smalltalk": 0.9, "keyword": 0.1}
    assert model.choose(probabilities, lambda: False, lambda: 0.9) == "smalltalk"
    assert model.choose(probabilities, lambda: False, lambda: 0.1) == "keyword"


def test_a_question_about_a_method_by_its_name_is_a_fact(embedder: Embedder) -> None:
    model = load_kind_model(embedder.name)
    for question in ("What is BART pre-trained to do?", "What is Adam used for?"):
        name = question.split()[2]
        tokens = form_tokens(question, {name: "<title>"})
        probabilities = model.probabilities(tokens, embedder.middle_layer([question])[0])
        assert model.choose(probabilities, lambda: False, lambda: 0.0) == "fact"


def test_a_possible_synthesis_is_one_if_no_paper_is_singled_out(embedder: Embedder) -> None:
    model = load_kind_model(embedder.name)
    possible = dict.fromkeys(KINDS, 0.0) | {"fact": 0.35, "synthesis": 0.65}
    assert model.choose(possible, lambda: True, lambda: 1.0) == "synthesis"
    assert model.choose(possible, lambda: False, lambda: 1.0) == "fact"
