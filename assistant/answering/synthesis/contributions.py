"""Writes what each paper contributes to a topic: one checked sentence per paper.

The model is not shown the question. Asked it, it answered in the paper's name what the paper does
not say ("The authors argue that more training data is not always better, as ...").

The prompt makes the model begin each sentence with "The authors", so that it writes about the
paper's own work. That subject is replaced by the authors' names after the sentence is checked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.closed.generate import GenerationEvent, generate_answer
from assistant.answering.events import SentenceWritten, TokenWritten
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.model_client import ModelClient
from assistant.llm import ANSWERS_AT_ONCE, Completion
from assistant.papers import Paper
from assistant.papers.references import narrative_citation
from assistant.retrieval import Evidence
from assistant.text.instructions import title_without_instructions
from assistant.text.titles import short_title

# contribution.jinja asks for at most 40 words, which are 50 to 80 tokens.
_SENTENCE_TOKENS = 90


def write_contributions(
    model: ModelClient,
    topic: str,
    evidence: Sequence[Sequence[Evidence]],
    grounder: Grounder,
) -> Iterator[GenerationEvent]:
    """Yield the events of one sentence for each paper; sentences are generated in batches.

    A sentence that fails its checks is replaced by a quotation of the paper's best sentence.

    Args:
        model: writes the sentences.
        topic: what the question is about.
        evidence: the sentences of each paper.
        grounder: of the whole answer; each sentence is checked against its own paper only.
    """
    for start in range(0, len(evidence), ANSWERS_AT_ONCE):
        batch = evidence[start : start + ANSWERS_AT_ONCE]
        started = [_start(model, topic, own) for own in batch]
        for own, completion in zip(batch, started, strict=True):
            yield from _events(
                model, completion, grounder.for_part(grounder.question, own), own[0].paper
            )


def with_author_names(text: str, paper: Paper) -> str:
    """Return a sentence about a paper with its authors' names as the subject."""
    return _with_subject(text, _opening(paper), _names(paper))


def without_author_names(text: str, paper: Paper) -> str:
    """Return a sentence about a paper as the model wrote it; the inverse of `with_author_names`."""
    return _with_subject(text, _names(paper), _opening(paper))


def _with_subject(text: str, old: str, new: str) -> str:
    """Return a text with the subject at its beginning replaced, if it is the old one."""
    has_subject = text == old or text.startswith(f"{old} ")
    return new + text.removeprefix(old) if has_subject else text


def _opening(paper: Paper) -> str:
    """Return the words with which the model begins a sentence about a paper."""
    return "The author" if len(paper.authors) == 1 else "The authors"


def _names(paper: Paper) -> str:
    title = short_title(title_without_instructions(paper.title))
    return narrative_citation(paper) or f"The authors of “{title}”"


def _events(
    model: ModelClient, completion: Completion, grounder: Grounder, paper: Paper
) -> Iterator[GenerationEvent]:
    is_finished = has_sentence = False
    for event in generate_answer(model, completion, grounder, max_tokens=_SENTENCE_TOKENS):
        if isinstance(event, TokenWritten):
            yield TokenWritten(with_author_names(event.text, paper))
        # The model may write more than the one sentence it was asked for. What follows a dropped
        # sentence does not take its place: it may refer to it.
        elif not is_finished:
            is_finished = True
            if isinstance(event, SentenceWritten):
                has_sentence = True
                text = with_author_names(event.sentence.text, paper)
                event = replace(event, sentence=replace(event.sentence, text=text))
            yield event
    if not has_sentence:
        yield grounder.quote_best()


def _start(model: ModelClient, topic: str, own: Sequence[Evidence]) -> Completion:
    prompt = model.prompt("contribution", topic, own, opening=_opening(own[0].paper))
    return model.start(prompt, _SENTENCE_TOKENS)
