"""Part ``answers``: time from question to answer, the assistant and its peers in turns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.answering.prompt_blocks import whole_block
from assistant.errors import InputError
from assistant.evaluation.evaluate import Ask, make_ask
from assistant.llm import render_prompt
from assistant.models import locate
from assistant.papers import Paper
from eval.bench.sections import Progress, Row, Section, median, ratio_of_medians
from eval.bench.setting import Setting
from eval.peers.langchain_recipe import LANGCHAIN
from eval.peers.recipe import Answerer, Parts, Reply
from eval.peers.systems import make_peer_ask, package_versions

_WARM, _COLD, _LANGCHAIN, _PLAIN = (
    "assistant, warm cache",
    "assistant, cold cache",
    "LangChain recipe",
    "whole abstracts",
)
_PAPERS = 3
# Target ratios by peer, variant of the assistant, and timing.
_TARGETS = {
    (_LANGCHAIN, _WARM, "first_token_s"): ">= 10",
    (_LANGCHAIN, _COLD, "first_token_s"): ">= 2.5",
    (_LANGCHAIN, _WARM, "total_s"): ">= 4",
}


def answers(setting: Setting, progress: Progress) -> Section:
    """Ask each system each question, in turns."""
    with ExitStack() as stack:
        systems, missing = _systems(setting, stack)
        timings: dict[str, list[Mapping[str, Any]]] = {name: [] for name in systems}
        for ask in systems.values():
            ask(setting.questions[0])  # loads what each system loads on first use
        for done, question in enumerate(setting.questions[1:], 1):
            progress(done - 1, len(setting.questions) - 1)
            for name, ask in systems.items():
                timings[name].append(ask(question))
        progress(1, 1)
    n = len(setting.questions) - 1
    about = (
        f"{n} questions, each asked of one system after the other, with the same weights, embedder "
        f"and threads. *{_PLAIN}*: `Llama.create_chat_completion` with the whole abstracts of the "
        f"{_PAPERS} best papers. A ratio is the peer's median divided by the assistant's."
    )
    return Section("From question to answer", f"{about}{missing}", _rows(timings))


def _rows(timings: Mapping[str, list[Mapping[str, Any]]]) -> tuple[Row, ...]:
    rows = []
    for timing, title in (("first_token_s", "first token"), ("total_s", "whole answer")):
        seconds = {
            name: [float(record["timings"][timing]) for record in records]
            for name, records in timings.items()
        }
        rows += [Row(f"{title}, {name}", median(values)) for name, values in seconds.items()]
        for peer in (_LANGCHAIN, _PLAIN):
            for ours in (_WARM, _COLD):
                if peer in seconds:
                    ratio = ratio_of_medians(seconds[peer], seconds[ours])
                    target = _TARGETS.get((peer, ours, timing), "")
                    rows.append(Row(f"{title}, {peer} / {ours}", f"{ratio} times", target))
    abstained = sum(bool(record["abstained"]) for record in timings[_WARM])
    rows.append(Row("abstentions of the assistant", str(abstained)))
    return tuple(rows)


def _systems(setting: Setting, stack: ExitStack) -> tuple[dict[str, Ask], str]:
    """Return the systems by name, and a sentence about a peer that is not installed."""
    folder = Path(stack.enter_context(TemporaryDirectory()))
    cold = setting.cold()
    stack.callback(cold.unload)
    settings = setting.assistant.settings
    systems = {_WARM: make_ask(setting.assistant), _COLD: make_ask(cold)}
    missing = ""
    parts = Parts(
        papers=setting.assistant.papers(),
        embedder=locate(settings.embedder),
        model=locate(settings.model),
        threads=setting.threads,
        context_tokens=settings.context_tokens,
        max_answer_tokens=settings.max_answer_tokens,
        folder=folder,
    )
    try:
        package_versions(LANGCHAIN)
    except InputError:
        missing = " LangChain was left out, since its packages are not installed here."
    else:
        systems[_LANGCHAIN] = make_peer_ask(LANGCHAIN.build(parts))
    systems[_PLAIN] = make_peer_ask(_plain_answerer(setting, parts))
    return systems, missing


def _plain_answerer(setting: Setting, parts: Parts) -> Answerer:
    complete = whole_abstracts(setting, parts.max_answer_tokens)

    def answer(question: str) -> Reply:
        papers = [ranked.paper for ranked in setting.assistant.search(question).papers[:_PAPERS]]
        return Reply(tuple(paper.title for paper in papers), complete(question, papers))

    return answer


def whole_abstracts(
    setting: Setting, max_tokens: int
) -> Callable[[str, Sequence[Paper]], Iterator[str]]:
    """Load the model with llama-cpp-python; return a function that answers from whole abstracts."""
    from llama_cpp import Llama

    llama = Llama(
        setting.model_path,
        n_ctx=setting.assistant.settings.context_tokens,
        n_batch=512,
        n_threads=setting.threads,
        n_threads_batch=setting.threads,
        verbose=False,
    )

    def complete(question: str, papers: Sequence[Paper]) -> Iterator[str]:
        system, user = render_prompt("answer", question=question).messages
        abstracts = "\n".join("".join(whole_block(paper).pieces()) for paper in papers)
        messages: list[Any] = [
            {"role": "system", "content": system.content},
            {"role": "user", "content": f"{abstracts}\n{user.content}"},
        ]
        chunks: Any = llama.create_chat_completion(
            messages, temperature=0, max_tokens=max_tokens, stream=True
        )
        return (chunk["choices"][0]["delta"].get("content") or "" for chunk in chunks)

    return complete
