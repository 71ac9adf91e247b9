"""Measurements of a single engine or llama.cpp context, for the parts in `eval.bench.engine`."""

import itertools
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from assistant.answering.prompt_blocks import whole_block
from assistant.llm import Block, Completion, Engine, Prompt, Tuning, render_prompt
from assistant.llm.kv_cache.cell_plan import CellPlanner
from assistant.llm.kv_cache.cells import token_of
from assistant.llm.llama import BatchToken, LlamaContext
from assistant.models import locate
from assistant.papers import Paper
from eval.bench.sections import median
from eval.bench.setting import Setting

ANSWER_TOKENS = 64
SENTENCES_SHOWN = 2


def first_token_seconds(completion: Completion, start: float) -> float:
    """Return the seconds from ``start`` to the first token."""
    next(iter(completion), None)
    return time.perf_counter() - start


def generate_with_pace(engine: Engine, prompt: Prompt) -> tuple[str, Completion, float]:
    """Return the answer, its completion, and the seconds per token after the first."""
    completion = engine.generate(prompt, max_tokens=ANSWER_TOKENS)
    pieces = iter(completion)
    text = next(pieces, "")
    start = time.perf_counter()
    text += "".join(pieces)
    seconds = time.perf_counter() - start
    return text, completion, seconds / max(1, completion.usage.completion_tokens - 1)


def answer_together(engine: Engine, prompts: Sequence[Prompt]) -> tuple[float, int]:
    """Return the seconds for answering prompts at the same time, and the number of tokens."""
    start = time.perf_counter()
    completions = [engine.generate(prompt, max_tokens=ANSWER_TOKENS) for prompt in prompts]
    for completion in completions:
        for _ in completion:
            pass
    seconds = time.perf_counter() - start
    return seconds, sum(completion.usage.completion_tokens for completion in completions)


def seconds_per_token(measurements: Iterable[tuple[float, int]]) -> float:
    """Return the seconds per token over several calls of `answer_together`."""
    answers = list(measurements)
    return sum(seconds for seconds, _ in answers) / max(1, sum(tokens for _, tokens in answers))


def tokens_per_second(seconds: Sequence[float]) -> str:
    """Format the median of tokens per second, from seconds per token."""
    return median([1 / value for value in seconds], "tokens/s")


def short_prompt(question: str, papers: Sequence[Paper]) -> Prompt:
    """Return an answer prompt that shows the first sentences of each paper."""
    blocks = [whole_block(paper) for paper in papers]
    shown = [Block(block.title, block.sentences, block.shown[:SENTENCES_SHOWN]) for block in blocks]
    return render_prompt("answer", shown, question=question)


@contextmanager
def bare_llama(setting: Setting) -> Iterator[LlamaContext]:
    """Load the model into a llama.cpp context with default options."""
    settings = setting.assistant.settings
    plain = Tuning(
        threads=setting.threads, batch_tokens=512, kv_type="f16", repack=True, draft_tokens=0
    )
    llama = LlamaContext(
        locate(settings.model), plain, context_tokens=settings.context_tokens, sequences=1
    )
    try:
        yield llama
    finally:
        llama.close()


def bare_seconds_per_token(llama: LlamaContext, prompt: Prompt, count: int) -> float:
    """Return the seconds per token after a prompt, decoded one at a time."""
    cells = CellPlanner(llama.model, None).plan(prompt).cells
    tokens = [token_of(cell) for cell in cells]
    llama.remove()
    llama.decode([BatchToken(token, i, 0) for i, token in enumerate(tokens)])
    return decode_one_by_one(llama, tokens, count)


def decode_one_by_one(llama: LlamaContext, before: Sequence[int], count: int) -> float:
    """Decode ``count`` tokens greedily; return the seconds per token.

    Args:
        llama: the context, with the tokens before already decoded.
        before: the tokens before.
        count: number of tokens to decode.
    """
    token = before[-1]
    start = time.perf_counter()
    for position in itertools.islice(itertools.count(len(before)), count):
        [logits] = llama.decode([BatchToken(token, position, 0, wants_logits=True)]).logits
        token = int(logits.argmax())
    return (time.perf_counter() - start) / count
