"""A pytest plugin: each question of a set is a test, which passes if the answer is correct.

``pytest --assistant-questions mine.jsonl`` asks the assistant;
``--assistant-predictions predictions.jsonl`` reads the answers of an earlier run instead. Without
these options the plugin does nothing and imports nothing.
"""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from assistant.evaluation import Question
    from assistant.evaluation.evaluate import Ask
    from assistant.evaluation.exchange.rows import Row
    from assistant.evaluation.predictions import Prediction

MARKER = "assistant_question"
"""The marker of these tests: ``-m "not assistant_question"`` leaves them out."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("assistant", "questions for the research assistant")
    group.addoption(
        "--assistant-questions",
        action="append",
        default=[],
        metavar="FILE",
        help="test the answers to a question set (JSON Lines or CSV), or to a shipped set by name",
    )
    group.addoption(
        "--assistant-predictions",
        metavar="FILE",
        help="take the answers from this file of `assistant eval run` instead of asking",
    )
    group.addoption("--assistant-library", metavar="DIR", help="the library folder to ask")
    group.addoption("--assistant-model", metavar="MODEL", help="the model that answers")
    group.addoption(
        "--assistant-set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="change a setting of the assistant",
    )
    group.addoption(
        "--assistant-pass-score",
        type=float,
        default=1.0,
        metavar="SCORE",
        help="the lowest answer score of a passed test, 0 to 1 (default: 1)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Add the question sets to the files that are collected."""
    config.addinivalue_line("markers", f"{MARKER}: a question for the research assistant")
    config.stash[_ANSWERS] = _Answers(config)
    names = config.getoption("--assistant-questions")
    if not names:
        return
    from assistant.errors import InputError
    from assistant.evaluation.question_sets import question_file

    try:
        files = [str(question_file(name).resolve()) for name in names]
    except InputError as error:
        raise pytest.UsageError(str(error)) from error
    config.stash[_FILES] = frozenset(map(Path, files))
    config.args += [file for file in files if file not in config.args]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "QuestionSet | None":
    """Return a collector for a file of ``--assistant-questions``."""
    if file_path.resolve() not in parent.config.stash.get(_FILES, frozenset()):
        return None
    return QuestionSet.from_parent(parent, path=file_path)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close the assistant."""
    config.stash[_ANSWERS].close()


class QuestionSet(pytest.File):
    """A file of questions."""

    def collect(self) -> Iterable[pytest.Item]:
        """Yield a test for each question."""
        from assistant.errors import InputError
        from assistant.evaluation import abstracts_of, load_questions

        try:
            questions = load_questions(self.path)
        except InputError as error:
            raise self.CollectError(str(error)) from error
        if abstracts_of(questions):
            raise self.CollectError(
                f"{self.path} has questions with abstracts of their own. Run it with "
                "`assistant eval run`, and name the answers with --assistant-predictions."
            )
        for question in questions:
            yield QuestionItem.from_parent(self, name=question.id, question=question)


class QuestionItem(pytest.Item):
    """A question as a test."""

    def __init__(self, *, question: "Question", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = question
        self.add_marker(MARKER)

    def runtest(self) -> None:
        """Ask the question, or look up its answer, and compare the score."""
        from assistant.evaluation.exchange.rows import row_of
        from assistant.evaluation.metrics.answer_score import answer_score

        prediction = self.config.stash[_ANSWERS].to(self.question)
        score = answer_score(self.question, prediction)
        self.user_properties += [("kind", self.question.kind), ("answer_score", score)]
        if score < self.config.getoption("--assistant-pass-score"):
            raise WrongAnswerError(row_of(self.question, prediction), score)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the expected and the actual answer, or an error in one line."""
        from assistant.errors import AssistantError
        from assistant.evaluation.exchange.junit import explain

        if isinstance(excinfo.value, WrongAnswerError):
            return explain(excinfo.value.row, excinfo.value.score)
        if isinstance(excinfo.value, AssistantError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return the file and the question, for the report."""
        return self.path, None, f"{self.question.id}: {self.question.text}"


class WrongAnswerError(Exception):
    """The answer to a question is wrong."""

    def __init__(self, row: "Row", score: float) -> None:
        super().__init__(f"{row.question.id}: answer score {score:.2f}")
        self.row = row
        self.score = score


class _Answers:
    """The answers to questions: from an earlier run, or from an assistant opened on first use."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._open = ExitStack()
        self._read: dict[str, Prediction] | None = None
        self._ask: Ask | None = None

    def close(self) -> None:
        """Close the assistant if one is open."""
        self._open.close()

    def to(self, question: "Question") -> "Prediction":
        """Return the answer to a question.

        Raises:
            AssistantError: there is no answer, or the assistant cannot be opened.
        """
        from assistant.evaluation.predictions import Prediction

        file = self._config.getoption("--assistant-predictions")
        if file:
            return self._of_earlier_run(question, Path(file))
        if self._ask is None:
            self._ask = self._open_assistant()
        return Prediction.from_dict({"id": question.id, **self._ask(question)})

    def _of_earlier_run(self, question: "Question", file: Path) -> "Prediction":
        from assistant.errors import InputError
        from assistant.evaluation.predictions import read_predictions

        if self._read is None:
            self._read = {prediction.id: prediction for prediction in read_predictions(file)}
        found = self._read.get(question.id)
        if found is None or found.question not in (question.text, question.standalone):
            raise InputError(
                f"{file} has no answer to this question. Ask it: `assistant eval run`."
            )
        return found

    def _open_assistant(self) -> "Ask":
        from assistant import Assistant, Settings
        from assistant.evaluation.evaluate import make_ask

        get = self._config.getoption
        changes = dict(one.partition("=")[::2] for one in get("--assistant-set"))
        if get("--assistant-model"):
            changes["model"] = get("--assistant-model")
        settings = Settings().updated(changes)
        assistant = self._open.enter_context(
            Assistant.open(get("--assistant-library"), settings=settings)
        )
        return make_ask(assistant)


_ANSWERS = pytest.StashKey[_Answers]()
_FILES = pytest.StashKey[frozenset[Path]]()
