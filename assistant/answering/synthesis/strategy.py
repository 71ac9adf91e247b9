"""Answering a question that needs several papers, by map-reduce.

1. Score: candidates are the papers most similar to the question. The model scores their relevance,
   in batches, until a batch has no relevant paper.
2. Map: for each of the best papers, the model writes one sentence on what it contributes to the
   topic. The sentence is checked against that paper only. Sentences about the best papers of a
   batch are written before the next batch is scored.
3. Reduce: the sentences are clustered by their embeddings, and the model writes a heading for each
   group. The lead consists of a sentence that answers the question and one that counts the papers.

Sentences are yielded in the order in which they are written; in the `Answer` they are grouped.
Further relevant papers are folded behind "show all", by their titles.

Design notes: docs/design/broad-questions.md
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from assistant.answering.answer import Answer, AnswerSentence
from assistant.answering.context import AnswerContext
from assistant.answering.events import AnswerEvent, EvidenceFound, PapersChecked, SentenceWritten
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.model_client import ModelClient
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.rendering.citation_list import renumbered
from assistant.answering.synthesis.composition import compose
from assistant.answering.synthesis.contributions import without_author_names, write_contributions
from assistant.answering.synthesis.groups import group_papers
from assistant.answering.synthesis.headings import finish_headings, start_headings
from assistant.answering.synthesis.lead import finish_lead, start_lead
from assistant.answering.synthesis.relevance import BATCH_SIZE, PaperFeatures, score_relevance
from assistant.llm import ANSWERS_AT_ONCE
from assistant.models import Probe
from assistant.papers import Paper
from assistant.retrieval import Evidence, RankedPaper

# The maximum number of papers that get a sentence of their own, and of words in these sentences.
# People do not read longer answers.
_MAX_PAPERS = 8
_MAX_WORDS = 250
# The minimum probability at which a paper counts as relevant; it has the best F1 on held-out
# questions. `assistant eval calibrate --questions broad` prints it.
_MIN_PROBABILITY = 0.25
# After this many candidates, a batch without a relevant one is the last.
_MIN_SCORED = 16
# While candidates are left to score, only papers that are more likely relevant than not get a
# sentence: a more relevant one may follow.
_MIN_EARLY_PROBABILITY = 0.5


@dataclass(frozen=True, slots=True)
class _ScoredPaper:
    """A candidate: all its sentences, and the probability that it contributes."""

    evidence: tuple[Evidence, ...]
    probability: float

    @property
    def paper(self) -> Paper:
        return self.evidence[0].paper

    def best_sentence(self) -> Evidence:
        """Return the sentence that is most similar to the question."""
        return max(self.evidence, key=lambda one: one.score)


@dataclass(slots=True)
class _Draft:
    """The sentences written so far.

    Attributes:
        papers: the papers about which a sentence was requested.
        evidence: all sentences of their abstracts.
        sentences: what the papers contribute, in the order of `papers`.
    """

    papers: list[Paper] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    sentences: list[AnswerSentence] = field(default_factory=list)

    def write(
        self,
        model: ModelClient,
        topic: str,
        chosen: Sequence[_ScoredPaper],
        ranked: tuple[RankedPaper, ...],
        grounder: Grounder,
    ) -> Iterator[AnswerEvent]:
        """Write a sentence about each chosen paper; yield events, starting with the evidence."""
        self.papers += [one.paper for one in chosen]
        self.evidence += [sentence for one in chosen for sentence in one.evidence]
        yield EvidenceFound(ranked, tuple(self.evidence))
        for event in write_contributions(model, topic, [one.evidence for one in chosen], grounder):
            yield event
            if isinstance(event, SentenceWritten):
                self.sentences.append(event.sentence)

    def cut(self, max_words: int) -> None:
        """Drop the last papers and their sentences, so that the rest has at most so many words.

        The first one is kept, however long it is.
        """
        words = accumulate(len(one.text.split()) for one in self.sentences)
        kept = max(1, sum(total <= max_words for total in words))
        del self.papers[kept:], self.sentences[kept:]


def answer_with_synthesis(context: AnswerContext, plan: QuestionPlan) -> Iterator[AnswerEvent]:
    """Answer a question from several papers; yield events, ending with the `Answer`."""
    question = _question_to_score(plan)
    library, model = context.library, context.model
    grounder = Grounder(
        question,
        (),
        library.embedder,
        search_text=plan.search_text,
        keep_echoes=True,
        checks=context.settings.enabled_checks,
    )
    draft, scored = _Draft(), []
    progress = PapersChecked(0, 0, 0)
    for step in score_relevance(library, model, question, plan.topic, context.scope):
        if isinstance(step, PapersChecked):
            progress = step
            if step.done == 0:
                context.timer.mark_retrieved()
                yield step
            continue
        probe = model.calibration.relevance_probe
        scored = _by_probability(step, probe)
        found = sum(one.probability >= _MIN_PROBABILITY for one in scored)
        yield replace(progress, found=found)
        is_last = progress.done == progress.total or (
            progress.done >= _MIN_SCORED
            and not any(one.probability(probe) >= _MIN_PROBABILITY for one in step[-BATCH_SIZE:])
        )
        room, min_probability = _MAX_PAPERS - len(draft.papers), _MIN_PROBABILITY
        if not is_last:
            # No more sentences than fit in one generation batch.
            room, min_probability = min(room, ANSWERS_AT_ONCE), _MIN_EARLY_PROBABILITY
        if chosen := _without_sentence(scored, draft, min_probability)[:room]:
            ranked = _relevant_papers(scored, draft)
            yield from draft.write(model, plan.topic, chosen, ranked, grounder)
        if is_last:
            break
    ranked = _relevant_papers(scored, draft)
    if not draft.papers:
        yield _abstention(context, plan, ranked)
        return
    draft.cut(_MAX_WORDS)
    further = _without_sentence(scored, draft, _MIN_PROBABILITY)
    texts = [one.text for one in draft.sentences]
    groups = group_papers(draft.papers, texts, library.embedder)
    plain = list(map(without_author_names, texts, draft.papers))
    # They have the beginning of their prompts in common, so the model reads the sentences once.
    grouped = [[plain[member] for member in group.members] for group in groups]
    lead = start_lead(model, question, grouped) if len(groups) > 1 else None
    headings = start_headings(model, question, grouped)
    answered = finish_lead(model, question, lead, draft.evidence, grounder)
    groups = finish_headings(model, question, headings, groups, texts, draft.papers)
    written = [one.probability for one in scored if one.paper in draft.papers]
    best = [one.best_sentence() for one in further]
    sentences = compose(answered, groups, draft.sentences, best, grounder)
    # They were written in another order, and some may have been cut.
    sentences, citations = renumbered(sentences, grounder.citations)
    yield context.answer(
        plan,
        sentences,
        citations,
        papers=ranked,
        certainty=sum(written) / len(written),
    )


def _by_probability(candidates: Sequence[PaperFeatures], probe: Probe) -> list[_ScoredPaper]:
    """Return the candidates, most likely first."""
    scored = [_ScoredPaper(one.evidence, one.probability(probe)) for one in candidates]
    return sorted(scored, key=lambda one: -one.probability)


def _without_sentence(
    scored: Sequence[_ScoredPaper], draft: _Draft, min_probability: float
) -> list[_ScoredPaper]:
    """Return the candidates of at least a probability that have no sentence in the draft."""
    return [
        one
        for one in scored
        if one.probability >= min_probability and one.paper not in draft.papers
    ]


def _relevant_papers(scored: Sequence[_ScoredPaper], draft: _Draft) -> tuple[RankedPaper, ...]:
    """Return the relevant papers, most likely first; all candidates if none is relevant."""
    relevant = [
        one for one in scored if one.probability >= _MIN_PROBABILITY or one.paper in draft.papers
    ]
    return tuple(RankedPaper(one.paper, one.probability) for one in relevant or scored)


def _question_to_score(plan: QuestionPlan) -> str:
    """Return the question that each paper is scored for.

    A request such as "Give me a survey of the papers on tides" is not one that an abstract answers.
    """
    if plan.kind == "synthesis" and plan.question.rstrip().endswith("?"):
        return plan.question
    return f"What is the contribution to {plan.topic}?"


def _abstention(
    context: AnswerContext, plan: QuestionPlan, ranked: Sequence[RankedPaper]
) -> Answer:
    return context.answer(
        plan,
        [AnswerSentence("The abstracts do not answer this.", (), supported=True)],
        (),
        papers=ranked,
        abstained=True,
    )
