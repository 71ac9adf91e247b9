"""The metrics of a server, in Prometheus' format."""

from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

from assistant.answering import Answer, Timings

# Assumed before the first answer: about what one takes on two cores.
_TYPICAL_ANSWER_S = 5.0
# Bucket bounds in seconds, from a cached search to a list over a large library.
_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128)


class Metrics:
    """Counts requests, answers, tokens and times. Thread-safe."""

    def __init__(self) -> None:
        # Omit the creation time of each counter, which nobody reads.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "assistant_http_requests",
            "HTTP requests.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self.request_seconds = Histogram(
            "assistant_http_request_seconds",
            "Duration of HTTP requests, streams included.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answers = Counter(
            "assistant_answers",
            "Questions by how they ended: answered, abstained, cancelled or failed.",
            ("kind", "outcome"),
            registry=self._registry,
        )
        self._first_token_seconds = Histogram(
            "assistant_first_token_seconds",
            "Time from the question to the first token.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answer_seconds = Histogram(
            "assistant_answer_seconds",
            "Time from the question to the finished answer.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._tokens = Counter(
            "assistant_tokens",
            "Tokens of answers: of prompts, of these those read from the cache, and generated.",
            ("type",),
            registry=self._registry,
        )
        self._total_s, self._count = 0.0, 0

    def add_gauge(self, name: str, description: str, value: Callable[[], float]) -> None:
        """Add a gauge whose value is read at each scrape."""
        Gauge(f"assistant_{name}", description, registry=self._registry).set_function(value)

    def count_answer(self, answer: Answer) -> None:
        """Count a finished answer."""
        outcome = "abstained" if answer.abstained else "answered"
        self._answers.labels(answer.kind, outcome).inc()
        self._first_token_seconds.observe(answer.timings.first_token_s)
        self._answer_seconds.observe(answer.timings.total_s)
        self._count_tokens(answer.timings)
        self._total_s += answer.timings.total_s
        self._count += 1

    def count_unfinished(self, outcome: str) -> None:
        """Count a question without an answer."""
        self._answers.labels("unknown", outcome).inc()

    def mean_answer_s(self) -> float:
        """Return the mean duration of the answers so far, in seconds."""
        return self._total_s / self._count if self._count else _TYPICAL_ANSWER_S

    def text(self) -> bytes:
        """Return all metrics in Prometheus' text format."""
        return generate_latest(self._registry)

    def _count_tokens(self, timings: Timings) -> None:
        self._tokens.labels("prompt").inc(timings.prompt_tokens)
        self._tokens.labels("cached").inc(timings.cached_tokens)
        self._tokens.labels("completion").inc(timings.completion_tokens)
