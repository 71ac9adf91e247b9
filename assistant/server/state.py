"""What all parts of a server share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from assistant.answering import Assistant
from assistant.chat.jobs.eval_runs import EvalRuns
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.jobs.question_queue import QuestionQueue
from assistant.llm import ANSWERS_AT_ONCE
from assistant.server.metrics import Metrics
from assistant.server.options import ServerOptions

Current: TypeAlias = Callable[[], tuple[Assistant, ModelLoading]]
"""Returns the assistant and the loading of its model. A change of settings replaces both."""


@dataclass(frozen=True, slots=True)
class ServerState:
    """The state of one server.

    Attributes:
        current: returns the assistant and the loading of its model.
        queue: the questions that wait for the model, those of the page included.
        runs: the runs of question sets, those of the page included.
        metrics: the metrics of the server.
        options: the options of the server.
    """

    current: Current
    queue: QuestionQueue
    runs: EvalRuns
    metrics: Metrics
    options: ServerOptions

    @property
    def assistant(self) -> Assistant:
        """The current assistant. Read this attribute at each use."""
        return self.current()[0]


def state_of(
    current: Current,
    options: ServerOptions,
    queue: QuestionQueue | None = None,
    runs: EvalRuns | None = None,
) -> ServerState:
    """Return the state of a server, with the gauges of its metrics.

    Args:
        current: returns the assistant and the loading of its model.
        options: the options of the server.
        queue: the queue of questions; by default a new one.
        runs: the runs of question sets; by default those of this server alone.
    """
    metrics = Metrics()
    metrics.add_gauge(
        "papers", "Papers in the library.", lambda: current()[0].library.catalogue.count()
    )
    metrics.add_gauge(
        "model_loaded", "1 if the language model is loaded.", lambda: float(current()[1].done)
    )
    queue = queue or queue_of(options)
    metrics.add_gauge("questions_running", "Questions that are being answered.", queue.running)
    metrics.add_gauge("questions_waiting", "Questions that wait for the model.", queue.waiting)
    runs = runs or EvalRuns(current()[0].library.folder)
    return ServerState(current, queue, runs, metrics, options)


def queue_of(options: ServerOptions) -> QuestionQueue:
    """Return a queue of the length given by the options."""
    return QuestionQueue(ANSWERS_AT_ONCE, most=ANSWERS_AT_ONCE + options.max_waiting)
