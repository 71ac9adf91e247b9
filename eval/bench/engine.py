"""The parts that measure the engine without retrieval and checks."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evaluation.metrics import intervals
from assistant.llm import (
    read_question_state,
    read_yes,
)
from assistant.llm.llama import BatchToken
from eval.bench.measurements import (
    ANSWER_TOKENS,
    SENTENCES_SHOWN,
    answer_together,
    bare_llama,
    bare_seconds_per_token,
    decode_one_by_one,
    first_token_seconds,
    generate_with_pace,
    seconds_per_token,
    short_prompt,
    tokens_per_second,
)
from eval.bench.sections import Progress, Row, Section, median, ratio_of_medians, ratio_of_sums
from eval.bench.setting import MAX_PAPERS, Setting
from eval.bench.systems import whole_abstracts

_DRAFT_TOKENS = 2
_AT_ONCE = 4
_GROWTH_QUESTIONS = 5
# In mixed order, so that prompts follow shorter as well as longer ones.
_PAPERS = (5, 1, MAX_PAPERS, 2, 3)
_BARE_TOKENS = 256


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds to the first token by number of papers, for the plot.

    Attributes:
        cached: by the assistant's engine with papers in the reading cache; several values each.
        uncached: by llama-cpp-python with whole abstracts; one value each.
    """

    cached: dict[int, list[float]]
    uncached: dict[int, list[float]]


def deciding(setting: Setting, progress: Progress) -> Section:
    """Measure the first token with an answerability decision, by probe or prompt, and without."""
    decide_prompts, answer_prompts = setting.prompts("decide"), setting.prompts("answer")
    undecided: list[float] = []
    by_probe: list[float] = []
    by_prompt: list[float] = []
    with setting.engine() as one, setting.engine() as two, setting.engine() as three:
        pairs = zip(decide_prompts, answer_prompts, strict=True)
        for done, (decide_prompt, prompt) in enumerate(pairs):
            progress(done, len(answer_prompts))
            start = time.perf_counter()
            completion = one.generate(prompt, max_tokens=1)
            undecided.append(first_token_seconds(completion, start))
            start = time.perf_counter()
            _, completion = two.read_and_generate(prompt, read_question_state, max_tokens=1)
            by_probe.append(first_token_seconds(completion, start))
            start = time.perf_counter()
            *_, completion = three.score_and_generate(decide_prompt, read_yes, prompt, max_tokens=1)
            by_prompt.append(first_token_seconds(completion, start))
    # The first question also loads the shared prefix.
    undecided, by_probe, by_prompt = undecided[1:], by_probe[1:], by_prompt[1:]
    rows = (
        Row("first token, without a decision", median(undecided)),
        Row("first token, decision by the probe", median(by_probe)),
        Row("added by the probe", _difference(by_probe, undecided), "< 0.3 s"),
        Row("first token, decision by a prompt (for models without a probe)", median(by_prompt)),
        Row("added by the prompt", _difference(by_prompt, undecided)),
    )
    about = f"The engine alone, papers cached; {len(undecided)} questions, the variants in turns."
    return Section("Deciding answerability", about, rows)


def _difference(seconds: Sequence[float], baseline: Sequence[float]) -> str:
    return median([b - a for a, b in zip(baseline, seconds, strict=True)])


def writing(setting: Setting, progress: Progress) -> Section:
    """Measure decoding, with and without prompt lookup, and by bare llama.cpp."""
    prompts = setting.prompts("answer")
    ours: list[float] = []
    drafted: list[float] = []
    undrafted: list[float] = []
    bare: list[float] = []
    same = accepted = generated = 0
    # With this type, decoding several tokens in a batch is bit-identical to decoding each alone.
    with_drafts = replace(setting.tuning(), kv_type="q8_0", draft_tokens=_DRAFT_TOKENS)
    with (
        setting.engine() as engine,
        setting.engine(with_drafts) as drafting,
        setting.engine(replace(with_drafts, draft_tokens=0)) as not_drafting,
        bare_llama(setting) as llama,
    ):
        for done, prompt in enumerate(prompts):
            progress(done, len(prompts))
            _, completion, pace = generate_with_pace(engine, prompt)
            text, drafting_completion, drafted_pace = generate_with_pace(drafting, prompt)
            other_text, _, undrafted_pace = generate_with_pace(not_drafting, prompt)
            tokens = completion.usage.completion_tokens
            if tokens < 2:
                continue
            ours.append(pace)
            drafted.append(drafted_pace)
            undrafted.append(undrafted_pace)
            bare.append(bare_seconds_per_token(llama, prompt, tokens))
            same += text == other_text
            accepted += drafting_completion.usage.accepted_draft_tokens
            generated += drafting_completion.usage.completion_tokens
    rows = (
        Row("seconds per token, the assistant", median(ours)),
        Row("seconds per token, bare llama.cpp", median(bare)),
        Row("bare / assistant", f"{ratio_of_sums(bare, ours)} times", ">= 1.3"),
        Row("seconds per token, KV cache in q8_0", median(undrafted)),
        Row(f"seconds per token, q8_0 with drafts of {_DRAFT_TOKENS}", median(drafted)),
        Row("without drafts / with drafts", f"{ratio_of_sums(undrafted, drafted)} times"),
        Row("accepted draft tokens", f"{accepted} of {generated}"),
        Row("identical answers with and without drafts", f"{same} of {len(ours)}", "all"),
    )
    about = (
        f"Answers to {len(ours)} questions, up to {ANSWER_TOKENS} tokens each, after the first "
        "token, the variants in turns. *Bare* decodes the same prompt, then one token at a time, "
        "with llama.cpp's default of repacked weights."
    )
    return Section("Decoding", about, rows)


def together(setting: Setting, progress: Progress) -> Section:
    """Measure answering four questions at the same time against one after another."""
    prompts = setting.prompts("answer")
    groups = [prompts[i : i + _AT_ONCE] for i in range(0, len(prompts), _AT_ONCE)]
    groups = [group for group in groups if len(group) == _AT_ONCE]
    in_turn: list[float] = []
    at_once: list[float] = []
    with setting.engine() as one, setting.engine() as other:
        for done, group in enumerate(groups):
            progress(done, len(groups))
            in_turn.append(seconds_per_token(answer_together(one, [prompt]) for prompt in group))
            at_once.append(seconds_per_token([answer_together(other, group)]))
    rows = (
        Row("one after another", tokens_per_second(in_turn)),
        Row(f"{_AT_ONCE} at the same time", tokens_per_second(at_once)),
        Row("ratio", f"{ratio_of_sums(in_turn, at_once)} times", ">= 1.8"),
    )
    about = (
        f"{len(groups)} groups of {_AT_ONCE} questions: prefill of the question and up to "
        f"{ANSWER_TOKENS} tokens each, papers cached."
    )
    return Section("Parallel questions", about, rows)


def growth(setting: Setting, progress: Progress) -> tuple[Section, Growth]:
    """Measure the first token by the number of papers in the prompt."""
    result = Growth({count: [] for count in _PAPERS}, {count: [] for count in _PAPERS})
    questions = setting.questions[:_GROWTH_QUESTIONS]
    with setting.engine() as engine:
        for done, question in enumerate(questions):
            progress(done, len(questions) + len(_PAPERS))
            papers = [ranked.paper for ranked in setting.found[question.id].papers]
            engine.cache_blocks(short_prompt(question.text, papers[:MAX_PAPERS])).result()
            for count in _PAPERS:
                prompt = short_prompt(question.text, papers[:count])
                start = time.perf_counter()
                seconds = first_token_seconds(engine.generate(prompt, max_tokens=1), start)
                result.cached[count].append(seconds)
    complete = whole_abstracts(setting, 1)
    question = questions[0]
    papers = [ranked.paper for ranked in setting.found[question.id].papers]
    for done, count in enumerate(_PAPERS):
        progress(len(questions) + done, len(questions) + len(_PAPERS))
        start = time.perf_counter()
        # Reversed, so that no prefix of the previous prompt can be reused.
        for _ in complete(question.text, papers[:count][::-1]):
            pass
        result.uncached[count].append(time.perf_counter() - start)
    ratio = ratio_of_medians(result.cached[MAX_PAPERS], result.cached[1])
    counts = sorted(_PAPERS)
    rows = (
        *(Row(f"first token, {count} cached", median(result.cached[count])) for count in counts),
        Row(f"{MAX_PAPERS} cached / 1 cached", f"{ratio} times", "< 1.15"),
        *(
            Row(
                f"first token, {count} uncached",
                f"{intervals.readable(result.uncached[count][0])} s",
            )
            for count in counts
        ),
    )
    about = (
        f"The engine alone. *Cached*: {SENTENCES_SHOWN} sentences of each paper, from the reading "
        f"cache; {len(questions)} questions. *Uncached*: whole abstracts by "
        "`Llama.create_chat_completion`; one question."
    )
    return Section("First token by number of papers", about, rows), result


def bare(setting: Setting, progress: Progress) -> Section:
    """Measure llama.cpp alone: prefill in large batches, decoding token by token."""
    progress(0, 1)
    with bare_llama(setting) as llama:
        text = " ".join(paper.abstract for paper in setting.assistant.papers()[:20])
        tokens = llama.model.tokenize(text, special=False)[:_BARE_TOKENS]
        start = time.perf_counter()
        llama.decode([BatchToken(token, i, 0) for i, token in enumerate(tokens)])
        prefill = len(tokens) / (time.perf_counter() - start)
        decoding = 1 / decode_one_by_one(llama, tokens, ANSWER_TOKENS)
    rows = (
        Row(f"prefill of {len(tokens)} tokens", f"{intervals.readable(prefill)} tokens/s"),
        Row(f"decoding of {ANSWER_TOKENS} tokens", f"{intervals.readable(decoding)} tokens/s"),
    )
    return Section("Bare llama.cpp", "One measurement, for reference.", rows)
