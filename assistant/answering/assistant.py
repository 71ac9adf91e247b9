"""The assistant: a library and a model behind one short chain of calls."""

import asyncio
import re
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from assistant.answering.abstain import abstention
from assistant.answering.answer import (
    Answer,
    AnswerEvent,
    AnswerSentence,
    EvidenceFound,
    PapersChecked,
    SentenceDropped,
    SentenceWritten,
    TokenWritten,
)
from assistant.answering.blocks import evidence_blocks, whole_block
from assistant.answering.clock import Clock
from assistant.answering.collection import Listed, list_papers
from assistant.answering.collection_compare import compared
from assistant.answering.collection_kind import CollectionQuestion, collection_question
from assistant.answering.collection_topic import Judge
from assistant.answering.decide import answer_probability
from assistant.answering.ground import Grounding, SentenceStream
from assistant.answering.loaded import LoadedModel
from assistant.answering.rerank import rerank
from assistant.answering.substance import says_something
from assistant.answering.table import Row, fill_rows
from assistant.answering.table_rows import KeptRows
from assistant.answering.verdict import (
    Scale,
    choose_verdict,
    verdict_scale,
    without_verdict,
)
from assistant.errors import InputError
from assistant.library import EVERYTHING, AddReport, Embedder, Library, PaperProgress, Scope
from assistant.llm import Completion, Engine, Prompt, prompts_fingerprint, render_prompt
from assistant.models import Calibration, calibration_of, fingerprint, locate
from assistant.papers import Paper, read_files, sample_papers
from assistant.retrieval import Evidence, Retrieval, narrow, retrieve
from assistant.settings import Settings, library_folder

OnProgress = Callable[[PaperProgress], None]

# A rewritten question is about as long as the longest that people ask.
_STANDALONE_TOKENS = 80
# A citation mark in an earlier answer: it says nothing about what was meant.
_MARK = re.compile(r"\s*\[\d+\]")
# How many earlier turns a follow-up may refer to.
_TURNS_REMEMBERED = 3
# An abstract that bears on a claim seldom states the verdict, and one that refutes it answers it,
# too; of two papers neither states the whole answer. Such questions are answered unless the model
# says clearly that nothing does: at this part of the threshold, by its share of yes as it is.
_LENIENCE = 0.4


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and its answer."""

    question: str
    answer: str


class Assistant:
    """Answers questions about the papers of one library. Any thread may call it."""

    def __init__(
        self, library: Library, settings: Settings, calibration: Calibration | None = None
    ) -> None:
        """Use `Assistant.open`, which finds the parts."""
        self.library = library
        self.settings = settings
        self._given_calibration = calibration
        self._loaded = LoadedModel(settings)

    @classmethod
    def open(
        cls,
        folder: str | Path | None = None,
        *,
        settings: Settings | None = None,
        samples: bool = True,
        calibration: Calibration | None = None,
        on_progress: OnProgress | None = None,
    ) -> "Assistant":
        """Open a library folder; make it, with the sample papers, if it is new.

        The model is loaded by the first question, or by `load`.

        Args:
            folder: the library; by default ``$ASSISTANT_LIBRARY`` or one in the user's data.
            settings: the default settings if not given.
            samples: whether a new library gets the sample papers.
            calibration: of the model; by default the one measured for it.
            on_progress: told how the indexing of papers goes.

        Raises:
            ModelError: the embedder is not on this machine.
            LibraryError: the folder cannot be used.
        """
        settings = settings or Settings()
        path = Path(folder).expanduser() if folder is not None else library_folder()
        embedder = Embedder(settings.embedder, locate(settings.embedder))
        library = Library(path, embedder, settings.chunk_word_pieces)
        assistant = cls(library, settings, calibration)
        library.repair(on_progress)
        if library.is_new:
            library.catalogue.set_meta("samples", "wanted" if samples else "not wanted")
        if library.catalogue.meta("samples") == "wanted":
            # Noted only when it is done: a cut on the way leaves them wanted.
            library.add(sample_papers(), on_progress)
            library.catalogue.set_meta("samples", "added")
        return assistant

    def with_settings(self, settings: Settings) -> "Assistant":
        """Return an assistant over the same library that has other settings.

        The two share the loaded model unless the settings are about it. Close one of them only,
        and `unload` the other if its model is another.
        """
        other = Assistant(self.library, settings, self._given_calibration)
        if self._loaded.serves(settings):
            other._loaded = self._loaded
        return other

    def unload(self) -> None:
        """Stop and free the model; the next question loads it again."""
        self._loaded.close()

    def close(self) -> None:
        """Stop the model and close the library."""
        self.unload()
        self.library.close()

    def __enter__(self) -> "Assistant":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- papers -------------------------------------------------------------------------------

    def add(self, *files: str | Path, on_progress: OnProgress | None = None) -> AddReport:
        """Add the papers in some files, folders or zips; the report says what became of each.

        Raises:
            InputError: a file is not there, or there are no papers in any.
        """
        return self.library.add(read_files(*files), on_progress)

    def papers(self) -> list[Paper]:
        """Return the papers of the library in the order in which they were added."""
        return self.library.catalogue.papers()

    def search(
        self, question: str, *, limit: int | None = None, scope: Scope = EVERYTHING
    ) -> Retrieval:
        """Return the ranked papers and the evidence for a question, without asking the model.

        Raises:
            InputError: the question, the library or the scope is empty.
        """
        settings = self.settings
        if limit is not None:
            settings = replace(settings, papers_ranked=limit)
        return retrieve(self.library, self._checked(question, scope), settings, scope)

    # -- questions ----------------------------------------------------------------------------

    def load(self) -> None:
        """Load the model and the embedder now, so that the first question does not wait."""
        self._model().wait_until_loaded()
        self.library.embedder.load()

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        scope: Scope = EVERYTHING,
        stop: threading.Event | None = None,
    ) -> Answer:
        """Return the answer to a question; see `stream`."""
        for event in self.stream(question, history, scope=scope, stop=stop):
            if isinstance(event, Answer):
                return event
        raise AssertionError("a stream ends with its answer")

    async def aask(
        self, question: str, history: Sequence[Turn] = (), *, scope: Scope = EVERYTHING
    ) -> Answer:
        """Return the answer to a question without blocking the event loop.

        Cancelling the task stops the model.
        """
        stop = threading.Event()
        try:
            return await asyncio.to_thread(self.ask, question, history, scope=scope, stop=stop)
        except asyncio.CancelledError:
            stop.set()
            raise

    async def astream(
        self, question: str, history: Sequence[Turn] = (), *, scope: Scope = EVERYTHING
    ) -> AsyncIterator[AnswerEvent]:
        """Yield the events of `stream` without blocking the event loop."""
        stop = threading.Event()
        events = self.stream(question, history, scope=scope, stop=stop)
        try:
            while (event := await asyncio.to_thread(next, events, None)) is not None:
                yield event
        finally:
            stop.set()

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        scope: Scope = EVERYTHING,
        stop: threading.Event | None = None,
    ) -> Iterator[AnswerEvent]:
        """Answer a question; yield what is known as soon as it is, and last the `Answer`.

        Args:
            question: in plain words.
            history: the earlier turns of the conversation, oldest first.
            scope: the papers that may answer; by default all.
            stop: set it from any thread to stop at once; leaving the iteration stops as well.

        Raises:
            InputError: the question is empty or too long, or there are no papers to ask.
            ModelError: the model is not on this machine.
            Cancelled: ``stop`` was set.
        """
        question = self._checked(question, scope)
        return self._stream(question, history, scope, stop or threading.Event())

    def _stream(
        self, question: str, history: Sequence[Turn], scope: Scope, stop: threading.Event
    ) -> Iterator[AnswerEvent]:
        clock = Clock()
        try:
            yield from self._answer(question, history, scope, stop, clock)
        except BaseException:
            stop.set()
            raise

    def _answer(
        self,
        question: str,
        history: Sequence[Turn],
        scope: Scope,
        stop: threading.Event,
        clock: Clock,
    ) -> Iterator[AnswerEvent]:
        """The chain of calls from a question to its answer."""
        self._model()  # begins to load, if it is not here yet, while papers are looked for
        standalone = self._standalone(question, history, stop, clock)
        asked = collection_question(standalone)
        if asked is not None and not asked.compares:
            yield from self._list(question, standalone, asked, scope, stop, clock)
            return
        retrieval = retrieve(self.library, standalone, self.settings, scope)
        if asked is not None:
            count = self.settings.evidence_sentences
            retrieval = compared(self.library, standalone, asked.sides, retrieval, count)
        clock.retrieved()
        yield EvidenceFound(retrieval.papers, retrieval.evidence)
        found = retrieval
        retrieval = self._rerank(standalone, found, stop, clock)
        scale = verdict_scale(standalone)
        if scale and retrieval.papers and retrieval.reach != "two":
            # What the sentences nearest to a claim leave out may overturn it.
            best = [retrieval.papers[0].paper]
            retrieval = narrow(self.library, standalone, retrieval, best, sys.maxsize)
        if retrieval is not found:
            yield EvidenceFound(retrieval.papers, retrieval.evidence)

        yes, begun = self._decide(standalone, scale, retrieval, stop, clock)
        lenient = scale is not None or retrieval.reach == "two"
        confidence = yes if lenient else answer_probability(yes, self.calibration())
        grounding = Grounding(standalone, retrieval.evidence, self.library.embedder)
        sentences: list[AnswerSentence] = []
        threshold = self.settings.abstention_threshold * (_LENIENCE if lenient else 1.0)
        if confidence >= threshold:
            for event in self._write(standalone, scale, retrieval, begun, grounding, stop, clock):
                if isinstance(event, SentenceWritten):
                    sentences.append(event.sentence)
                yield event
            if not (lenient or grounding.holds):
                confidence = answer_probability(yes, self.calibration(), hollow=True)
                if confidence >= threshold and retrieval.evidence and not grounding.has_quoted:
                    yield (event := grounding.instead())
                    sentences.append(event.sentence)
        elif begun:
            begun.drop()
        abstained = confidence < threshold or not sentences
        if abstained:
            grounding = Grounding(standalone, retrieval.evidence, self.library.embedder)
            sentences = abstention(retrieval.evidence, grounding)
        if retrieval.evidence:
            self._read_later(self._worth_reading(retrieval))
        yield Answer(
            question=question,
            standalone_question=standalone,
            sentences=tuple(sentences),
            citations=tuple(grounding.citations),
            evidence=retrieval.evidence,
            papers=retrieval.papers,
            abstained=abstained,
            confidence=confidence,
            timings=clock.timings(),
            model=self._model_used(),
            library=self.library.fingerprint(),
        )

    def _list(
        self,
        question: str,
        standalone: str,
        asked: CollectionQuestion,
        scope: Scope,
        stop: threading.Event,
        clock: Clock,
    ) -> Iterator[AnswerEvent]:
        """The chain for a question about the collection: see `collection.py`."""

        def yes_shares(papers: Sequence[Sequence[Evidence]]) -> list[float]:
            prompts = [self._prompt("belongs", asked.criterion, evidence) for evidence in papers]
            replies = self._model().word_shares_of(prompts, ("yes", "no"), stop=stop)
            for _, usage in replies:
                clock.count(usage)
            return [yes for (yes, _), _ in replies]

        judge = Judge(
            lambda shown: self._model().has_read(self._prompt("belongs", asked.criterion, shown)),
            yes_shares,
        )
        for event in list_papers(self.library, standalone, asked, judge, stop, scope):
            match event:
                case PapersChecked(done=0):
                    clock.retrieved()
                case SentenceWritten():
                    clock.token()
            if not isinstance(event, Listed):
                yield event
                continue
            yield Answer(
                question=question,
                standalone_question=standalone,
                sentences=event.sentences,
                citations=event.citations,
                evidence=event.evidence,
                papers=event.papers
                or retrieve(self.library, standalone, self.settings, scope).papers,
                abstained=not event.citations,
                confidence=event.confidence,
                timings=clock.timings(),
                model=self._model_used(),
                library=self.library.fingerprint(),
            )

    def _model_used(self) -> str:
        return f"{self.settings.model}@{fingerprint(self.settings.model)}"

    def read(
        self, on_progress: OnProgress | None = None, *, papers: Sequence[Paper] | None = None
    ) -> int:
        """Let the model read every paper that it has not read yet; questions come in between.

        A paper that was read is recalled in milliseconds when a question needs it.

        Args:
            on_progress: told how it goes.
            papers: which ones; all if not given.

        Returns:
            How many papers were read now.
        """
        papers = self.papers() if papers is None else papers
        count = 0
        for done, paper in enumerate(papers):
            if on_progress:
                on_progress(PaperProgress(done, len(papers)))
            count += self._read_later([paper]).result()
        if on_progress:
            on_progress(PaperProgress(len(papers), len(papers)))
        return count

    def table(self, columns: Sequence[str], papers: Sequence[Paper] | None = None) -> Iterator[Row]:
        """Yield a row a paper, filled by the model: each cell is checked, and has its quote.

        Rows are kept in the library: a table that was cut goes on where it was.

        Args:
            columns: what to say of each paper, such as "method".
            papers: in this order; None for all.

        Raises:
            ModelError: the model is not on this machine.
            LibraryError: the disk does not take a row.
        """
        papers = self.papers() if papers is None else papers
        prompts = self.settings.prompts
        made_by = f"{self._model_used()} {prompts_fingerprint(prompts)}"
        kept = KeptRows(self.library.folder, columns, made_by)
        missing = [paper for paper in papers if kept.row(paper) is None]
        filled = fill_rows(self._model(), missing, columns, prompts) if missing else iter(())
        for paper in papers:
            row = kept.row(paper)
            if row is None:
                row = next(filled)
                kept.keep(row)
            yield row

    def _read_later(self, papers: Sequence[Paper]) -> "Future[int]":
        blocks = [whole_block(paper) for paper in papers]
        prompt = render_prompt("answer", blocks, self.settings.prompts, question="")
        return self._model().read(prompt)

    # -- the steps ----------------------------------------------------------------------------

    def _standalone(
        self, question: str, history: Sequence[Turn], stop: threading.Event, clock: Clock
    ) -> str:
        """Return a follow-up as a question that stands alone."""
        if not history:
            return question
        turns = [
            Turn(turn.question, _MARK.sub("", turn.answer)) for turn in history[-_TURNS_REMEMBERED:]
        ]
        prompt = render_prompt(
            "standalone", folder=self.settings.prompts, history=turns, question=question
        )
        completion = self._model().generate(prompt, max_tokens=_STANDALONE_TOKENS, stop=stop)
        rewritten = " ".join("".join(completion).split())
        clock.count(completion.usage)
        return rewritten or question

    def _rerank(
        self, question: str, retrieval: Retrieval, stop: threading.Event, clock: Clock
    ) -> Retrieval:
        """Return the retrieval, reranked if it is unsure."""
        if retrieval.reach != "open":
            return retrieval
        reranked = rerank(
            self.library,
            question,
            retrieval,
            self.settings.papers_reranked,
            has_read=lambda shown: self._model().has_read(self._prompt("look", question, shown)),
            yes_share=lambda shown: self._yes_share("look", question, shown, stop, clock),
        )
        return reranked or retrieval

    def _decide(
        self,
        question: str,
        scale: Scale | None,
        retrieval: Retrieval,
        stop: threading.Event,
        clock: Clock,
    ) -> tuple[float, Completion | None]:
        """Return the share of yes in the model's reply to whether evidence answers the question.

        And the answer if it is begun: one of a single prompt is, beside the decision, since both
        together cost little more than one of them.
        """
        evidence = retrieval.evidence
        if not evidence:
            return 0.0, None
        begun = None
        if scale or retrieval.reach == "two":
            yes = self._yes_share("look", question, evidence, stop, clock)
        else:
            (yes, _), usage, begun = self._model().weigh_and_generate(
                self._prompt("decide", question, evidence),
                ("yes", "no"),
                self._prompt("answer", question, evidence),
                max_tokens=self.settings.max_answer_tokens,
                stop=stop,
            )
            clock.count(usage)
        return yes, begun

    def _yes_share(
        self,
        purpose: str,
        question: str,
        evidence: Sequence[Evidence],
        stop: threading.Event,
        clock: Clock,
    ) -> float:
        """Return the share of yes in the model's reply to a prompt about evidence."""
        prompt = self._prompt(purpose, question, evidence)
        (yes, _), usage = self._model().word_shares(prompt, ("yes", "no"), stop=stop)
        clock.count(usage)
        return yes

    def _worth_reading(self, retrieval: Retrieval) -> list[Paper]:
        """Return the papers that a question like this one needs again."""
        papers = [one.paper for one in retrieval.evidence]
        if retrieval.reach == "open":
            best = retrieval.papers[: self.settings.papers_reranked]
            papers += [ranked.paper for ranked in best]
        return list(dict.fromkeys(papers))

    def _write(
        self,
        question: str,
        scale: Scale | None,
        retrieval: Retrieval,
        begun: Completion | None,
        grounding: Grounding,
        stop: threading.Event,
        clock: Clock,
    ) -> Iterator[TokenWritten | SentenceWritten | SentenceDropped]:
        """Yield tokens, and each finished sentence with its citations; a verdict comes first."""
        evidence = retrieval.evidence
        if scale:
            verdict = self._verdict(question, scale, evidence, stop, clock)
            clock.token()
            yield grounding.state(f"{verdict.capitalize()}.")
            prompt = self._prompt("reason", question, evidence, verdict=verdict)
            completion = self._begin(prompt, stop)
            yield from self._complete(completion, grounding, clock, verdicts=scale)
        elif retrieval.reach == "two":
            # Shown two papers at once, a small model says of one what the other states.
            for paper in dict.fromkeys(one.paper for one in evidence):
                own = [one for one in evidence if one.paper == paper]
                yield from self._part(question, own, grounding, stop, clock)
        else:
            completion = begun or self._begin(self._prompt("answer", question, evidence), stop)
            yield from self._complete(completion, grounding, clock)

    def _part(
        self,
        question: str,
        evidence: Sequence[Evidence],
        grounding: Grounding,
        stop: threading.Event,
        clock: Clock,
    ) -> Iterator[TokenWritten | SentenceWritten | SentenceDropped]:
        """Yield what one of two papers says; its best sentence itself if nothing else holds."""
        prompt = self._prompt("part", question, evidence, title=evidence[0].paper.title)
        holds = False
        for event in self._complete(self._begin(prompt, stop), grounding, clock):
            if isinstance(event, SentenceWritten):
                holds |= says_something(event.sentence.text, question)
            yield event
        if not holds:
            yield grounding.quote(max(evidence, key=lambda one: one.score))

    def _begin(self, prompt: Prompt, stop: threading.Event) -> Completion:
        """Have the model begin an answer."""
        limit = self.settings.max_answer_tokens
        return self._model().generate(prompt, max_tokens=limit, stop=stop)

    def _complete(
        self,
        completion: Completion,
        grounding: Grounding,
        clock: Clock,
        *,
        verdicts: Scale = (),
    ) -> Iterator[TokenWritten | SentenceWritten | SentenceDropped]:
        """Yield tokens, and each finished sentence with its citations.

        Where a verdict was given already, the words of its scale are not written again.
        """
        unfinished = SentenceStream()

        def checked(texts: Sequence[str]) -> Iterator[SentenceWritten | SentenceDropped]:
            for text in texts:
                if text := without_verdict(text, verdicts):
                    yield grounding.check(text)

        for piece in completion:
            clock.token()
            yield TokenWritten(piece)
            yield from checked(unfinished.feed(piece))
        clock.count(completion.usage)
        cut = completion.usage.completion_tokens >= self.settings.max_answer_tokens
        # A sentence that the limit cut in two may say what nobody meant.
        whole = [t for t in unfinished.rest() if not cut or t.endswith((".", "!", "?"))]
        yield from checked(whole)

    def _verdict(
        self,
        question: str,
        scale: Scale,
        evidence: Sequence[Evidence],
        stop: threading.Event,
        clock: Clock,
    ) -> str:
        """Return the verdict that the model gives most weight."""
        prompt = self._prompt("verdict", question, evidence, verdicts=scale)
        shares, usage = self._model().word_shares(prompt, scale, stop=stop)
        clock.count(usage)
        return choose_verdict(scale, shares, self.calibration())

    def _prompt(
        self, purpose: str, question: str, evidence: Sequence[Evidence], **values: object
    ) -> Prompt:
        """Render a prompt about the evidence, a block a paper in the order of the evidence."""
        folder = self.settings.prompts
        return render_prompt(
            purpose, evidence_blocks(evidence), folder, question=question, **values
        )

    def _checked(self, question: str, scope: Scope) -> str:
        """Return the question on one line, once there is something to ask and papers to ask."""
        question = " ".join(question.split())
        if not question:
            raise InputError("The question is empty. Ask something about the papers.")
        if self.library.catalogue.count() == 0:
            raise InputError(
                f"The library {self.library.folder} has no papers yet. "
                "Add some with `assistant add FILE`."
            )
        if scope and not self.library.catalogue.ids_in(scope):
            raise InputError(
                "None of the papers that the question is limited to is in the library any more. "
                "Choose others, or ask all papers."
            )
        return question

    def calibration(self) -> Calibration:
        """Return how the replies of the model are read.

        Raises:
            ModelError: the model is not on this machine.
        """
        return self._given_calibration or calibration_of(self.settings.model)

    def _model(self) -> Engine:
        return self._loaded.engine()
