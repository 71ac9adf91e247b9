"""The judge: its grades, their storage, and their agreement with the answer score."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from run_factories import make_prediction, make_question, make_run

from assistant.errors import InputError, ModelError
from assistant.evaluation import judge_run
from assistant.evaluation.judge.agreement import agreement, cohen_kappa
from assistant.evaluation.judge.grade import parse_grades

_RUN = make_run(
    (make_question(id="right", answers=("nuts",)), make_prediction("They eat nuts.", id="right")),
    (make_question(id="wrong", answers=("nuts",)), make_prediction("They eat bread.", id="wrong")),
    (
        make_question(id="silent", answers=("nuts",)),
        make_prediction("Unknown.", id="silent", abstained=True),
    ),
)


class _Server(HTTPServer):
    """An OpenAI-compatible server that grades answers with nuts 5 and others 1."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Reply)
        self.requests: list[dict[str, object]] = []


class _Reply(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        grade = 5 if "grade: They eat nuts" in body["messages"][1]["content"] else 1
        content = f"Faithfulness: {grade}\ncompleteness: **{grade}**"
        reply = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[_Server]:
    serving = _Server()
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield serving
    serving.shutdown()
    thread.join()
    serving.server_close()


def _address(server: _Server) -> str:
    return f"http://127.0.0.1:{server.server_port}/v1#a-model"


def test_server_judge_grades_answers_but_not_abstentions(server: _Server, tmp_path: Path) -> None:
    judged = judge_run(_RUN, _address(server), predictions=tmp_path / "predictions.jsonl")
    grades = {id_: (one.faithfulness, one.completeness) for id_, one in judged.judgements.items()}
    assert grades == {"right": (1, 1), "wrong": (0, 0)}
    assert {request["model"] for request in server.requests} == {"a-model"}
    assert judged.agreement.same_side.value == 1
    assert judged.agreement.kappa == 1


def test_stored_grades_are_reused(server: _Server, tmp_path: Path) -> None:
    first = judge_run(_RUN, _address(server), predictions=tmp_path / "predictions.jsonl")
    again = judge_run(_RUN, _address(server), predictions=tmp_path / "predictions.jsonl")
    assert len(server.requests) == 2
    assert again == first


def test_unreachable_judge_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not answer"):
        judge_run(_RUN, "http://127.0.0.1:9/v1#a-model", predictions=tmp_path / "predictions.jsonl")


def test_judge_url_without_a_model_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="#NAME"):
        judge_run(_RUN, "http://127.0.0.1:9/v1", predictions=tmp_path / "predictions.jsonl")


def test_local_model_can_judge(small_model: Path, tmp_path: Path) -> None:
    judged = judge_run(_RUN, str(small_model), predictions=tmp_path / "predictions.jsonl")
    assert set(judged.judgements) == {"right", "wrong"}
    stored = (tmp_path / "predictions.judge.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in stored] == ["right", "wrong"]


@pytest.mark.parametrize(
    ("reply", "grades"),
    [
        ("faithfulness: 5\ncompleteness: 3", (1, 0.5)),
        ("Faithfulness = 2/5, Completeness - 1", (0.25, 0)),
        ("faithfulness: 7\ncompleteness: 4", (None, 0.75)),
        ("I cannot say.", (None, None)),
    ],
)
def test_grades_are_scaled_to_0_to_1(reply: str, grades: tuple[float | None, float | None]) -> None:
    assert parse_grades(reply) == grades


def test_kappa_is_the_agreement_beyond_chance() -> None:
    pairs = [(True, True)] * 4 + [(True, False)] * 1 + [(False, True)] * 2 + [(False, False)] * 3
    # Agreement is 7 of 10; expected by chance is 0.5 * 0.6 + 0.5 * 0.4.
    assert cohen_kappa(pairs) == pytest.approx((0.7 - 0.5) / (1 - 0.5))
    assert cohen_kappa([(True, True)]) is None


def test_unclear_replies_are_counted_and_left_out() -> None:
    found = agreement([(1.0, 1.0, 1.0), (None, None, 0.0), (0.5, None, 1.0)])
    assert found.unclear == 2
    assert found.completeness.n == 1
    assert found.faithfulness.n == 2
