"""Finding what suits a machine: each change is tried beside the best so far, question by question.

Two engines take turns, so that what else the machine does slows both alike; only the ratio counts.
"""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import ModelError
from assistant.llm.engine import Engine
from assistant.llm.prompts import Prompt
from assistant.llm.tuning.options import Tuning

# An answer of this length is what the writing is weighed by.
_ANSWER_TOKENS = 32
_QUESTIONS = 2
# A change that costs nothing else is kept if it is this much faster. Repacked weights take as much
# memory as the file again: those must be worth it.
_ENOUGH = 1.03
_ENOUGH_FOR_ROOM = 1.15


@dataclass(frozen=True, slots=True)
class Trial:
    """A change that was tried.

    Attributes:
        change: what it was, as people read it.
        speedup: how many times faster the questions were with it.
        kept: whether it is part of the best from then on.
        done: how many changes were tried so far.
        total: how many there are to try at most.
    """

    change: str
    speedup: float
    kept: bool
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Change:
    """Something to try.

    Attributes:
        name: what it is, as people read it.
        values: of the tuning's attributes that it changes.
        enough: how many times faster it must be to be kept.
    """

    name: str
    values: dict[str, int | bool | str]
    enough: float = _ENOUGH


def tune(
    path: Path,
    changes: Sequence[Change],
    prompts: Sequence[Prompt],
    on_trial: Callable[[Trial], None],
) -> Tuning:
    """Return what suits this machine best for a model.

    Args:
        path: the model's GGUF file.
        changes: what to try, in order.
        prompts: that differ from their first block on; used in turns.
        on_trial: told what each change brought.

    Raises:
        ModelError: the model cannot be loaded.
    """
    best = Tuning()
    asked = itertools.cycle(prompts)
    incumbent = Engine(path, tuning=best)
    try:
        incumbent.wait_until_loaded()
        for done, change in enumerate(changes, 1):
            tried = replace(best, **change.values)  # type: ignore[arg-type]
            if _same(tried, best):
                continue
            challenger = Engine(path, tuning=tried)
            speedup = 0.0
            try:
                speedup = _speedup(incumbent, challenger, asked)
            except ModelError:
                pass  # this model, or this machine, cannot be computed so
            finally:
                kept = speedup >= change.enough
                loser = incumbent if kept else challenger
                loser.close()
            if kept:
                best, incumbent = tried, challenger
            on_trial(Trial(change.name, speedup, kept, done, len(changes)))
    finally:
        incumbent.close()
    return best


def changes_to_try(cores: int) -> list[Change]:
    """Return what may suit a machine; what the rest depends on comes first."""
    fewer = dict.fromkeys(count for count in (cores - 1, cores // 2) if count > 0)
    return [
        *(Change(f"{count} threads", {"threads": count}) for count in fewer),
        Change("repacked weights", {"repack": True}, _ENOUGH_FOR_ROOM),
        Change("keys and values in q8_0", {"kv_type": "q8_0"}),
        *(Change(f"drafts of {count} tokens", {"draft_tokens": count}) for count in (0, 1, 3, 5)),
        *(Change(f"batches of {count} tokens", {"batch_tokens": count}) for count in (64, 256)),
    ]


def _same(a: Tuning, b: Tuning) -> bool:
    """Tell whether two tunings compute alike: a draft is cut to what comes out exactly."""
    return replace(a, draft_tokens=a.exact_drafts) == replace(b, draft_tokens=b.exact_drafts)


def _speedup(a: Engine, b: Engine, prompts: Iterator[Prompt]) -> float:
    """Return how many times faster the second engine is."""
    warming = next(prompts)
    for engine in (a, b):
        _seconds(engine, warming)
    seconds = [[_seconds(engine, prompt) for engine in (a, b)] for prompt in _next(prompts)]
    mine, theirs = (sum(column) for column in zip(*seconds, strict=True))
    return float(mine / theirs)


def _next(prompts: Iterator[Prompt]) -> list[Prompt]:
    return list(itertools.islice(prompts, _QUESTIONS))


def _seconds(engine: Engine, prompt: Prompt) -> float:
    """Return how long a prompt and an answer of the same length for all take."""
    completion = engine.generate(prompt, max_tokens=_ANSWER_TOKENS)
    start = time.perf_counter()
    pieces = iter(completion)
    next(pieces, None)
    first = time.perf_counter()
    for _ in pieces:
        pass
    end = time.perf_counter()
    # Another type of keys and values may end the answer sooner: only the pace counts.
    written = max(1, completion.usage.completion_tokens - 1)
    return first - start + (end - first) / written * _ANSWER_TOKENS
