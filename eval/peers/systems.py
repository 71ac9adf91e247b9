"""Ours and the peers as systems that answer one question set, in turns."""

import hashlib
import inspect
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.answering import Assistant
from assistant.errors import InputError
from assistant.evaluation import Progress, Question, Run, answer_questions
from assistant.evaluation.evaluate import Ask, asking
from assistant.evaluation.manifest import Manifest, manifest_of
from eval.peers import abstentions
from eval.peers.recipe import Answering, Parts, Recipe


@dataclass(frozen=True, slots=True)
class System:
    """What answers the questions.

    Attributes:
        ask: answers one with the JSON contract of an answer.
        manifest: what its answers depend on; its ``system`` is the name.
    """

    ask: Ask
    manifest: Manifest


def our_system(assistant: Assistant, questions: str) -> System:
    """Return the assistant as a system, with its model loaded; follow-ups are asked standalone.

    Args:
        assistant: as it is to answer.
        questions: name or path of the question set.
    """
    return System(asking(assistant, standalone=True), manifest_of(assistant, questions))


def peer_system(recipe: Recipe, parts: Parts, ours: Manifest) -> System:
    """Build a peer on the same parts as ours."""
    manifest = peer_manifest(recipe, parts, ours)
    return System(peer_asking(recipe.build(parts)), manifest)


def peer_asking(answering: Answering) -> Ask:
    """Return how to put a question to a peer and time it; it knows nothing of conversations."""

    def ask(question: Question) -> Mapping[str, Any]:
        text = question.standalone or question.text
        pieces: list[str] = []
        first_token_s: float | None = None
        started = time.perf_counter()
        reply = answering(text)
        for piece in reply.pieces:
            # A stream may begin with an empty piece before the model has read its prompt.
            if piece and first_token_s is None:
                first_token_s = time.perf_counter() - started
            pieces.append(piece)
        total_s = time.perf_counter() - started
        answer = "".join(pieces).strip()
        return {
            "question": text,
            "answer": answer,
            "abstained": abstentions.is_abstention(question, answer),
            "papers": [{"title": title} for title in dict.fromkeys(reply.titles)],
            "timings": {
                "first_token_s": round(total_s if first_token_s is None else first_token_s, 4),
                "total_s": round(total_s, 4),
            },
        }

    return ask


def package_versions(recipe: Recipe) -> dict[str, str]:
    """Return the versions of a peer's packages.

    Raises:
        InputError: one is not installed.
    """
    try:
        return {package: version(package) for package in recipe.packages}
    except PackageNotFoundError as error:
        raise InputError(
            f"{recipe.name} needs the package {error.name}, which is not installed. "
            "Run `make peers`, which installs it."
        ) from error


def peer_manifest(recipe: Recipe, parts: Parts, ours: Manifest) -> Manifest:
    """Return what a peer's answers depend on: its packages, its recipe, and the parts we share."""
    versions = package_versions(recipe)
    sources = [Path(inspect.getfile(part)).read_bytes() for part in (recipe.build, abstentions)]
    digest = hashlib.sha256(b"\0".join([*sources, repr(versions).encode()]))
    return replace(
        ours,
        system=recipe.name,
        prompts="its own",
        settings={
            "threads": parts.threads,
            "context_tokens": parts.context_tokens,
            "max_answer_tokens": parts.max_answer_tokens,
        },
        code=digest.hexdigest()[:12],
        versions={**ours.versions, **versions},
    )


def predictions_path(folder: Path, name: str) -> Path:
    """Return where the answers of a system are kept."""
    return folder / f"{name.lower()}.jsonl"


def ask_in_turns(
    systems: Sequence[System],
    questions: Sequence[Question],
    folder: Path,
    on_progress: Callable[[Progress], None],
) -> list[Run]:
    """Put each question to one system after the other, so that noise of the machine hits all.

    Args:
        systems: only one of them is computing at a time.
        questions: of one set.
        folder: gets a predictions file of each system; what is already there is kept.
        on_progress: told how many answers there are, of all systems together.

    Returns:
        A run of each system.

    Raises:
        InputError: the folder holds answers that were made otherwise, or cannot be written.
    """
    results = []
    total = len(systems) * len(questions)
    for number, question in enumerate(questions):
        for place, system in enumerate(systems):
            on_progress(Progress(number * len(systems) + place, total))
            out = predictions_path(folder, system.manifest.system)
            run = answer_questions(system.ask, [question], system.manifest, out=out)
            results.append(run.results[0])
    on_progress(Progress(total, total))
    return [
        Run(tuple(results[place :: len(systems)]), system.manifest)
        for place, system in enumerate(systems)
    ]
