"""``assistant eval retrieval``: measure retrieval alone."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.eval.output import print_rankings, progress_bars
from assistant.cli.terminal.open import open_library
from assistant.cli.terminal.options import JsonOption, LibraryOption, SetOption, settings_from
from assistant.cli.terminal.output import print_json, print_note
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.evaluation.ranking.collection import TestCollection
    from assistant.evaluation.ranking.measures import RankingResult
    from assistant.library import Library
    from assistant.settings import Settings


def retrieval(
    beir: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A BEIR folder: corpus.jsonl, queries.jsonl, qrels/."),
    ] = None,
    split: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The qrels of the BEIR folder; default: test."),
    ] = None,
    questions: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="In place of --beir: a question set over the library."),
    ] = None,
    library: LibraryOption = None,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for the rankings and figures.")
    ] = Path("retrieval"),
    systems: Annotated[
        str,
        typer.Option(
            metavar="A,B",
            help="The rankings to measure: fused (as for a question), bm25, chunks, abstracts; "
            "none for only those of --run.",
        ),
    ] = "fused,bm25,chunks,abstracts",
    run: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A TREC run of another system. Can be repeated."),
    ] = None,
    write_beir: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Also write the questions and papers as a BEIR folder."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only the first N queries.")
    ] = None,
    changes: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure the ranking of papers, without a language model: nDCG, recall, reciprocal rank.

    The rankings are written to DIR as TREC runs. The papers of a BEIR folder are indexed once, in a
    library in DIR.

    Example:
        $ assistant eval retrieval --beir scifact/ --out scifact-retrieval/
        $ assistant eval retrieval --questions sample --run other.trec
    """
    from assistant.evaluation.ranking import trec
    from assistant.evaluation.ranking.measures import measure_rankings
    from assistant.evaluation.ranking.rank import RANKERS, rank_queries

    names = [name.strip() for name in systems.split(",") if name.strip() not in ("", "none")]
    if unknown := [name for name in names if name not in RANKERS]:
        raise InputError(f"There is no ranking {unknown[0]!r}. Rankings: {', '.join(RANKERS)}.")
    settings = settings_from(changes)
    others = [(file.stem, trec.read_run(file)) for file in run or ()]
    results: list[RankingResult] = []
    with _collection(beir, split, questions, library, out, settings, names) as (whole, opened):
        collection = whole.first(limit)
        if write_beir:
            _write_beir(whole, write_beir)
        with progress_bars() as new_bar:
            for name in names:
                assert opened is not None
                rankings, seconds = rank_queries(
                    RANKERS[name], opened, collection, settings, new_bar(f"Ranking, {name}")
                )
                lines = (
                    line for one in rankings for line in trec.run_lines(one, rankings[one], name)
                )
                _write(out / f"{name}.trec", lines)
                # For the other systems, the query embeddings are already computed.
                is_timed = name == names[0]
                results.append(
                    measure_rankings(name, rankings, collection, seconds if is_timed else ())
                )
        results += [measure_rankings(name, ranked, collection) for name, ranked in others]
    record = {"collection": collection.name, "systems": [one.to_dict() for one in results]}
    _write(out / "retrieval.json", [json.dumps(record, indent=2, ensure_ascii=False) + "\n"])
    if as_json:
        print_json(record)
    else:
        print_note(f"{collection.name}: {len(collection.judged)} queries")
        print_rankings(results)


@contextmanager
def _collection(
    beir: Path | None,
    split: str | None,
    questions: str | None,
    library: Path | None,
    out: Path,
    settings: "Settings",
    systems: list[str],
) -> "Iterator[tuple[TestCollection, Library | None]]":
    """Yield the test collection, and a library of its documents if there is something to rank."""
    from assistant.evaluation import load_questions, question_name
    from assistant.evaluation.ranking.beir import read_beir
    from assistant.evaluation.ranking.collection import collection_of_questions
    from assistant.evaluation.ranking.rank import index_documents

    if (beir is None) == (questions is None):
        raise InputError("Name a BEIR folder with --beir, or a question set with --questions.")
    if beir is None:
        assert questions is not None
        with closing(open_library(library)) as opened:
            name = Path(question_name(questions)).stem
            papers = opened.catalogue.papers()
            yield collection_of_questions(name, load_questions(questions), papers), opened
        return
    collection = read_beir(beir, split)
    if not systems:
        yield collection, None
        return
    with progress_bars() as new_bar:
        opened = index_documents(
            collection, library or out / "library", settings, new_bar("Indexing papers")
        )
    with closing(opened):
        yield collection, opened


def _write_beir(collection: "TestCollection", folder: Path) -> None:
    from assistant.evaluation.ranking.beir import write_beir

    write_beir(collection, folder)
    print_note(f"{len(collection.documents)} papers written to {folder}")


def _write(path: Path, pieces: "Iterator[str] | list[str]") -> None:
    from assistant.atomic_write import write_atomically

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{path.parent} cannot be created: {error.strerror}. Choose another --out."
        ) from error
    write_atomically(path, pieces, overwrite=True)
