"""The assistant and the peers as systems that answer a question set in turns."""

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
from assistant.evaluation.evaluate import Ask, make_ask
from assistant.evaluation.manifest import Manifest, manifest_of
from eval.peers import abstentions
from eval.peers.recipe import Answerer, Parts, Recipe

FLOOR = "plain"
"""The name of the preset, and of the system with it."""


@dataclass(frozen=True, slots=True)
class System:
    """A system that answers questions.

    Attributes:
        ask: answers a question.
        manifest: what the answers depend on; its ``system`` is the name of the system.
    """

    ask: Ask
    manifest: Manifest


def our_system(assistant: Assistant, questions: str) -> System:
    """Return the assistant as a system, with its model loaded; follow-ups are asked standalone.

    Args:
        assistant: the assistant.
        questions: name or path of the question set.
    """
    return System(make_ask(assistant, standalone=True), manifest_of(assistant, questions))


def floor_system(assistant: Assistant, questions: str) -> System:
    """Return the assistant with the preset ``plain``, as a floor; it shares the loaded model.

    Args:
        assistant: the assistant.
        questions: name or path of the question set.
    """
    plain = assistant.with_settings(assistant.settings.updated({"preset": FLOOR}))
    manifest = replace(manifest_of(plain, questions), system=FLOOR)
    return System(make_ask(plain, standalone=True), manifest)


def peer_system(recipe: Recipe, parts: Parts, ours: Manifest) -> System:
    """Build a peer.

    Args:
        recipe: how to build it.
        parts: the parts that it shares with the assistant.
        ours: the assistant's manifest.
    """
    manifest = peer_manifest(recipe, parts, ours)
    return System(make_peer_ask(recipe.build(parts)), manifest)


def make_peer_ask(answerer: Answerer) -> Ask:
    """Return a function that asks a peer a question and measures its time.

    Peers do not support conversations, so follow-ups are asked in their standalone form.
    """

    def ask(question: Question) -> Mapping[str, Any]:
        text = question.standalone or question.text
        pieces: list[str] = []
        first_token_s: float | None = None
        started = time.perf_counter()
        reply = answerer(text)
        for piece in reply.pieces:
            # A stream may start with an empty piece before prefill has finished.
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
        InputError: a package is not installed.
    """
    try:
        return {package: version(package) for package in recipe.packages}
    except PackageNotFoundError as error:
        raise InputError(
            f"{recipe.name} needs the package {error.name}, which is not installed. "
            "`make peers` installs it."
        ) from error


def peer_manifest(recipe: Recipe, parts: Parts, ours: Manifest) -> Manifest:
    """Return a peer's manifest, which covers its packages, its recipe and the shared parts."""
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
    """Return the predictions file of a system."""
    return folder / f"{name.lower()}.jsonl"


def ask_in_turns(
    systems: Sequence[System],
    questions: Sequence[Question],
    folder: Path,
    on_progress: Callable[[Progress], None],
) -> list[Run]:
    """Ask each question of one system after the other, so that other load affects all equally.

    Args:
        systems: the systems, of which only one computes at a time.
        questions: questions of one set.
        folder: receives a predictions file for each system. Answers already in it are reused.
        on_progress: called with the number of answers over all systems.

    Returns:
        A run for each system.

    Raises:
        InputError: the folder holds answers made under other conditions, or cannot be written.
    """
    results = []
    total = len(systems) * len(questions)
    for number, question in enumerate(questions):
        for index, system in enumerate(systems):
            on_progress(Progress(number * len(systems) + index, total))
            out = predictions_path(folder, system.manifest.system)
            run = answer_questions(system.ask, [question], system.manifest, out=out)
            results.append(run.results[0])
    on_progress(Progress(total, total))
    return [
        Run(tuple(results[index :: len(systems)]), system.manifest)
        for index, system in enumerate(systems)
    ]
