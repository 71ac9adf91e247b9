"""Training examples for the probes: the probe inputs for closed questions.

See `assistant.evaluation.calibration`.
"""

from assistant.answering.answerability import AnswerabilityExample
from assistant.answering.closed.refine import refine_retrieval
from assistant.answering.context import AnswerContext
from assistant.answering.question.collection_question import parse_collection_question
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.question.verdict import VerdictScale, VerdictScores
from assistant.papers import Paper
from assistant.retrieval import Retrieval, retrieve


def answerability_example(context: AnswerContext, question: str) -> AnswerabilityExample | None:
    """Return the state from which the probe scores the answerability of a question.

    None if the probe does not apply: the question asks for a verdict, is about two papers or about
    the collection, or has no evidence, or the probe input is not available.
    """
    if parse_collection_question(question):
        return None
    scale, retrieval = _refined(context, question)
    if scale or retrieval.ambiguity == "two" or not retrieval.evidence:
        return None
    papers = dict.fromkeys(one.paper for one in retrieval.evidence)
    state = context.model.question_state(question, retrieval.evidence)
    return None if state is None else AnswerabilityExample(tuple(papers), state)


def verdict_example(context: AnswerContext, question: str) -> tuple[Paper, VerdictScores] | None:
    """Return the paper that a verdict is based on, and the scores it is chosen from.

    None if the question does not ask for a verdict, is about two papers, or has no evidence.
    """
    if parse_collection_question(question):
        return None
    scale, retrieval = _refined(context, question)
    if scale is None or retrieval.ambiguity == "two" or not retrieval.evidence:
        return None
    _, scores = context.model.score_verdicts(question, retrieval.evidence, scale)
    return retrieval.evidence[0].paper, scores


def _refined(context: AnswerContext, question: str) -> tuple[VerdictScale | None, Retrieval]:
    found = retrieve(context.library, question, context.settings, context.scope)
    context.timer.mark_retrieved()
    return refine_retrieval(context, context.model, QuestionPlan(question, "fact", question), found)
