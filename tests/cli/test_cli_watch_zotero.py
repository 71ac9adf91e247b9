"""``assistant watch zotero:``."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import Run
from zotero_stand_in import Zotero


@pytest.fixture
def zotero(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Zotero:
    zotero = Zotero(collections={"SHELLS00": ("Shells", "")})
    zotero.put(
        "SNAILS00",
        5,
        itemType="book",
        title="Slow Snails",
        abstractNote="They are.",
        collections=["SHELLS00"],
    )
    monkeypatch.setenv("ASSISTANT_ZOTERO_DATA", str(tmp_path / "Zotero"))
    monkeypatch.setenv("ASSISTANT_REQUEST_PAUSE", "0")
    return zotero


def test_library_follows_zotero(run: Run, zotero: Zotero, monkeypatch: pytest.MonkeyPatch) -> None:
    with zotero.serving():
        monkeypatch.setenv("ASSISTANT_ZOTERO_URL", zotero.url)
        added = run("watch", "zotero:", "--once", "--account", "ada")
        assert added.out == "Zotero: 1 added\n"
        assert run("watch", "zotero", "--once").out == "Nothing has changed.\n"
        note = run("papers", "export", "--format", "jsonl", "--account", "ada").out
        assert '"collections": ["Shells"]' in note

        zotero.put("WHELKS00", 6, itemType="book", title="Whelks", abstractNote="Large.")
        zotero.trash.add("SNAILS00")
        both = run("watch", "zotero:", "--once").out.splitlines()
        assert both[0].startswith("Zotero: 1 added")
        assert both[1].startswith("removed: Slow Snails (title:")


def test_collection_is_named_as_for_add(
    run: Run, zotero: Zotero, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zotero.serving():
        monkeypatch.setenv("ASSISTANT_ZOTERO_URL", zotero.url)
        report = run("watch", "zotero:shells", "--once", "--json").data
        assert (report["files"][0]["name"], report["removed"]) == ("Zotero: Shells", [])
        wrong = run("watch", "zotero", "shells", "--once")
    assert (wrong.code, "not of the form zotero:" in wrong.err) == (2, True)


def test_database_is_read_when_zotero_is_closed(
    run: Run, zotero: Zotero, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_ZOTERO_URL", "http://127.0.0.1:9/api")
    nothing = run("watch", "zotero:", "--once")
    assert (nothing.code, "Start Zotero" in nothing.err) == (2, True)
    file = zotero.write_database(tmp_path / "Zotero")
    for command in (("watch", "zotero:", "--once"), ("add", "zotero:")):
        outcome = run(*command)
        assert outcome.code == 0
        assert f"Its database {file} was read." in outcome.err


def test_watch_goes_on_until_it_is_told_to_end(
    zotero: Zotero, models_cache: None, tmp_path: Path
) -> None:
    """It looks again after a while, and survives that Zotero does not answer."""
    with zotero.serving():
        environment = {**os.environ, "ASSISTANT_ZOTERO_URL": zotero.url}
        folder = str(tmp_path / "library")
        command = [sys.executable, "-m", "assistant", "watch", "zotero:", "--every", "0.1"]
        with subprocess.Popen(
            [*command, "--library", folder], env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("Zotero: 1 added")
            zotero.trash.add("SNAILS00")
            zotero.put("WHELKS00", 6, itemType="book", title="Whelks", abstractNote="Large.")
            assert process.stdout.readline().startswith("Zotero: 1 added")
            assert process.stdout.readline().startswith("removed: Slow Snails")
            process.terminate()
            assert process.wait() == 0


def test_watch_survives_an_error_that_passes(
    zotero: Zotero, models_cache: None, tmp_path: Path
) -> None:
    with zotero.serving():
        environment = {**os.environ, "ASSISTANT_ZOTERO_URL": zotero.url}
        command = [sys.executable, "-m", "assistant", "watch", "zotero:", "--every", "0.1"]
        with subprocess.Popen(
            [*command, "--library", str(tmp_path / "library")],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            assert process.stdout.readline().startswith("Zotero: 1 added")
            zotero.trash.add("SNAILS00")
            assert "Zotero lists no items any more" in process.stderr.readline()
            zotero.trash.clear()
            zotero.put("WHELKS00", 6, itemType="book", title="Whelks", abstractNote="Large.")
            assert process.stdout.readline().startswith("Zotero: 1 added")
            process.terminate()
            assert process.wait() == 0


def test_watch_of_an_unknown_collection_ends_with_an_error(
    run: Run, zotero: Zotero, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zotero.serving():
        monkeypatch.setenv("ASSISTANT_ZOTERO_URL", zotero.url)
        unknown = run("watch", "zotero:Birds")
    assert (unknown.code, "no collection 'Birds'" in unknown.err) == (2, True)
