"""Answers and scores over an endpoint that works."""

import threading
import time

import pytest
from endpoint_engines import OpenEngine
from engine_prompts import GLACIER, PARROTS, prompt
from scripted_endpoint import endpoint

from assistant.errors import Cancelled, ModelError
from assistant.llm import (
    JsonObject,
    read_first_word_probability,
    read_question_state,
    read_word_probabilities,
    read_yes,
    render_prompt,
)


def test_answer_streams_with_its_token_counts(open_engine: OpenEngine) -> None:
    with endpoint() as server:
        completion = open_engine(server).generate(prompt(), max_tokens=20)
        assert list(completion) == list(server.words)
        assert completion.usage.prompt_tokens == 50
        assert completion.usage.completion_tokens == len(server.words)


def test_endpoint_gets_the_chat_in_plain_text(open_engine: OpenEngine) -> None:
    with endpoint() as server:
        list(open_engine(server).generate(prompt("How fast is the melt?", GLACIER), max_tokens=9))
        [body] = server.asked
    system, user = body["messages"]
    assert (system["role"], user["role"]) == ("system", "user")
    assert user["content"] == (
        "Paper: Glacier Melt Seen from Balloons\n"
        "- Cameras on balloons follow 14 glaciers in Norway.\n"
        "- The melt speeds up by 12.5 percent a year.\n\n"
        "Question: How fast is the melt?"
    )
    assert (body["model"], body["temperature"], body["max_tokens"]) == ("scripted", 0, 9)


def test_answer_that_reaches_its_limit_counts_as_cut(open_engine: OpenEngine) -> None:
    with endpoint() as server:
        completion = open_engine(server).generate(prompt(), max_tokens=3)
        assert "".join(completion) == "Yes, the"
        assert completion.usage.completion_tokens == 3


def test_thoughts_before_the_answer_are_left_out(open_engine: OpenEngine) -> None:
    words = ("<th", "ink>", "Let me see.", "</think>", "\n\n", "It melts", ".")
    with endpoint(words=words) as server:
        assert "".join(open_engine(server).generate(prompt(), max_tokens=20)) == "It melts."


def test_any_character_may_be_part_of_an_answer(open_engine: OpenEngine) -> None:
    words = ("Ünï", "çødé\u2028", "\x85", "雪", "\n- ", '"quoted"', ".")
    with endpoint(words=words) as server:
        assert list(open_engine(server).generate(prompt(), max_tokens=20)) == list(words)


def test_beginning_of_the_answer_is_asked_for(open_engine: OpenEngine) -> None:
    begun = render_prompt("contribution", [GLACIER], question="Why?", opening="The authors")
    with endpoint() as server:
        list(open_engine(server).generate(begun, max_tokens=9))
        assert server.asked[0]["messages"][-1]["content"].endswith('reply with "The authors".')


def test_share_of_yes_is_read_off_the_first_token(open_engine: OpenEngine) -> None:
    with endpoint(log_probabilities={" yes": -0.2, "Yes": -1.0, "NO": -1.2, "I": -3.0}) as server:
        engine = open_engine(server)
        [(probability, usage)] = engine.score_prompts([prompt()], read_yes)
        assert probability == pytest.approx(0.731, abs=0.001)  # 1 nat between the best spellings
        assert usage.prompt_tokens == 50
        [(begins, _)] = engine.score_prompts([prompt()], read_first_word_probability(("yes", "no")))
        assert begins == 1


def test_word_that_is_not_probable_counts_as_the_least_probable(open_engine: OpenEngine) -> None:
    with endpoint(log_probabilities={"largest": -0.1, "The": -4.1}) as server:
        words = ("largest", "smallest")
        [(probabilities, _)] = open_engine(server).score_prompts(
            [prompt()], read_word_probabilities(words)
        )
        assert probabilities == pytest.approx([0.982, 0.018], abs=0.001)


def test_states_are_not_available(open_engine: OpenEngine) -> None:
    with endpoint() as server:
        engine = open_engine(server)
        state, completion = engine.read_and_generate(prompt(), read_question_state, max_tokens=20)
        assert state is None
        assert "".join(completion) == "Yes, the melt speeds up."
        assert not engine.reads_likelihoods
        with pytest.raises(ModelError, match="likelihoods"):
            engine.score_prompts([prompt()], read_yes, with_likelihood=True)


def test_dropped_answer_costs_nothing(open_engine: OpenEngine) -> None:
    with endpoint() as server:
        decide = render_prompt("decide", [GLACIER], question="Why?")
        probability, _, completion = open_engine(server).score_and_generate(
            decide, read_yes, prompt(), max_tokens=20
        )
        completion.drop()
        assert probability > 0.5
        assert [body.get("stream", False) for body in server.asked] == [False]


def test_stopping_closes_the_connection(open_engine: OpenEngine) -> None:
    with endpoint(words=(" word",) * 500, pause_s=0.02) as server:
        stop = threading.Event()
        completion = open_engine(server).generate(prompt(), max_tokens=500, stop=stop)
        pieces = iter(completion)
        assert next(pieces) == " word"
        stop.set()
        with pytest.raises(Cancelled):
            list(pieces)
        assert server.client_left.wait(5)


def test_stopping_ends_scoring(open_engine: OpenEngine) -> None:
    with endpoint(pause_s=3.0) as server:
        stop = threading.Event()
        threading.Timer(0.2, stop.set).start()
        started = time.monotonic()
        with pytest.raises(Cancelled):
            open_engine(server).score_prompts([prompt()] * 3, read_yes, stop=stop)
        assert time.monotonic() - started < 3


def test_closing_ends_what_runs(open_engine: OpenEngine) -> None:
    with endpoint(words=(" word",) * 500, pause_s=0.02) as server:
        engine = open_engine(server)
        completion = engine.generate(prompt(), max_tokens=500)
        pieces = iter(completion)
        next(pieces)
        engine.close()
        with pytest.raises(Cancelled):
            list(pieces)
        with pytest.raises(Cancelled):
            list(engine.generate(prompt(), max_tokens=5))


def test_only_so_many_requests_are_sent_at_once(open_engine: OpenEngine) -> None:
    with endpoint(pause_s=0.05) as server:
        engine = open_engine(server, at_once=2)
        assert len(engine.score_prompts([prompt()] * 7, read_yes)) == 7
        assert server.at_once == 2


def test_json_object_is_asked_for_by_its_schema(open_engine: OpenEngine) -> None:
    with endpoint() as server:
        shape = JsonObject(("method", "task"), max_value_length=40)
        list(open_engine(server).generate_object(prompt(), shape, max_tokens=9))
        asked = server.asked[0]["response_format"]
    assert asked["type"] == "json_schema"
    assert asked["json_schema"]["schema"]["required"] == ["method", "task"]


def test_context_is_what_the_server_says(open_engine: OpenEngine) -> None:
    of_vllm = {"id": "big", "max_model_len": 8192}
    of_llama_server = {"id": "small", "owned_by": "llamacpp"}
    with endpoint(models=(of_vllm,)) as vllm, endpoint(models=(of_llama_server,)) as llama_server:
        reports = open_engine(vllm, llama_server).examine()
    assert [report.context_tokens for report in reports] == [8192, 1234]
    assert [report.gives_probabilities for report in reports] == [True, True]


def test_evidence_is_cut_to_the_context(open_engine: OpenEngine) -> None:
    with endpoint() as server:
        engine = open_engine(server, context_tokens=160)
        list(engine.generate(prompt("How fast is the melt?", GLACIER, PARROTS), max_tokens=9))
        text = server.asked[0]["messages"][-1]["content"]
    assert "14 glaciers" in text
    assert "12.5 percent" not in text
    assert "rewards each right answer" in text


def test_model_is_named_with_its_host(open_engine: OpenEngine) -> None:
    with endpoint() as server:
        host = server.url.removeprefix("http://").removesuffix("/v1")
        assert open_engine(f"{server.url}#other").identify_model() == f"other@{host}"
        engine = open_engine(server)
        assert engine.served_model == f"unknown@{host}"
        assert server.paths == []  # nothing was contacted
        assert engine.identify_model() == engine.served_model == f"scripted@{host}"


def test_one_of_several_models_has_to_be_named(open_engine: OpenEngine) -> None:
    with endpoint(models=({"id": "a"}, {"id": "b"})) as server:
        with pytest.raises(ModelError, match=r"serves 2 models: add #NAME .*\(a, b\)"):
            open_engine(server).wait_until_loaded()
        list(open_engine(f"{server.url}#b").generate(prompt(), max_tokens=3))
        assert server.asked[-1]["model"] == "b"
