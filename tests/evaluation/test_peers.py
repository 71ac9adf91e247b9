"""The comparison with peers: abstentions, timing, turns and the table."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from run_factories import (
    GLACIER,
    PARROTS,
    QUICK,
    make_manifest,
    make_prediction,
    make_question,
    make_run,
)

from assistant import Assistant
from assistant.errors import InputError
from assistant.evaluation import Progress, Question, Run, load_questions
from assistant.library import Library
from assistant.models import locate
from assistant.papers import Paper
from eval.peers.abstentions import is_abstention, says_unknown
from eval.peers.langchain_recipe import LANGCHAIN
from eval.peers.llamaindex_recipe import LLAMAINDEX
from eval.peers.recipe import Answerer, Parts, Recipe, Reply
from eval.peers.systems import (
    System,
    ask_in_turns,
    floor_system,
    make_peer_ask,
    our_system,
    package_versions,
    peer_manifest,
)
from eval.peers.table import paired_ratio, peers_table

NOT_INSTALLED = "only where the peers' packages are installed: make peers"


@pytest.fixture
def parts(made_up_papers: list[Paper], small_model: Path, tmp_path: Path) -> Parts:
    return Parts(
        papers=made_up_papers,
        embedder=locate("all-minilm-l6-v2"),
        model=small_model,
        threads=2,
        context_tokens=2048,
        max_answer_tokens=8,
        folder=tmp_path,
    )


# -- abstentions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        "I don't know.",
        "I don\N{RIGHT SINGLE QUOTATION MARK}t know the price of the toaster.",
        "The provided context does not specify how many loaves were burnt.",
        "There is no information about this in the given passages.",
        "The toaster is red. However, its price is not mentioned.",
        "It cannot be determined from the text.",
    ],
)
def test_answer_with_an_abstention_phrase_is_an_abstention(answer: str) -> None:
    assert says_unknown(answer)
    assert is_abstention(make_question("unanswerable"), answer)


@pytest.mark.parametrize("answer", ["Eight.", "IceTrack knows all 14 glaciers.", "No, it is not."])
def test_plain_answer_is_not_an_abstention(answer: str) -> None:
    assert not says_unknown(answer)


def test_correct_answer_with_an_abstention_phrase_is_not_an_abstention() -> None:
    question = make_question("number", answers=("eight",))
    assert not is_abstention(question, "They count to eight; the text does not mention ten.")
    assert is_abstention(question, "They count; the text does not mention how far.")


def test_empty_answer_is_an_abstention() -> None:
    assert is_abstention(make_question("unanswerable"), "")


# -- asking ---------------------------------------------------------------------------------------


def _answers(*pieces: str) -> Answerer:
    return lambda _: Reply((GLACIER, PARROTS, GLACIER), pieces)


def test_peer_answer_has_the_record_format_of_the_assistant() -> None:
    record = make_peer_ask(_answers("", " Ice", "Track."))(make_question(answers=("IceTrack",)))
    assert record["answer"] == "IceTrack."
    assert record["question"] == "What is asked?"
    assert not record["abstained"]
    assert [paper["title"] for paper in record["papers"]] == [GLACIER, PARROTS]


def test_first_token_time_ignores_empty_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = 0.0

    def pieces() -> Iterator[str]:
        nonlocal clock
        for seconds, piece in ((1.0, ""), (2.0, "Eight"), (4.0, ".")):
            clock += seconds
            yield piece

    monkeypatch.setattr("time.perf_counter", lambda: clock)
    record = make_peer_ask(lambda _: Reply((), pieces()))(make_question())
    assert record["timings"] == {"first_token_s": 3.0, "total_s": 7.0}
    assert record["answer"] == "Eight."


def test_peer_is_asked_the_standalone_form_of_a_follow_up() -> None:
    seen: list[str] = []

    def answering(question: str) -> Reply:
        seen.append(question)
        return Reply((), ["Eight."])

    make_peer_ask(answering)(
        make_question(text="And parrots?", standalone="How far do parrots count?")
    )
    assert seen == ["How far do parrots count?"]


# -- turns ----------------------------------------------------------------------------------------


def _system(name: str, log: list[str]) -> System:
    ask = make_peer_ask(_answers("IceTrack."))

    def logged(question: Question) -> Mapping[str, Any]:
        log.append(f"{name} {question.id}")
        return ask(question)

    return System(logged, make_manifest(system=name))


def _two_questions() -> list[Question]:
    return [
        make_question(id="q1", answers=("IceTrack",)),
        make_question(id="q2", answers=("PolyCount",)),
    ]


def test_each_question_is_asked_of_all_systems_in_turn(tmp_path: Path) -> None:
    log: list[str] = []
    progress: list[Progress] = []
    systems = [_system("A", log), _system("B", log)]
    runs = ask_in_turns(systems, _two_questions(), tmp_path, progress.append)
    assert log == ["A q1", "B q1", "A q2", "B q2"]
    assert [run.manifest.system for run in runs] == ["A", "B"]
    assert [run.metrics.headline.value for run in runs] == [0.5, 0.5]
    assert progress[-1] == Progress(4, 4)


def test_interrupted_comparison_reuses_answers(tmp_path: Path) -> None:
    log: list[str] = []
    systems = [_system("A", log), _system("B", log)]
    ask_in_turns(systems, _two_questions()[:1], tmp_path, lambda _: None)
    log.clear()
    ask_in_turns(systems, _two_questions(), tmp_path, lambda _: None)
    assert log == ["A q2", "B q2"]


def test_assistant_answers_in_turns_with_a_real_model(
    small_library: Library, questions_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(questions_file)[:2]
    with Assistant.open(small_library.folder, settings=QUICK, samples=False) as assistant:
        systems = [
            our_system(assistant, str(questions_file)),
            floor_system(assistant, str(questions_file)),
            _system("Peer", []),
        ]
        ours, floor, _ = ask_in_turns(systems, questions, tmp_path, lambda _: None)
    assert floor.manifest.system == "plain"
    assert floor.manifest.settings["steps"] == "chunks"
    assert Run.load(tmp_path / "assistant.jsonl", questions_file).results[:2] == ours.results


def test_missing_peer_package_is_rejected_with_a_hint() -> None:
    recipe = Recipe("Nobody", ("no-such-package-of-anyone",), lambda _: _answers())
    with pytest.raises(InputError, match="make peers"):
        package_versions(recipe)


def test_peer_manifest_covers_shared_parts(parts: Parts) -> None:
    recipe = Recipe("Peer", ("numpy",), lambda _: _answers())
    peer = peer_manifest(recipe, parts, make_manifest())
    longer = peer_manifest(recipe, replace(parts, max_answer_tokens=9), make_manifest())
    assert peer.system == "Peer"
    assert peer.differences(peer) == []
    assert longer.differences(peer) == ["max_answer_tokens (9 against 8)"]


# -- the table ------------------------------------------------------------------------------------


def test_ratio_is_the_mean_of_the_peer_divided_by_the_assistants() -> None:
    ratio = paired_ratio([[(0.5, 1.0), (1.0, 2.0), (1.5, 3.0)]])
    assert ratio.value == 2
    # Every pair has the ratio 2, so every resample has it too.
    assert (ratio.low, ratio.high) == (pytest.approx(2), pytest.approx(2))
    assert ratio.n == 3


def test_ratio_weights_kinds_equally() -> None:
    many, few = [(1.0, 1.0)] * 30, [(1.0, 0.0)] * 2
    assert paired_ratio([many, few]).value == 0.5


def test_ratio_to_zero_is_undefined() -> None:
    assert paired_ratio([[(0.0, 1.0), (0.0, 0.0)]]).value is None
    assert paired_ratio([]).value is None


@given(st.lists(st.tuples(st.floats(0.1, 10), st.floats(0, 10)), min_size=2, max_size=8))
def test_ratio_interval_is_within_the_ratios_of_the_pairs(
    pairs: list[tuple[float, float]],
) -> None:
    each = [theirs / mine for mine, theirs in pairs]
    ratio = paired_ratio([pairs])
    assert ratio.low is not None
    assert ratio.high is not None
    assert min(each) - 1e-6 <= ratio.low <= ratio.high <= max(each) + 1e-6


def _rows(table: str) -> dict[str, list[str]]:
    lines = [line for line in table.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {name: rest for name, *rest in cells}


def test_peers_table_has_metrics_and_ratios_of_each_system() -> None:
    questions = [make_question("name", id=f"n{i}", answers=("PolyCount",)) for i in range(4)]
    questions += [make_question("unanswerable", id=f"u{i}") for i in range(2)]
    ours, peer = [], []
    for question in questions:
        known = question.answerable
        mine = make_prediction(
            "PolyCount.",
            id=question.id,
            abstained=not known,
            cited=[PARROTS],
            first_token_s=0.5,
            total_s=1.0,
        )
        ours.append((question, mine))
        text = "PolyCount." if question.id in ("n0", "n1") else "IceTrack."
        peer.append(
            (question, make_prediction(text, id=question.id, first_token_s=5.0, total_s=8.0))
        )
    table = peers_table(make_run(*ours), [make_run(*peer, system="Peer")])
    rows = _rows(table)
    assert rows["figure"] == ["assistant", "Peer", "ratio"]
    values = {name: [cell.split(" ")[0] for cell in cells] for name, cells in rows.items()}
    assert values["Answer score, mean over kinds"] == ["1.000", "0.250", "0.250"]
    assert values["– name"] == ["1.000", "0.500", "0.500"]
    assert values["– unanswerable"] == ["1.000", "0.000", "0.000"]
    assert values["Abstained on answerable"] == ["0.000", "0.000", "none"]
    assert values["Citation precision"] == ["1.000", "none", "none"]
    assert values["First token, s, median"] == ["0.500", "5.000", "10.0"]
    assert values["Whole answer, s, median"] == ["1.000", "8.000", "8.000"]
    assert "– number" not in rows
    assert "6 of sample" in table


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # of a parent
        return False


# -- the recipes ----------------------------------------------------------------------------------


@pytest.mark.skipif(not _is_installed("langchain_community"), reason=NOT_INSTALLED)
def test_langchain_recipe_streams_an_answer_from_four_chunks(parts: Parts) -> None:
    reply = LANGCHAIN.build(parts)("Up to which number do parrots count?")
    assert reply.titles[0] == PARROTS
    assert len(reply.titles) == 4
    assert "".join(reply.pieces).strip()


@pytest.mark.skipif(not _is_installed("llama_index.embeddings.huggingface"), reason=NOT_INSTALLED)
def test_llamaindex_recipe_streams_an_answer_from_two_papers(parts: Parts) -> None:
    reply = LLAMAINDEX.build(parts)("Up to which number do parrots count?")
    assert reply.titles[0] == PARROTS
    assert len(reply.titles) == 2
    assert "".join(reply.pieces).strip()
