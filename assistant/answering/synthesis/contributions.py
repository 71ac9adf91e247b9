"""What each paper contributes to a question: one checked sentence a paper.

The model begins each sentence with "The authors", which makes it write about the paper's work. That
subject is replaced by their names once the sentence is checked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering.answer import SentenceWritten, TokenWritten
from assistant.answering.closed.generate import GenerationEvent, generate_answer
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.model_client import ModelClient
from assistant.llm import ANSWERS_AT_ONCE, Completion
from assistant.papers import Paper
from assistant.papers.references import narrative_citation
from assistant.retrieval import Evidence
from assistant.text.instructions import readable_title
from assistant.text.titles import short_title

# A sentence of 40 words, the most that contribution.jinja asks for, has 50 to 80 tokens.
_SENTENCE_TOKENS = 90


@dataclass(frozen=True, slots=True)
class _Subject:
    """The subject of the sentence about a paper.

    Attributes:
        written: what the model's sentence begins with.
        shown: what replaces it.
    """

    written: str
    shown: str

    def replaced(self, text: str) -> str:
        """Return a text with its subject replaced."""
        return self.shown + text.removeprefix(self.written) if self.begins(text) else text

    def begins(self, text: str) -> bool:
        """Return whether a text begins with the subject, and not with part of a longer one."""
        return text == self.written or text.startswith(f"{self.written} ")


def write_contributions(
    model: ModelClient,
    question: str,
    evidence: Sequence[Sequence[Evidence]],
    grounder: Grounder,
) -> Iterator[GenerationEvent]:
    """Yield the events of one sentence for each paper; several are generated in one batch.

    A sentence that fails its checks is replaced by a quotation of the paper's best sentence.

    Args:
        model: writes the sentences.
        question: that is asked of each paper.
        evidence: of each paper.
        grounder: checks the sentences, each against its own paper alone.
    """
    for start in range(0, len(evidence), ANSWERS_AT_ONCE):
        batch = evidence[start : start + ANSWERS_AT_ONCE]
        subjects = [_subject(own[0].paper) for own in batch]
        started = [
            _start(model, question, own, subject.written)
            for own, subject in zip(batch, subjects, strict=True)
        ]
        for own, subject, completion in zip(batch, subjects, started, strict=True):
            own_grounder = grounder.for_part(question, own)
            yield from _events(model, completion, own_grounder, subject)


def without_names(text: str, paper: Paper) -> str:
    """Return the sentence about a paper as the model wrote it, without names in its subject."""
    subject = _subject(paper)
    return (
        subject.written + text.removeprefix(subject.shown)
        if text.startswith(subject.shown)
        else text
    )


def _events(
    model: ModelClient, completion: Completion, grounder: Grounder, subject: _Subject
) -> Iterator[GenerationEvent]:
    has_sentence = False
    for event in generate_answer(model, completion, grounder, max_tokens=_SENTENCE_TOKENS):
        if isinstance(event, TokenWritten):
            yield TokenWritten(subject.replaced(event.text))
        elif not has_sentence:  # the model may write more than the one sentence it was asked for
            has_sentence = isinstance(event, SentenceWritten)
            text = subject.replaced(event.sentence.text)
            yield replace(event, sentence=replace(event.sentence, text=text))
    if not has_sentence:
        yield grounder.quote(max(grounder.evidence, key=lambda one: one.score))


def _start(model: ModelClient, question: str, own: Sequence[Evidence], opening: str) -> Completion:
    prompt = model.prompt("contribution", question, own, opening=opening)
    return model.start(prompt, _SENTENCE_TOKENS)


def _subject(paper: Paper) -> _Subject:
    written = "The author" if len(paper.authors) == 1 else "The authors"
    title = short_title(readable_title(paper.title))
    return _Subject(written, narrative_citation(paper) or f"The authors of “{title}”")
