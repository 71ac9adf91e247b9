"""The checks of ``assistant doctor`` on endpoints: they are asked a short question."""

from contextlib import closing

from assistant.cli.doctor.check import Check
from assistant.errors import AssistantError
from assistant.llm.endpoint import EndpointReport
from assistant.settings import Settings


def check_endpoints(settings: Settings) -> list[Check]:
    """Contact each endpoint, and report which features answers go without."""
    from assistant.answering.model_handle import endpoint_engine

    try:
        with closing(endpoint_engine(settings)) as engine:
            checks = [_check(report, settings) for report in engine.examine()]
            return [*checks, Check("endpoint lacks", True, "; ".join(engine.missing_features()))]
    except AssistantError as error:
        return [Check("endpoint", False, str(error))]


def _check(report: EndpointReport, settings: Settings) -> Check:
    host = report.endpoint.host
    if report.problem:
        return Check("endpoint", False, f"{host}: {report.problem}")
    context = (
        f"context of {report.context_tokens} tokens"
        if report.context_tokens
        else f"context unknown, taken to be context_tokens={settings.context_tokens}"
    )
    probabilities = "with" if report.gives_probabilities else "without"
    return Check("endpoint", True, f"{report.model} at {host}, {context}, {probabilities} logprobs")
