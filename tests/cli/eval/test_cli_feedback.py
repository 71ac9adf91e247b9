"""``assistant eval feedback``: feedback in the chat becomes a question set."""

from contextlib import closing
from pathlib import Path

from command_line import Run

from assistant.answering import Answer, AnswerSentence, Citation, Timings
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.exchange_store import save_new
from assistant.evaluation import load_questions
from assistant.library import Conversations, Feedback
from assistant.library.conversations import FILE_NAME
from assistant.papers import Paper
from assistant.retrieval import Evidence, RankedPaper
from assistant.text.sentences import Span


def _rate(folder: Path, question: str, feedback: Feedback) -> None:
    paper = Paper(title="Dough", abstract="It rises 4 mm.")
    evidence = Evidence(paper, Span(0, 14), 1.0)
    answer = Answer(
        question=question,
        standalone_question=question,
        sentences=(AnswerSentence("It rises 4 mm.", (1,), supported=True),),
        citations=(Citation(1, evidence),),
        evidence=(evidence,),
        papers=(RankedPaper(paper, 1.0),),
        abstained=False,
        confidence=0.9,
        timings=Timings(0, 0, 0, 0, 0, 0),
        model="m@1",
        library="l",
    )
    with closing(Conversations(folder / FILE_NAME)) as conversations:
        conversation = conversations.start("", question).id
        saved = save_new(conversations, conversation, Exchange(question).with_event(answer))
        conversations.save_feedback(conversation, saved.number, feedback)


def test_rated_answers_are_written_as_questions(
    run: Run, library_folder: Path, tmp_path: Path
) -> None:
    _rate(library_folder, "How far does dough rise?", Feedback(helpful=True))
    _rate(library_folder, "And bread?", Feedback(helpful=False, correction="5 mm"))
    file = tmp_path / "mine.jsonl"

    written = run("eval", "feedback", "--out", file)

    assert "2 questions written" in written.err
    assert {question.kind for question in load_questions(file)} == {"explain", "number"}
    assert run("eval", "feedback", "--out", file).code == 2  # the file exists


def test_library_without_feedback_is_rejected_with_a_hint(
    run: Run, library_folder: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        outcome = run("eval", "feedback", "--out", tmp_path / "mine.jsonl")
        assert outcome.code == 2
        assert "in the chat" in outcome.err
        Conversations(library_folder / FILE_NAME).close()
    assert not (tmp_path / "mine.jsonl").exists()
