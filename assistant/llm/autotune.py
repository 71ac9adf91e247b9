"""Finding the fastest tuning for a machine: each change is compared with the best one so far.

Two engines answer the same questions alternately, so that other load slows both equally. Only the
ratio of their times counts.
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

# The length of the answers whose generation is timed.
_ANSWER_TOKENS = 32
_QUESTIONS = 2
# A change that costs nothing else is kept if it is this much faster. Repacked weights use as much
# memory again as the file, so they must gain more.
_MIN_SPEEDUP = 1.03
_MIN_SPEEDUP_FOR_MEMORY = 1.15


@dataclass(frozen=True, slots=True)
class Trial:
    """The result of trying a change.

    Attributes:
        change: the name of the change, for display.
        speedup: the speedup factor; 0 if the questions could not be answered with the change.
        kept: whether the change is kept for the following trials.
        done: number of changes tried so far, including this one.
        total: maximum number of changes to try.
    """

    change: str
    speedup: float
    kept: bool
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Change:
    """A change to the tuning.

    Attributes:
        name: the name to display.
        values: the changed attributes of `Tuning`.
        min_speedup: the lowest speedup factor at which the change is kept.
    """

    name: str
    values: dict[str, int | bool | str]
    min_speedup: float = _MIN_SPEEDUP


def tune(
    path: Path,
    changes: Sequence[Change],
    prompts: Sequence[Prompt],
    on_trial: Callable[[Trial], None],
) -> Tuning:
    """Find the fastest tuning of a model on this machine.

    Args:
        path: the model's GGUF file.
        changes: the changes to try, in order.
        prompts: the prompts, used in turn; they must differ from the first block on.
        on_trial: called with the result of each change.

    Raises:
        ModelError: the model cannot be loaded.
    """
    best = Tuning()
    questions = itertools.cycle(prompts)
    incumbent = Engine(path, tuning=best)
    try:
        incumbent.wait_until_loaded()
        for done, change in enumerate(changes, 1):
            candidate = replace(best, **change.values)  # type: ignore[arg-type]
            if _equivalent(candidate, best):
                continue
            challenger = Engine(path, tuning=candidate)
            speedup = 0.0
            try:
                speedup = _speedup(incumbent, challenger, questions)
            except ModelError:
                pass  # this model or this machine does not support the change
            finally:
                kept = speedup >= change.min_speedup
                loser = incumbent if kept else challenger
                loser.close()
            if kept:
                best, incumbent = candidate, challenger
            on_trial(Trial(change.name, speedup, kept, done, len(changes)))
    finally:
        incumbent.close()
    return best


def changes_to_try(cores: int) -> list[Change]:
    """Return the changes to try on a machine; a change comes after those it depends on."""
    fewer = dict.fromkeys(count for count in (cores - 1, cores // 2) if count > 0)
    return [
        *(Change(f"{count} threads", {"threads": count}) for count in fewer),
        Change("repacked weights", {"repack": True}, _MIN_SPEEDUP_FOR_MEMORY),
        Change("KV cache in q8_0", {"kv_type": "q8_0"}),
        *(Change(f"drafts of {count} tokens", {"draft_tokens": count}) for count in (0, 1, 3, 5)),
        *(Change(f"batches of {count} tokens", {"batch_tokens": count}) for count in (64, 256)),
    ]


def _equivalent(a: Tuning, b: Tuning) -> bool:
    """Tell whether two tunings have the same effect: drafts are limited to `exact_drafts`."""
    return replace(a, draft_tokens=a.exact_drafts) == replace(b, draft_tokens=b.exact_drafts)


def _speedup(incumbent: Engine, challenger: Engine, prompts: Iterator[Prompt]) -> float:
    """Return the challenger's speedup factor over the incumbent."""
    engines = (incumbent, challenger)
    warm_up = next(prompts)
    for engine in engines:
        _seconds(engine, warm_up)
    measured = itertools.islice(prompts, _QUESTIONS)
    seconds = [[_seconds(engine, prompt) for engine in engines] for prompt in measured]
    before, after = (sum(column) for column in zip(*seconds, strict=True))
    return float(before / after)


def _seconds(engine: Engine, prompt: Prompt) -> float:
    """Return the seconds for a prompt and an answer of ``_ANSWER_TOKENS`` tokens."""
    completion = engine.generate(prompt, max_tokens=_ANSWER_TOKENS)
    start = time.perf_counter()
    pieces = iter(completion)
    next(pieces, None)
    first = time.perf_counter()
    for _ in pieces:
        pass
    end = time.perf_counter()
    # With another KV cache type the answer may be shorter, so the time is scaled to a fixed length.
    generated = max(1, completion.usage.completion_tokens - 1)
    return first - start + (end - first) / generated * _ANSWER_TOKENS
