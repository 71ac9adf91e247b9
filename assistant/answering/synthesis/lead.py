"""The lead of a synthesis: a sentence that answers the question, and one that counts the papers.

The model writes the first sentence from the sentences about the papers. It is kept only if it
passes the checks against the evidence of all papers. The second sentence is filled in from the
counts, so it needs no check of its own.
"""

from collections.abc import Sequence

from assistant.answering.answer import AnswerSentence
from assistant.answering.events import SentenceWritten
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.model_client import ModelClient
from assistant.llm import Completion
from assistant.retrieval import Evidence
from assistant.text.sentence_stream import SentenceStream
from assistant.text.sentences import sentence_spans
from assistant.text.words import content_stems

# lead.jinja asks for at most 35 words, which are 45 to 70 tokens.
_SENTENCE_TOKENS = 80
# The minimum number of words in common with a source; a single one may be chance.
_MIN_WORDS = 2


def start_lead(model: ModelClient, question: str, grouped: Sequence[Sequence[str]]) -> Completion:
    """Start generating a sentence that answers a question from the sentences of each group."""
    return model.start(model.prompt("lead", question, (), groups=grouped), _SENTENCE_TOKENS)


def finish_lead(
    model: ModelClient,
    question: str,
    completion: Completion | None,
    evidence: Sequence[Evidence],
    grounder: Grounder,
) -> list[AnswerSentence]:
    """Return the started sentence if it passes its checks, else an empty list; see `check_lead`.

    Further sentences are not waited for. ``completion`` is None if there is only one group, whose
    few sentences need no lead.
    """
    if completion is None:
        return []
    return check_lead(_first_sentence(model, completion), question, evidence, grounder)


def _first_sentence(model: ModelClient, completion: Completion) -> str:
    stream = SentenceStream()
    for piece in completion:
        if sentences := stream.feed(piece):
            model.drop(completion)
            return sentences[0]
    model.timer.add_usage(completion.usage)
    return " ".join(stream.rest())


def check_lead(
    text: str, question: str, evidence: Sequence[Evidence], grounder: Grounder
) -> list[AnswerSentence]:
    """Return the sentence with its citations, or an empty list if it is not acceptable.

    It has to be exactly one sentence and to pass all checks. It cites the evidence sentences that
    its words come from. These have to be from at least two papers, since otherwise the sentence
    would state about all papers what only one of them says.

    Args:
        text: what the model wrote.
        question: that the text answers.
        evidence: the sentences of all papers.
        grounder: that of the whole answer, which numbers the citations.
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
    """Return the evidence sentences that a text draws on, at most one per paper, best first.

    They are chosen greedily by the number of words in common with the text. Words of the question
    and of the sentences already chosen do not count.
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


def summarise_groups(groups: int, papers: int, further: int) -> AnswerSentence:
    """Return a sentence that says how many papers and groups there are.

    Args:
        groups: the number of groups.
        papers: the number of papers with a sentence of their own.
        further: the number of relevant papers without one.
    """
    text = "One paper addresses this" if papers == 1 else f"{papers} papers address this"
    if groups > 1:
        text += f", in {groups} groups"
    if further:
        text += f" ({further} more below)"
    return AnswerSentence(f"{text}.", (), supported=True)
