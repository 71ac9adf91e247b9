"""BEIR folders: reading, writing, ranking their documents, and what is wrong with one."""

import json
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.errors import InputError
from assistant.evaluation.ranking.beir import read_beir, write_beir
from assistant.evaluation.ranking.collection import collection_of_questions
from assistant.evaluation.ranking.measures import measure_rankings
from assistant.evaluation.ranking.rank import RANKERS, index_documents, rank_queries
from assistant.library import Library
from assistant.papers import Paper
from assistant.settings import Settings

_QUERIES = {
    "7": "Balloons show that glaciers melt faster.",
    "8": "Birds count nuts.",
    "9": "Nobody judged this.",
}


@pytest.fixture
def beir_folder(made_up_papers: list[Paper], tmp_path: Path) -> Path:
    """The five made-up papers as documents, two of which have the same title and text."""
    glacier, parrots, *others = made_up_papers
    documents = [glacier, parrots, *others, glacier]
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    corpus = [
        {"_id": f"Doc-{i}", "title": paper.title, "text": paper.abstract, "metadata": {}}
        for i, paper in enumerate(documents)
    ]
    corpus[1]["title"] = ""
    queries = [{"_id": id_, "text": text} for id_, text in _QUERIES.items()]
    for name, records in {"corpus": corpus, "queries": queries}.items():
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    qrels = "query-id\tcorpus-id\tscore\n7\tDoc-0\t1\n7\tDoc-5\t1\n8\tDoc-1\t2\n"
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_beir_folder_is_read_as_documents_queries_and_judgements(beir_folder: Path) -> None:
    collection = read_beir(beir_folder)
    assert collection.name == "tiny, test"
    assert len(collection.documents) == 6
    assert collection.judged == {id_: _QUERIES[id_] for id_ in ("7", "8")}
    assert collection.relevance["8"] == {"Doc-1": 2}
    assert collection.documents["Doc-1"].title.startswith("Six parrots learn")


def test_written_folder_is_read_back_equal(beir_folder: Path, tmp_path: Path) -> None:
    collection = read_beir(beir_folder)
    write_beir(collection, tmp_path / "copy")
    again = read_beir(tmp_path / "copy")
    assert (again.documents, again.queries) == (collection.documents, collection.queries)
    assert again.relevance == collection.relevance


def test_question_set_over_a_library_is_a_test_collection(
    questions_file: Path, made_up_papers: list[Paper]
) -> None:
    from assistant.evaluation import load_questions

    collection = collection_of_questions("mine", load_questions(questions_file), made_up_papers)
    assert len(collection.judged) == 6
    [(document, _)] = collection.relevance["m2"].items()
    assert collection.documents[document].title == "Teaching Parrots to Count"


def test_documents_are_ranked_by_their_own_ids_even_if_two_are_the_same_paper(
    beir_folder: Path, models_cache: None, tmp_path: Path
) -> None:
    collection, settings = read_beir(beir_folder), Settings()
    library = index_documents(collection, tmp_path / "library", settings)
    try:
        for name, ranker in RANKERS.items():
            rankings, seconds = rank_queries(ranker, library, collection, settings)
            assert {document for document, _ in rankings["7"][:2]} == {"Doc-0", "Doc-5"}, name
            assert len(seconds) == 2
        result = measure_rankings("abstracts", rankings, collection)
        assert result.measures["ndcg@10"].value == pytest.approx(1)
    finally:
        library.close()


def test_library_with_other_papers_is_not_ranked(
    beir_folder: Path, small_library: Library, made_up_papers: list[Paper]
) -> None:
    with pytest.raises(InputError, match="holds 5 papers that are not of tiny"):
        index_documents(read_beir(beir_folder), small_library.folder, Settings())


def test_command_measures_another_systems_run_and_writes_figures(
    beir_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = tmp_path / "theirs.trec"
    theirs.write_text("7 Q0 Doc-0 1 2.0 x\n8 Q0 Doc-4 1 2.0 x\n", encoding="utf-8")
    out = tmp_path / "out"
    command = ["eval", "retrieval", "--beir", str(beir_folder), "--systems", "none"]
    assert main([*command, "--run", str(theirs), "--out", str(out), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["systems"][0]["recall@100"]["value"] == pytest.approx(0.25)
    assert json.loads((out / "retrieval.json").read_text(encoding="utf-8")) == found


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("corpus.jsonl", '{"title": "x", "text": "y"}', "corpus.jsonl, line 1: no object"),
        ("queries.jsonl", '{"_id": "7"}', "queries.jsonl, line 1: 'text' is no text"),
        ("qrels/test.tsv", "header\n7\tDoc-0\n", "test.tsv, line 2"),
        ("qrels/test.tsv", "header\n", "names no query"),
    ],
)
def test_malformed_folder_is_rejected_with_file_and_line(
    beir_folder: Path, file: str, text: str, expected: str
) -> None:
    (beir_folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=expected):
        read_beir(beir_folder)


def test_missing_split_error_lists_those_there_are(beir_folder: Path) -> None:
    with pytest.raises(InputError, match=r"Choose another --split: test\."):
        read_beir(beir_folder, "validation")


def test_scifact_in_beir_form_is_read(shared_folder: Path) -> None:
    folder = shared_folder / "beir" / "scifact"
    if not folder.is_dir():
        pytest.skip("no BEIR folder there")
    collection = read_beir(folder)
    assert len(collection.documents) > 5000
    assert len(collection.judged) == 809
    assert len({paper.id for paper in collection.documents.values()}) == len(collection.documents)
