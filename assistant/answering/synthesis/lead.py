"""The lead of a synthesis: the answer in a sentence, and what the groups below it are.

The answer is written by the model from the sentences about the papers, and kept only if it passes
the checks against all their evidence. What the groups are is composed: nothing in it can be wrong
that is not wrong below.
"""

from collections.abc import Sequence

from assistant.answering.answer import AnswerSentence
from assistant.answering.events import SentenceWritten
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.model_client import ModelClient
from assistant.answering.synthesis.groups import Group
from assistant.llm import Completion
from assistant.retrieval import Evidence
from assistant.text.sentences import sentence_spans
from assistant.text.words import content_stems

# A sentence of 35 words, the most that lead.jinja asks for, has 45 to 70 tokens.
_SENTENCE_TOKENS = 80
# One word in common may be chance.
_MIN_WORDS = 2


def start_lead(model: ModelClient, question: str, sentences: Sequence[str]) -> Completion:
    """Start to write the sentence that answers a question from the sentences about the papers."""
    return model.start(model.prompt("lead", question, (), sentences=sentences), _SENTENCE_TOKENS)


def finish_lead(
    model: ModelClient,
    question: str,
    completion: Completion | None,
    evidence: Sequence[Evidence],
    grounder: Grounder,
) -> list[AnswerSentence]:
    """Return the started sentence if it passes its checks, else none; see `check_lead`.

    None is started about a single group: its sentences are read as quickly.
    """
    if completion is None:
        return []
    text = "".join(completion).strip()
    model.timer.count(completion.usage)
    return check_lead(text, question, evidence, grounder)


def check_lead(
    text: str, question: str, evidence: Sequence[Evidence], grounder: Grounder
) -> list[AnswerSentence]:
    """Return a sentence with its citations; none if it is not one sentence, or fails a check.

    It cites the sentences that it is made of. If these are of one paper, it says of all what one
    does.

    Args:
        text: what the model wrote.
        question: that it answers.
        evidence: of all the papers.
        grounder: of the whole answer, which numbers the citations.
    """
    if not text.endswith((".", "!", "?")) or len(sentence_spans(text)) != 1:
        return []
    event = Grounder(question, evidence, grounder.embedder, checks=grounder.checks).check(text)
    if not isinstance(event, SentenceWritten) or event.sentence.text != text:
        return []  # dropped, or replaced by a quotation
    if not event.sentence.supported:
        return []
    sources = _sources(text, question, evidence)
    if len(sources) < 2:
        return []
    return [AnswerSentence(text, tuple(map(grounder.cite, sources)), supported=True)]


def _sources(text: str, question: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the sentences that together have the words of a text; one a paper, the best first.

    Each has words that neither the question nor the sentences before it have.
    """
    missing = content_stems(text) - content_stems(question)
    words = {one: content_stems(one.text) for one in evidence}
    sources: list[Evidence] = []
    while words:
        best = max(words, key=lambda one: len(words[one] & missing))
        found = words[best] & missing
        if len(found) < _MIN_WORDS:
            break
        sources.append(best)
        missing -= found
        words = {one: own for one, own in words.items() if one.paper != best.paper}
    return sources


def composed_lead(groups: Sequence[Group], papers: int, further: int) -> AnswerSentence:
    """Return a sentence that says how many papers there are and names the groups.

    Args:
        groups: of the sentences about the papers.
        papers: the number of these sentences.
        further: the number of papers that belong but got none.
    """
    count = "One paper addresses" if papers == 1 else f"{papers} papers address"
    headings = [group.heading for group in groups if group.heading]
    if headings:
        *first, last = headings
        text = f"{count} this, in {len(headings)} groups: {'; '.join(first)}; and {last}."
    else:
        text = f"{count} this."
    if further:
        text = f"{text[:-1]} ({further} more below)."
    return AnswerSentence(text, (), supported=True)
