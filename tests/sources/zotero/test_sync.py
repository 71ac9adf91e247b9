"""Papers, tags and collections of Zotero, over its API and out of its database."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from zotero_stand_in import Zotero

sys.path.insert(0, str(Path(__file__).parents[2] / "papers"))

from stones_pdf import ABSTRACT, TITLE, stones_pdf

from assistant.errors import InputError, LibraryError, NetworkError
from assistant.library import Library
from assistant.papers import Paper, read_files
from assistant.sources import ZoteroReference, ZoteroReport, sync_zotero

SNAILS = "doi:10.5555/snails.1"
SLUGS = "arxiv:2401.00007"
EVERYTHING = ZoteroReference("users/0")

Sync = Callable[..., ZoteroReport]


@pytest.fixture
def zotero() -> Zotero:
    """Two papers, one of them in a collection within another, and a note."""
    zotero = Zotero(collections={"READING0": ("Reading", ""), "SHELLS00": ("Shells", "READING0")})
    zotero.put(
        "SNAILS00",
        5,
        itemType="journalArticle",
        title="Slow Snails",
        abstractNote="Snails are slow.",
        creators=[
            {"creatorType": "author", "firstName": "Ada", "lastName": "van der Frost"},
            {"creatorType": "author", "name": "Snail Society"},
            {"creatorType": "editor", "firstName": "Bo", "lastName": "Melt"},
        ],
        date="2020-03-01",
        publicationTitle="Journal of Snails",
        volume="7",
        DOI="10.5555/snails.1",
        tags=[{"tag": "molluscs", "type": 1}, {"tag": "to read"}],
        collections=["SHELLS00"],
        extra="Citation Key: frost2020\nPMID: 123",
    )
    zotero.put(
        "SLUGS000",
        0,
        itemType="preprint",
        title="Slugs Without Shells",
        abstractNote="Slugs have no shell.",
        archiveID="arXiv:2401.00007",
        citationKey="slugs24",
    )
    zotero.put("NOTE0000", 6, itemType="note", note="<p>Read this.</p>")
    return zotero


@pytest.fixture(params=["api", "database"])
def sync(
    request: pytest.FixtureRequest,
    zotero: Zotero,
    small_library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Sync]:
    """Synchronise with Zotero: while it runs, or with what it has left on the disk."""
    with zotero.serving():
        is_running = request.param == "api"
        monkeypatch.setenv("ASSISTANT_REQUEST_PAUSE", "0")
        monkeypatch.setenv("ASSISTANT_ZOTERO_DATA", str(tmp_path / "Zotero"))
        monkeypatch.setenv(
            "ASSISTANT_ZOTERO_URL", zotero.url if is_running else "http://127.0.0.1:9/api"
        )

        def sync(reference: ZoteroReference = EVERYTHING, *, remove: bool = True) -> ZoteroReport:
            if not is_running:
                zotero.write_database(tmp_path / "Zotero")
            report = sync_zotero(small_library, reference, remove=remove)
            assert (report.database is None) == is_running
            return report

        yield sync


def paper(library: Library, paper_id: str) -> Paper:
    [found] = library.catalogue.papers([paper_id])
    return found


def labels(library: Library, paper_id: str = SNAILS) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the tags and the collections of a paper."""
    annotation = library.catalogue.annotations.of("", [paper_id]).get(paper_id)
    return (annotation.tags, annotation.collections) if annotation else ((), ())


def test_items_become_papers_with_their_citation_keys(small_library: Library, sync: Sync) -> None:
    report = sync().report
    assert (report.added, report.skipped) == (2, 0)
    snails = paper(small_library, SNAILS)
    assert snails.abstract == "Snails are slow."
    assert [name.inverted for name in snails.author_names] == [
        "van der Frost, Ada",
        "Snail Society",
    ]
    assert snails.editors == ("Bo Melt",)
    assert (snails.year, snails.published) == (2020, "2020-03-01")
    assert (snails.venue, snails.volume) == ("Journal of Snails", "7")
    assert (snails.type, snails.source) == ("article", "Zotero")
    assert snails.keywords == ("molluscs", "to read")
    assert (snails.citation_key, dict(snails.ids)["pmid"]) == ("frost2020", "123")
    slugs = paper(small_library, SLUGS)
    assert (slugs.type, slugs.citation_key) == ("preprint", "slugs24")


def test_tags_and_collections_follow_those_of_zotero(
    small_library: Library, zotero: Zotero, sync: Sync
) -> None:
    sync()
    assert labels(small_library) == (("to read",), ("Reading / Shells",))
    zotero.put("SNAILS00", 7, tags=[{"tag": "done"}], collections=["READING0", "SHELLS00"])
    zotero.collections["SHELLS00"] = ("Houses", "READING0")
    sync()
    assert labels(small_library) == (("done",), ("Reading", "Reading / Houses"))


def test_what_the_user_has_tagged_here_stays(
    small_library: Library, zotero: Zotero, sync: Sync
) -> None:
    sync()
    annotations = small_library.catalogue.annotations
    annotations.label("", "tag", "mine", [SNAILS])
    annotations.unlabel("", "tag", "to read", [SNAILS])
    zotero.put("SNAILS00", 7, volume="8")
    sync()
    assert paper(small_library, SNAILS).volume == "8"
    assert labels(small_library)[0] == ("mine",)


def test_paper_that_is_gone_from_zotero_is_removed_unless_only_added(
    small_library: Library, zotero: Zotero, sync: Sync
) -> None:
    sync()
    zotero.trash.add("SNAILS00")
    assert sync(remove=False).removed == ()
    assert paper(small_library, SNAILS).title == "Slow Snails"
    assert [one.id for one in sync().removed] == [SNAILS]
    assert small_library.catalogue.papers([SNAILS]) == []
    assert sync().removed == ()


def test_paper_that_the_library_had_before_is_not_removed(
    small_library: Library, zotero: Zotero, sync: Sync
) -> None:
    trams = "doi:10.5555/trams.7"
    zotero.put("TRAMS000", 7, itemType="journalArticle", title="Silent Trams", DOI=trams[4:])
    sync()
    assert paper(small_library, trams).title == "Silent Trams for Old Towns"
    del zotero.items["TRAMS000"]
    assert sync().removed == ()
    assert paper(small_library, trams)


@pytest.mark.parametrize("sync", ["database"], indirect=True)
def test_paper_that_was_also_added_as_a_pdf_stays_with_it(
    small_library: Library, zotero: Zotero, sync: Sync, tmp_path: Path
) -> None:
    zotero.put("STONES00", 7, itemType="book", title=TITLE, abstractNote=f"{ABSTRACT} Really.")
    sync()
    (tmp_path / "stones.pdf").write_bytes(stones_pdf())
    small_library.add(read_files(tmp_path / "stones.pdf"))
    [stones] = [one for one in small_library.catalogue.papers() if one.title == TITLE]
    assert (stones.source, stones.pdf is None) == ("Zotero", False)
    del zotero.items["STONES00"]
    assert sync().removed == ()
    assert small_library.pdfs.path(paper(small_library, stones.id))


@pytest.mark.parametrize("sync", ["database"], indirect=True)
def test_paper_whose_abstract_is_from_elsewhere_stays(
    small_library: Library, zotero: Zotero, sync: Sync
) -> None:
    sync()
    longer = replace(paper(small_library, SNAILS), abstract="Snails are slow. So is ink.")
    small_library.add([replace(longer, source="snails.bib")])
    zotero.trash.add("SNAILS00")
    assert sync().removed == ()
    assert paper(small_library, SNAILS).source == "snails.bib"


def test_paper_that_another_collection_still_has_is_not_removed(
    small_library: Library, zotero: Zotero, sync: Sync
) -> None:
    shells = ZoteroReference("users/0", "shells")
    sync(shells)
    assert paper(small_library, SNAILS).source == "Zotero: Shells"
    sync()
    zotero.put("SNAILS00", 7, collections=[])
    zotero.put(
        "OTHER000",
        8,
        itemType="book",
        title="Whelks",
        abstractNote="They are large.",
        collections=["SHELLS00"],
    )
    assert sync(shells).removed == ()
    assert sync().removed == ()
    assert labels(small_library) == (("to read",), ())


def test_paper_whose_item_has_lost_its_abstract_stays(
    small_library: Library, zotero: Zotero, sync: Sync
) -> None:
    zotero.put("WHELKS00", 7, itemType="book", title="Whelks", abstractNote="They are large.")
    sync()
    zotero.put("WHELKS00", 8, abstractNote="")
    report = sync()
    assert (report.report.skipped, report.removed) == (1, ())
    del zotero.items["WHELKS00"]
    assert [one.title for one in sync().removed] == ["Whelks"]


def test_empty_zotero_removes_nothing(small_library: Library, zotero: Zotero, sync: Sync) -> None:
    sync()
    zotero.items.clear()
    with pytest.raises(LibraryError, match="so nothing was removed"):
        sync()
    assert paper(small_library, SNAILS)


def test_unknown_collection_is_an_error_that_names_the_others(sync: Sync) -> None:
    with pytest.raises(InputError, match=r"no collection 'Birds'\. Collections: Reading, Shells"):
        sync(ZoteroReference("users/0", "Birds"))
    with pytest.raises(InputError, match="no library at /groups/7"):
        sync(ZoteroReference("groups/7"))


@pytest.mark.parametrize("sync", ["api"], indirect=True)
def test_only_changed_and_unsynchronised_items_are_read_again(zotero: Zotero, sync: Sync) -> None:
    numbers = range(60)
    for number in numbers:
        zotero.put(
            f"OLD{number:05}",
            1,
            "2020-01-01T00:00:00Z",
            itemType="book",
            title=f"Volume {number} of Many",
            abstractNote=f"This is the volume with the number {number}.",
        )
    sync()
    zotero.requests.clear()
    sync()
    assert zotero.keys_asked_for == []  # those modified last, and the slugs, were in one response

    zotero.requests.clear()
    zotero.versions["OLD00003"] = 9
    # Edited, but not synchronised yet: the version is the same.
    zotero.put("OLD00004", 1, "2024-02-02T00:00:00Z", publisher="Edited")
    report = sync().report
    assert zotero.keys_asked_for == ["OLD00003"]
    assert report.updated == 1


@pytest.mark.parametrize("sync", ["api"], indirect=True)
def test_pages_are_followed_and_pauses_kept(
    zotero: Zotero, sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)
    zotero.page, zotero.backoff_s = 1, 2
    assert sync().report.added == 2
    assert set(pauses) == {2.0}


def test_state_of_an_earlier_version_is_read_again(small_library: Library, sync: Sync) -> None:
    (small_library.folder / "zotero.json").write_text('{"users/0": {"SNAILS00": 5}}')
    assert sync().report.added == 2


def test_zotero_that_does_not_run_and_left_nothing_is_an_error_that_says_how_to_start_it(
    small_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_ZOTERO_URL", "http://127.0.0.1:9/api")
    monkeypatch.setenv("ASSISTANT_ZOTERO_DATA", str(tmp_path))
    with pytest.raises(NetworkError, match="Start Zotero"):
        sync_zotero(small_library, EVERYTHING)
