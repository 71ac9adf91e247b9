"""The parts that measure the engine alone: deciding, writing, many at once, many papers, bare."""

import itertools
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from assistant.answering.prompt_blocks import whole_block
from assistant.evaluation.metrics import intervals
from assistant.llm import (
    Block,
    Completion,
    Engine,
    Prompt,
    Tuning,
    read_state,
    read_yes,
    render_prompt,
)
from assistant.llm.kv_cache.cells import token_of
from assistant.llm.kv_cache.layout import PromptCells
from assistant.llm.llama import Entry, LlamaContext
from assistant.models import locate
from assistant.papers import Paper
from eval.bench.sections import Progress, Row, Section, median, ratio_of_medians, ratio_of_sums
from eval.bench.setting import MOST_PAPERS, Setting
from eval.bench.systems import whole_abstracts

_ANSWER_TOKENS = 64
_DRAFT_TOKENS = 2
_AT_ONCE = 4
_SENTENCES_SHOWN = 2
_GROWTH_QUESTIONS = 5
# Each takes the first before the others, so that none only ever follows a longer one.
_PAPERS = (5, 1, MOST_PAPERS, 2, 3)
_BARE_TOKENS = 256


@dataclass(frozen=True, slots=True)
class Growth:
    """First-token seconds by number of papers, for the plot.

    Attributes:
        recalled: ours, of papers that were read before; some values each.
        read: of whole abstracts read at the question; one value each.
    """

    recalled: dict[int, list[float]]
    read: dict[int, list[float]]


def deciding(setting: Setting, progress: Progress) -> Section:
    """Measure the first token with a decision, read off the state or asked for, and without."""
    decide, answer = setting.prompts("decide"), setting.prompts("answer")
    alone: list[float] = []
    read: list[float] = []
    asked: list[float] = []
    with setting.engine() as one, setting.engine() as two, setting.engine() as three:
        for done, (weighed, prompt) in enumerate(zip(decide, answer, strict=True)):
            progress(done, len(decide))
            start = time.perf_counter()
            completion = one.generate(prompt, max_tokens=1)
            alone.append(_first_piece(completion, start))
            start = time.perf_counter()
            _, completion = two.read_and_generate(prompt, read_state, max_tokens=1)
            read.append(_first_piece(completion, start))
            start = time.perf_counter()
            *_, completion = three.score_and_generate(weighed, read_yes, prompt, max_tokens=1)
            asked.append(_first_piece(completion, start))
    # The first question also recalls what all begin with.
    alone, read, asked = alone[1:], read[1:], asked[1:]
    rows = (
        Row("first token, answering only", median(alone)),
        Row("first token, deciding by the model's state", median(read)),
        Row("what deciding adds", _added(read, alone), "< 0.3 s"),
        Row("first token, the model asked to decide (one without a probe)", median(asked)),
        Row("what asking adds", _added(asked, alone)),
    )
    about = f"The engine alone, papers recalled; {len(alone)} questions, the ways in turns."
    return Section("Deciding beside answering", about, rows)


def _added(seconds: Sequence[float], alone: Sequence[float]) -> str:
    return median([b - a for a, b in zip(alone, seconds, strict=True)])


def writing(setting: Setting, progress: Progress) -> Section:
    """Measure decoding: ours with and without prompt lookup, and bare llama.cpp token by token."""
    prompts = setting.prompts("answer")
    ours: list[float] = []
    drafted: list[float] = []
    undrafted: list[float] = []
    bare: list[float] = []
    same = guessed = written = 0
    # In this type several tokens of a batch come out exactly as each alone, with many threads too.
    with_drafts = replace(setting.tuning(), kv_type="q8_0", draft_tokens=_DRAFT_TOKENS)
    with (
        setting.engine() as engine,
        setting.engine(with_drafts) as drafting,
        setting.engine(replace(with_drafts, draft_tokens=0)) as not_drafting,
        _bare(setting) as llama,
    ):
        for done, prompt in enumerate(prompts):
            progress(done, len(prompts))
            _, completion, pace = _pace(engine, prompt)
            text, drafting_completion, drafted_pace = _pace(drafting, prompt)
            other_text, _, undrafted_pace = _pace(not_drafting, prompt)
            tokens = completion.usage.completion_tokens
            if tokens < 2:
                continue
            ours.append(pace)
            drafted.append(drafted_pace)
            undrafted.append(undrafted_pace)
            bare.append(_bare_pace(llama, prompt, tokens))
            same += text == other_text
            guessed += drafting_completion.usage.guessed_tokens
            written += drafting_completion.usage.completion_tokens
    rows = (
        Row("seconds a token, ours", median(ours)),
        Row("seconds a token, bare llama.cpp", median(bare)),
        Row("bare by ours", f"{ratio_of_sums(bare, ours)} times", ">= 1.3"),
        Row("seconds a token, keys and values in q8_0", median(undrafted)),
        Row(f"seconds a token, the same with drafts of {_DRAFT_TOKENS}", median(drafted)),
        Row("without drafts by with", f"{ratio_of_sums(undrafted, drafted)} times"),
        Row("tokens that were guessed", f"{guessed} of {written}"),
        Row("answers that are the same with and without drafts", f"{same} of {len(ours)}", "all"),
    )
    about = (
        f"The answers to {len(ours)} questions, up to {_ANSWER_TOKENS} tokens each, after their "
        "first token, one way after the other. *Bare* reads the same prompt and then computes one "
        "token at a time, as llama.cpp does by itself: with repacked weights."
    )
    return Section("Writing", about, rows)


def together(setting: Setting, progress: Progress) -> Section:
    """Measure four questions at a time against one after another."""
    prompts = setting.prompts("answer")
    groups = [prompts[i : i + _AT_ONCE] for i in range(0, len(prompts), _AT_ONCE)]
    groups = [group for group in groups if len(group) == _AT_ONCE]
    in_turn: list[float] = []
    at_once: list[float] = []
    with setting.engine() as one, setting.engine() as other:
        for done, group in enumerate(groups):
            progress(done, len(groups))
            in_turn.append(_seconds_a_token(_asked(one, [prompt]) for prompt in group))
            at_once.append(_seconds_a_token([_asked(other, group)]))
    rows = (
        Row("tokens a second, one after another", _pace_text(in_turn)),
        Row(f"tokens a second, {_AT_ONCE} at a time", _pace_text(at_once)),
        Row("ratio", f"{ratio_of_sums(in_turn, at_once)} times", ">= 1.8"),
    )
    about = (
        f"{len(groups)} groups of {_AT_ONCE} questions, reading the question and writing up to "
        f"{_ANSWER_TOKENS} tokens each, papers recalled."
    )
    return Section("Many at once", about, rows)


def growth(setting: Setting, progress: Progress) -> tuple[Section, Growth]:
    """Measure the first token by the number of papers in the prompt."""
    found = Growth({count: [] for count in _PAPERS}, {count: [] for count in _PAPERS})
    questions = setting.questions[:_GROWTH_QUESTIONS]
    with setting.engine() as engine:
        for done, question in enumerate(questions):
            progress(done, len(questions) + len(_PAPERS))
            papers = [ranked.paper for ranked in setting.found[question.id].papers]
            engine.read(_shown(question.text, papers[:MOST_PAPERS])).result()
            for count in _PAPERS:
                prompt = _shown(question.text, papers[:count])
                start = time.perf_counter()
                seconds = _first_piece(engine.generate(prompt, max_tokens=1), start)
                found.recalled[count].append(seconds)
    complete = whole_abstracts(setting, 1)
    question = questions[0]
    papers = [ranked.paper for ranked in setting.found[question.id].papers]
    for done, count in enumerate(_PAPERS):
        progress(len(questions) + done, len(questions) + len(_PAPERS))
        start = time.perf_counter()
        # In another order, so that nothing of the last prompt can be kept.
        for _ in complete(question.text, papers[:count][::-1]):
            pass
        found.read[count].append(time.perf_counter() - start)
    few, many = found.recalled[1], found.recalled[MOST_PAPERS]
    counts = sorted(_PAPERS)
    more = ratio_of_medians(many, few)
    rows = (
        *(Row(f"first token, {count} recalled", median(found.recalled[count])) for count in counts),
        Row(f"{MOST_PAPERS} recalled by 1", f"{more} times", "< 1.15"),
        *(
            Row(f"first token, {count} read whole", f"{intervals.readable(found.read[count][0])} s")
            for count in counts
        ),
    )
    about = (
        f"The engine alone. *Recalled*: {_SENTENCES_SHOWN} sentences of each paper, read before; "
        f"{len(questions)} questions. *Read whole*: whole abstracts by "
        "`Llama.create_chat_completion`; one question."
    )
    return Section("The first token by the number of papers", about, rows), found


def bare(setting: Setting, progress: Progress) -> Section:
    """Measure llama.cpp alone: reading in large batches, writing token by token."""
    progress(0, 1)
    with _bare(setting) as llama:
        text = " ".join(paper.abstract for paper in setting.assistant.papers()[:20])
        tokens = llama.tokenize(text, special=False)[:_BARE_TOKENS]
        start = time.perf_counter()
        llama.decode([Entry(token, i, 0) for i, token in enumerate(tokens)])
        read = len(tokens) / (time.perf_counter() - start)
        written = 1 / _seconds_alone(llama, tokens, _ANSWER_TOKENS)
    rows = (
        Row(f"reading {len(tokens)} tokens", f"{intervals.readable(read)} tokens/s"),
        Row(f"writing {_ANSWER_TOKENS} tokens", f"{intervals.readable(written)} tokens/s"),
    )
    return Section("Bare llama.cpp", "The limit that the engine stands on; one measurement.", rows)


# -- one measurement ------------------------------------------------------------------------------


def _first_piece(completion: Completion, start: float) -> float:
    next(iter(completion), None)
    return time.perf_counter() - start


def _pace(engine: Engine, prompt: Prompt) -> tuple[str, Completion, float]:
    """Return an answer and the seconds a token took after the first."""
    completion = engine.generate(prompt, max_tokens=_ANSWER_TOKENS)
    pieces = iter(completion)
    text = next(pieces, "")
    start = time.perf_counter()
    text += "".join(pieces)
    seconds = time.perf_counter() - start
    return text, completion, seconds / max(1, completion.usage.completion_tokens - 1)


def _asked(engine: Engine, prompts: Sequence[Prompt]) -> tuple[float, int]:
    """Return the seconds that some answers take together, and their tokens."""
    start = time.perf_counter()
    completions = [engine.generate(prompt, max_tokens=_ANSWER_TOKENS) for prompt in prompts]
    for completion in completions:
        for _ in completion:
            pass
    seconds = time.perf_counter() - start
    return seconds, sum(completion.usage.completion_tokens for completion in completions)


def _seconds_a_token(asked: Iterable[tuple[float, int]]) -> float:
    answers = list(asked)
    return sum(seconds for seconds, _ in answers) / max(1, sum(tokens for _, tokens in answers))


def _pace_text(seconds: Sequence[float]) -> str:
    return median([1 / one for one in seconds], "tokens/s")


def _shown(question: str, papers: Sequence[Paper]) -> Prompt:
    blocks = [whole_block(paper) for paper in papers]
    shown = [
        Block(block.title, block.sentences, block.shown[:_SENTENCES_SHOWN]) for block in blocks
    ]
    return render_prompt("answer", shown, question=question)


@contextmanager
def _bare(setting: Setting) -> Iterator[LlamaContext]:
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


def _bare_pace(llama: LlamaContext, prompt: Prompt, count: int) -> float:
    """Return the seconds a token takes after a prompt, computed one at a time."""
    cells = PromptCells(llama, None).lay_out(prompt).cells
    tokens = [token_of(cell) for cell in cells]
    llama.forget()
    llama.decode([Entry(token, i, 0) for i, token in enumerate(tokens)])
    return _seconds_alone(llama, tokens, count)


def _seconds_alone(llama: LlamaContext, before: Sequence[int], count: int) -> float:
    token = before[-1]
    start = time.perf_counter()
    for place in itertools.islice(itertools.count(len(before)), count):
        [logits] = llama.decode([Entry(token, place, 0, wanted=True)]).logits
        token = int(logits.argmax())
    return (time.perf_counter() - start) / count
