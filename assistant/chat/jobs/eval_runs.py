"""Runs of question sets on a server. Their predictions are saved in the library folder."""

import filecmp
import itertools
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.answering import Assistant
from assistant.atomic_write import disk_full_as_error
from assistant.chat.jobs.background_job import BackgroundJob
from assistant.errors import AssistantError, InputError
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
from assistant.evaluation.csv_questions import TABLE_SUFFIXES
from assistant.evaluation.manifest import Manifest, manifest_path
from assistant.library import Catalogue
from assistant.library.storage.disk_errors import disk_errors_as_library_errors
from assistant.papers import paper_id

FOLDER = "evaluations"


class AlreadyRunningError(AssistantError):
    """Another run has not ended."""


@dataclass(frozen=True, slots=True)
class RunProgress:
    """The progress of a run.

    Attributes:
        label: what is being done.
        done: the number of papers indexed, or of questions answered.
        total: the total number of papers or questions.
    """

    label: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class StartedRun:
    """A run that was started.

    Attributes:
        questions: the name of the question set.
        file: the file of its predictions.
        job: answers the questions.
    """

    questions: str
    file: Path
    job: BackgroundJob[RunProgress, Run]


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run that is saved in the library folder.

    Attributes:
        file: the file of its predictions.
        title: its title on the page: start time, question set, number of answers, model.
    """

    file: Path
    title: str


class EvalRuns:
    """The runs on one library. At most one is running at a time, for all visitors."""

    def __init__(self, library: Path) -> None:
        """Use a library folder; nothing is written before a run starts."""
        self._folder = library / FOLDER
        self._latest: StartedRun | None = None
        self._starting = threading.Lock()

    @property
    def running(self) -> StartedRun | None:
        """The run that has not ended, if there is one."""
        return self._latest if self._latest is not None and not self._latest.job.ended else None

    def start(self, assistant: Assistant, questions: str, limit: int) -> StartedRun:
        """Start a run.

        Args:
            assistant: answers the questions.
            questions: the name of a shipped question set, or the path of a file.
            limit: the maximum number of questions. They are taken from each kind in turn.

        Raises:
            AlreadyRunningError: another run has not ended.
            InputError: there is no such set, or none of its papers is in the library.
        """
        with self._starting:
            if (running := self.running) is not None:
                raise AlreadyRunningError(
                    f"A run of {running.questions} has not ended. Wait for it, or stop it."
                )
            self._latest = self._start(assistant, questions, limit)
            return self._latest

    def question_sets(self) -> list[tuple[str, str]]:
        """Return the question sets as (label, value for `start`). Labels are unique."""
        added = sorted(
            file
            for suffix in (".jsonl", *TABLE_SUFFIXES)
            for file in self._added_sets_folder().glob(f"*{suffix}")
        )
        sets = {name: name for name in shipped_sets()}
        for file in added:
            numbered = (f"{file.stem}-{number}" for number in itertools.count(2))
            names = itertools.chain([file.stem], numbered)
            sets[next(name for name in names if name not in sets)] = str(file)
        return list(sets.items())

    def add_set(self, file: Path) -> str:
        """Copy a question set to the library folder; return its value for `start`.

        A set whose name is taken gets a numbered one, because earlier runs refer to the other set.

        Raises:
            InputError: the file is not a question set.
        LibraryError: the library cannot be written.
        DiskFullError: the disk is full.
        """
        load_questions(file)
        folder = self._added_sets_folder()
        numbered = (f"{file.stem}-{number}" for number in itertools.count(2))
        suffix = file.suffix.lower() if file.suffix.lower() in TABLE_SUFFIXES else ".jsonl"
        candidates = (folder / f"{name}{suffix}" for name in itertools.chain([file.stem], numbered))
        target = next(
            candidate
            for candidate in candidates
            if not candidate.exists() or filecmp.cmp(candidate, file, shallow=False)
        )
        partial = target.with_name(f".{target.name}.partial")
        with disk_errors_as_library_errors(self._folder.parent), disk_full_as_error(target):
            folder.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copyfile(file, partial)
                partial.replace(target)
            finally:
                partial.unlink(missing_ok=True)
        return str(target)

    def stored(self) -> list[StoredRun]:
        """Return the saved runs that have answers, the latest first."""
        files = sorted(self._folder.glob("*.jsonl"), reverse=True)
        return [run for run in map(_stored_run, files) if run is not None]

    def seconds_per_question(self, model: str) -> float | None:
        """Return the mean time of an answer in the latest run of a model; None without a run.

        Args:
            model: the name of the model, as in the settings.
        """
        name = Path(model).name
        for stored in self.stored():
            run = Run.load(stored.file)
            times = [one.timings["total_s"] for _, one in run.results if one.timings]
            if times and Path(run.manifest.model.rpartition("@")[0]).name == name:
                return sum(times) / len(times)
        return None

    def _start(self, assistant: Assistant, questions: str, limit: int) -> StartedRun:
        selected = select(load_questions(questions), limit=limit)
        if abstracts_of(selected):
            raise InputError(
                "This question set comes with its own abstracts. Run it with `assistant eval run`."
            )
        check_papers(selected, assistant.library.catalogue)
        name = question_name(questions)
        out = self._new_file(name)
        job: BackgroundJob[RunProgress, Run] = BackgroundJob(
            lambda report: _run(assistant, selected, name, out, report)
        )
        return StartedRun(Path(name).stem, out, job)

    def _added_sets_folder(self) -> Path:
        return self._folder / "questions"

    def _new_file(self, name: str) -> Path:
        started = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
        return self._folder / f"{started} {Path(name).stem}.jsonl"


def check_papers(questions: list[Question], catalogue: Catalogue) -> None:
    """Raise `InputError` if none of the papers that the questions are about is in the library."""
    keys = {paper_id(title) for question in questions for title in question.papers}
    if keys and not catalogue.papers_by_key(keys):
        raise InputError(
            "None of the papers that these questions are about is in the library. Add them, or "
            "choose a question set about your papers."
        )


def _run(
    assistant: Assistant,
    questions: list[Question],
    name: str,
    out: Path,
    report: Callable[[RunProgress], None],
) -> Run:
    return evaluate(
        assistant,
        questions,
        name=name,
        out=out,
        on_reading=lambda at: report(RunProgress("Reading the papers", at.done, at.total)),
        on_progress=lambda at: report(RunProgress("Answering the questions", at.done, at.total)),
    )


def _stored_run(file: Path) -> StoredRun | None:
    if not file.stat().st_size:
        return None
    try:
        manifest = Manifest.load(manifest_path(file))
    except InputError:
        return None  # the run stopped before its first answer, or the file is from elsewhere
    with file.open("rb") as lines:
        count = sum(1 for _ in lines)
    model = Path(manifest.model.rpartition("@")[0]).name
    started = file.stem[: len("2026-01-01 12.00")].replace(".", ":")
    return StoredRun(file, f"{started} · {manifest.question_set}, {count} answered · {model}")
