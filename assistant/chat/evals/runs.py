"""Runs of question sets that are started on the page; their answers lie in the library's folder."""

import filecmp
import itertools
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.answering import Assistant
from assistant.chat.jobs.background_job import BackgroundJob
from assistant.errors import InputError
from assistant.evaluation import (
    Question,
    Run,
    abstracts_of,
    evaluate,
    load_questions,
    question_name,
    select,
    shipped_sets,
)
from assistant.evaluation.manifest import Manifest, manifest_path
from assistant.library import Catalogue
from assistant.papers import paper_id

FOLDER = "evaluations"


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is.

    Attributes:
        doing: what goes on.
        done: how many papers are read, or questions answered.
        total: of how many.
    """

    doing: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run that lies in the library's folder.

    Attributes:
        file: of its answers.
        title: what it is called on the page: when it began, its question set, its model.
    """

    file: Path
    title: str


class EvalRuns:
    """The runs about one library. One goes on at a time, for all visitors of the page."""

    def __init__(self, library: Path) -> None:
        """Name the library's folder; nothing is written before a run begins."""
        self._folder = library / FOLDER
        self.current: BackgroundJob[Step, Run] | None = None
        self._starting = threading.Lock()

    @property
    def going_on(self) -> BackgroundJob[Step, Run] | None:
        """The run that goes on, if one does."""
        return self.current if self.current is not None and not self.current.ended else None

    def start(self, assistant: Assistant, questions: str, limit: int) -> BackgroundJob[Step, Run]:
        """Begin to ask the questions of a set, unless a run goes on, which is returned then.

        Args:
            assistant: is asked.
            questions: a shipped set's name, or the path of a file.
            limit: how many questions are asked, the kinds in turn.

        Raises:
            InputError: there is no such set, or none of its papers is in the library.
        """
        with self._starting:
            if self.going_on is None:
                self.current = self._begun(assistant, questions, limit)
            assert self.current is not None
            return self.current

    def question_sets(self) -> list[tuple[str, str]]:
        """Return the sets that can be asked: how each is called, and what `start` takes for it."""
        own = sorted(self._own_sets().glob("*.jsonl"))
        return [(name, name) for name in shipped_sets()] + [(file.stem, str(file)) for file in own]

    def add_set(self, file: Path) -> str:
        """Keep a question set in the library's folder; return what `start` takes for it.

        If another set has its name it gets a free one: runs of the other are read with their set.

        Raises:
            InputError: the file is no question set; nothing is kept then.
        """
        load_questions(file)
        folder = self._own_sets()
        folder.mkdir(parents=True, exist_ok=True)
        further = (f"{file.stem}-{number}" for number in itertools.count(2))
        places = (folder / f"{name}.jsonl" for name in itertools.chain([file.stem], further))
        kept = next(
            place
            for place in places
            if not place.exists() or filecmp.cmp(place, file, shallow=False)
        )
        shutil.copyfile(file, kept)
        return str(kept)

    def kept(self) -> list[StoredRun]:
        """Return the runs that have answers, the latest first."""
        files = sorted(self._folder.glob("*.jsonl"), reverse=True)
        return [run for run in map(_kept, files) if run is not None]

    def _begun(self, assistant: Assistant, questions: str, limit: int) -> BackgroundJob[Step, Run]:
        asked = select(load_questions(questions), limit=limit)
        if abstracts_of(asked):
            raise InputError(
                "This set brings its abstracts along. Run it with `assistant eval run`."
            )
        check_papers(asked, assistant.library.catalogue)
        name = question_name(questions)
        out = self._new_file(name)
        return BackgroundJob(lambda tell: _run(assistant, asked, name, out, tell))

    def _own_sets(self) -> Path:
        return self._folder / "questions"

    def _new_file(self, name: str) -> Path:
        began = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
        return self._folder / f"{began} {Path(name).stem}.jsonl"


def check_papers(questions: list[Question], catalogue: Catalogue) -> None:
    """Raise `InputError` if none of the papers that questions are about is in the library."""
    wanted = {paper_id(title) for question in questions for title in question.papers}
    if wanted and not catalogue.papers_by_key(wanted):
        raise InputError(
            "None of the papers that these questions are about is in the library. Add them, or "
            "choose a set about your papers."
        )


def _run(
    assistant: Assistant,
    questions: list[Question],
    name: str,
    out: Path,
    tell: Callable[[Step], None],
) -> Run:
    return evaluate(
        assistant,
        questions,
        name=name,
        out=out,
        on_reading=lambda at: tell(Step("Reading the papers", at.done, at.total)),
        on_progress=lambda at: tell(Step("Answering the questions", at.done, at.total)),
    )


def _kept(file: Path) -> StoredRun | None:
    if not file.stat().st_size:
        return None
    try:
        manifest = Manifest.load(manifest_path(file))
    except InputError:
        return None  # of a run that was cut before its first answer, or not made here
    with file.open("rb") as lines:
        count = sum(1 for _ in lines)
    model = Path(manifest.model.rpartition("@")[0]).name
    began = file.stem[: len("2026-01-01 12.00")].replace(".", ":")
    return StoredRun(file, f"{began} · {manifest.question_set}, {count} answered · {model}")
