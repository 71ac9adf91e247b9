"""Evaluation: question sets, runs, metrics with intervals, comparisons, sweeps and reports.

Example:
    >>> from assistant.evaluation import evaluate, load_questions
    >>> run = evaluate(assistant, load_questions("sample"))
    >>> print(run)
"""

from assistant.evaluation.comparison.compare import Comparison, compare
from assistant.evaluation.evaluate import Progress, answer_questions, evaluate
from assistant.evaluation.judge.grade import JudgeResult, judge_run
from assistant.evaluation.metrics import METRICS
from assistant.evaluation.metrics.measure import Metrics
from assistant.evaluation.question_sets import load_questions, question_name, shipped_sets
from assistant.evaluation.questions import Question, select
from assistant.evaluation.run import Run
from assistant.evaluation.verdict_runs import abstracts_of, evaluate_verdicts

__all__ = [
    "METRICS",
    "Comparison",
    "JudgeResult",
    "Metrics",
    "Progress",
    "Question",
    "Run",
    "abstracts_of",
    "answer_questions",
    "compare",
    "evaluate",
    "evaluate_verdicts",
    "judge_run",
    "load_questions",
    "question_name",
    "select",
    "shipped_sets",
]
