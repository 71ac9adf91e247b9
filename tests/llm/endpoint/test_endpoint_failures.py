"""Endpoints that fail: another answers, or the error says what to do."""

from contextlib import closing
from pathlib import Path

import pytest
from endpoint_engines import OpenEngine
from engine_prompts import GLACIER, prompt
from scripted_endpoint import KEY, endpoint

from assistant.errors import InputError, ModelError
from assistant.llm import JsonObject, read_yes
from assistant.llm.endpoint import Endpoint, EndpointEngine
from assistant.llm.endpoint.started.process import free_port

ANSWER = "Yes, the melt speeds up."


def nobody() -> str:
    """Return an address at which nothing listens."""
    return f"http://127.0.0.1:{free_port()}/v1"


def test_load_is_shared(open_engine: OpenEngine) -> None:
    with endpoint(pause_s=0.05) as one, endpoint(pause_s=0.05) as other:
        engine = open_engine(one, other, at_once=2)
        engine.score_prompts([prompt()] * 12, read_yes)
    assert min(len(one.asked), len(other.asked)) >= 4


def test_of_two_endpoints_one_may_be_down(open_engine: OpenEngine) -> None:
    with endpoint() as up:
        engine = open_engine(nobody(), up)
        engine.wait_until_loaded()
        for _ in range(3):
            assert "".join(engine.generate(prompt(), max_tokens=20)) == ANSWER
        assert len(engine.score_prompts([prompt()] * 5, read_yes)) == 5


def test_without_any_endpoint_the_error_names_them_all(open_engine: OpenEngine) -> None:
    engine = open_engine(nobody(), nobody())
    with pytest.raises(ModelError, match=r"(?s)No endpoint answers.*no connection.*no connection"):
        engine.wait_until_loaded()
    with pytest.raises(ModelError, match="assistant doctor --endpoint"):
        list(engine.generate(prompt(), max_tokens=5))


def test_endpoint_that_has_too_much_to_do_is_asked_again(open_engine: OpenEngine) -> None:
    with endpoint(failures=[(429, {"Retry-After": "0"}), (503, {})]) as server:
        engine = open_engine(server)
        assert "".join(engine.generate(prompt(), max_tokens=20)) == ANSWER
        assert len(server.asked) == 3


def test_server_errors_are_handed_to_another_endpoint(open_engine: OpenEngine) -> None:
    with endpoint(failures=[(500, {})] * 9) as broken, endpoint() as sound:
        engine = open_engine(broken, sound, at_once=1)
        for _ in range(4):
            assert "".join(engine.generate(prompt(), max_tokens=20)) == ANSWER
        # It failed once, and is left alone for a while.
        assert (len(broken.asked), len(sound.asked)) == (1, 4)


def test_server_that_only_fails_is_given_up(open_engine: OpenEngine) -> None:
    with endpoint(failures=[(500, {"Retry-After": "0"})] * 9) as server:
        with pytest.raises(ModelError, match="HTTP 500: not now"):
            open_engine(server).score_prompts([prompt()], read_yes)
        assert len(server.asked) == 3


def test_server_that_asks_for_a_long_wait_is_given_up_at_once(open_engine: OpenEngine) -> None:
    with endpoint(failures=[(429, {"Retry-After": "3600"})]) as server:
        with pytest.raises(ModelError, match="HTTP 429"):
            list(open_engine(server).generate(prompt(), max_tokens=20))
        assert len(server.asked) == 1


@pytest.mark.parametrize("names_end", [True, False])
def test_answer_that_is_cut_is_continued_at_another_endpoint(
    open_engine: OpenEngine, names_end: bool
) -> None:
    with endpoint(cut_after=[3], names_end=names_end) as cut, endpoint() as sound:
        pieces = list(open_engine(cut, sound).generate(prompt(), max_tokens=20))
        assert len(sound.asked) == 1
    assert "".join(pieces) == ANSWER
    assert pieces[:3] == ["Yes", ",", " the"]


def test_answer_that_is_cut_is_continued_at_the_same_endpoint(open_engine: OpenEngine) -> None:
    with endpoint(cut_after=[2, 4]) as server:
        assert "".join(open_engine(server).generate(prompt(), max_tokens=20)) == ANSWER
        assert len(server.asked) == 3


def test_answer_is_not_continued_by_other_words(open_engine: OpenEngine) -> None:
    with (
        endpoint(cut_after=[3]) as cut,
        endpoint(words=("Yes", ", it", " does.")) as other,
        pytest.raises(ModelError, match="reads differently"),
    ):
        list(open_engine(cut, other).generate(prompt(), max_tokens=20))


def test_server_that_ends_answers_at_the_next_request_gets_one_at_a_time(
    open_engine: OpenEngine,
) -> None:
    with endpoint(cut_after=[2], pause_s=0.01) as server:
        engine = open_engine(server)
        "".join(engine.generate(prompt(), max_tokens=20))
        server.at_once = 0
        completions = [engine.generate(prompt(), max_tokens=20) for _ in range(3)]
        assert ["".join(one) for one in completions] == [ANSWER] * 3
        assert server.at_once == 1


def test_without_probabilities_the_reply_decides(open_engine: OpenEngine) -> None:
    with endpoint(log_probabilities=None, words=("**", "Yes", "**", ".")) as server:
        engine = open_engine(server)
        [(probability, _)] = engine.score_prompts([prompt()], read_yes)
        assert probability == 0.95
        assert "no probabilities" in "; ".join(engine.missing_features())
        server.asked.clear()
        engine.score_prompts([prompt()], read_yes)
        assert ["logprobs" in body for body in server.asked] == [False]
    with endpoint(log_probabilities=None, words=("Perhaps",)) as server:
        [(probability, _)] = open_engine(server).score_prompts([prompt()], read_yes)
        assert probability == 0.5


@pytest.mark.parametrize("field", ["chat_template_kwargs", "top_logprobs"])
def test_fields_that_a_server_does_not_know_are_left_out(
    open_engine: OpenEngine, field: str
) -> None:
    with endpoint(refuses=(field,)) as server:
        engine = open_engine(server)
        [(probability, _)] = engine.score_prompts([prompt()], read_yes)
        assert probability > 0.5
        assert "".join(engine.generate(prompt(), max_tokens=20)) == ANSWER
        assert field not in server.asked[-1]


def test_field_that_a_server_refuses_without_a_name_is_left_out(open_engine: OpenEngine) -> None:
    with endpoint(refuses=("chat_template_kwargs",), names_refused=False) as server:
        engine = open_engine(server)
        for _ in range(2):
            engine.score_prompts([prompt()], read_yes)
        sent = ["chat_template_kwargs" in body for body in server.asked]
    assert sent[0]
    assert not any(sent[1:])


def test_request_that_is_refused_for_what_it_says_changes_no_other(
    open_engine: OpenEngine,
) -> None:
    with endpoint() as server:
        engine = open_engine(server)
        engine.score_prompts([prompt()], read_yes)
        server.asked.clear()
        server.failures.append((400, {}))
        with pytest.raises(ModelError, match="HTTP 400: not now"):
            engine.score_prompts([prompt()], read_yes)
        assert len(server.asked) == 1  # the fields were accepted before
        engine.score_prompts([prompt()], read_yes)
        assert "logprobs" in server.asked[-1]
        assert "no probabilities" not in "; ".join(engine.missing_features())


def test_first_request_that_is_refused_for_what_it_says_changes_no_other(
    open_engine: OpenEngine,
) -> None:
    with endpoint(failures=[(400, {})] * 2) as server:
        engine = open_engine(server)
        with pytest.raises(ModelError, match="HTTP 400: not now"):
            engine.score_prompts([prompt()], read_yes)
        assert ["logprobs" in body for body in server.asked] == [True, False]
        engine.score_prompts([prompt()], read_yes)
        assert "logprobs" in server.asked[-1]
        assert "chat_template_kwargs" in server.asked[-1]


def test_one_reply_without_probabilities_is_an_exception(open_engine: OpenEngine) -> None:
    with endpoint() as server:
        engine = open_engine(server)
        [(sure, _)] = engine.score_prompts([prompt()], read_yes)
        usual, server.log_probabilities = server.log_probabilities, None
        [(by_word, _)] = engine.score_prompts([prompt()], read_yes)
        server.log_probabilities = usual
        assert engine.score_prompts([prompt()], read_yes)[0][0] == sure != by_word
        assert "no probabilities" not in "; ".join(engine.missing_features())


def test_empty_reply_does_not_tell_whether_there_are_probabilities(
    open_engine: OpenEngine,
) -> None:
    with endpoint(log_probabilities=None, words=("",)) as server:
        engine = open_engine(server)
        engine.score_prompts([prompt()], read_yes)
        assert "no probabilities" not in "; ".join(engine.missing_features())


def test_schema_that_a_server_does_not_know_is_left_out(open_engine: OpenEngine) -> None:
    shape = JsonObject(("method",), max_value_length=40)
    with endpoint(refuses=("response_format",)) as server:
        engine = open_engine(server)
        for _ in range(2):
            assert list(engine.generate_object(prompt(), shape, max_tokens=20))
        formats = [body.get("response_format", {}).get("type") for body in server.asked]
    assert formats == ["json_schema", "json_object", None, None]


def test_schemas_of_several_requests_may_be_refused_at_once(open_engine: OpenEngine) -> None:
    shape = JsonObject(("method",), max_value_length=40)
    with endpoint(refuses=("json_schema",)) as server:
        engine = open_engine(server)
        rows = [engine.generate_object(prompt(), shape, max_tokens=20) for _ in range(4)]
        assert ["".join(row) for row in rows] == [ANSWER] * 4
        assert server.asked[-1]["response_format"]["type"] == "json_object"


def test_prompt_that_a_server_finds_too_long_is_cut_further(open_engine: OpenEngine) -> None:
    with endpoint(context_bytes=310) as server:
        engine = open_engine(server, context_tokens=260)
        assert "".join(engine.generate(prompt("How fast?", GLACIER), max_tokens=20)) == ANSWER
        first, *_, last = (len(body["messages"][-1]["content"]) for body in server.asked)
    assert last < first


def test_question_that_is_too_long_by_itself_is_refused(open_engine: OpenEngine) -> None:
    with endpoint() as server:
        with pytest.raises(InputError, match="context holds 512"):
            list(
                open_engine(server, context_tokens=512).generate(prompt("why " * 999), max_tokens=9)
            )
        assert server.asked == []


def test_wrong_key_is_said(open_engine: OpenEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_ENDPOINT_KEY", "another")
    refused = pytest.raises(ModelError, match=r"refuses the key \(HTTP 401.*ASSISTANT_ENDPOINT_KEY")
    with endpoint(needs_key=True) as server, refused:
        open_engine(server).wait_until_loaded()


def test_key_that_cannot_be_sent_is_not_repeated() -> None:
    with endpoint() as server:
        engine = EndpointEngine(
            [Endpoint(server.url, "scripted", "sk-secret\nsecond")],
            context_tokens=4096,
            requests_at_once=1,
        )
        with closing(engine), pytest.raises(ModelError, match="not valid HTTP") as refused:
            list(engine.generate(prompt(), max_tokens=5))
        assert server.asked == []
    assert "secret" not in str(refused.value)


def test_key_is_sent_to_its_endpoint_only(
    open_engine: OpenEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keys = tmp_path / "keys"
    monkeypatch.setenv("ASSISTANT_ENDPOINT_KEY_FILE", str(keys))
    with endpoint(needs_key=True) as private, endpoint() as public:
        keys.write_text(f"{private.url} {KEY}\n", "utf-8")
        open_engine(private, public).wait_until_loaded()
        assert set(private.keys) == {KEY}
        assert set(public.keys) == {""}


def test_redirects_are_not_followed(open_engine: OpenEngine) -> None:
    with endpoint() as elsewhere, endpoint() as server:
        server.failures.append((307, {"Location": f"{elsewhere.url}/chat/completions"}))
        with pytest.raises(ModelError, match="redirects elsewhere"):
            list(open_engine(server).generate(prompt(), max_tokens=5))
        assert elsewhere.asked == []


def test_no_proxy_gets_what_is_meant_for_this_machine(
    open_engine: OpenEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with endpoint() as proxy, endpoint() as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url.removesuffix("/v1"))
        list(open_engine(server).generate(prompt(), max_tokens=5))
        assert proxy.asked == []
