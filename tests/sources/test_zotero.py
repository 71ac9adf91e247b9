"""Papers from Zotero: a server on this machine answers as Zotero's local API does."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.errors import InputError, NetworkError
from assistant.library import Library
from assistant.sources.zotero.add import add_from_zotero
from assistant.sources.zotero.reference import ZoteroReference, parse_zotero_reference

SNAILS = {
    "itemType": "journalArticle",
    "title": "Slow Snails",
    "abstractNote": "Snails are slow.",
    "creators": [
        {"creatorType": "author", "firstName": "Ada", "lastName": "van der Frost"},
        {"creatorType": "author", "name": "Snail Society"},
        {"creatorType": "editor", "firstName": "Bo", "lastName": "Melt"},
    ],
    "date": "2020-03-01",
    "publicationTitle": "Journal of Snails",
    "volume": "7",
    "DOI": "10.5555/snails.1",
    "tags": [{"tag": "molluscs"}],
    "extra": "Citation Key: frost2020\nPMID: 123",
}
SLUGS = {
    "itemType": "preprint",
    "title": "Slugs Without Shells",
    "abstractNote": "Slugs have no shell.",
    "archiveID": "arXiv:2401.00007",
    "citationKey": "slugs24",
}
NOTE = {"itemType": "note", "note": "<p>Read this.</p>"}


@dataclass
class Zotero:
    """The items of the user's library by key, with versions, and its one collection."""

    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    in_collection: tuple[str, ...] = ("SNAILS00",)
    requests: list[str] = field(default_factory=list)

    def reply(self, path: str, parameters: dict[str, str]) -> Any:
        if path.endswith("/collections"):
            return [{"key": "COLL0001", "data": {"key": "COLL0001", "name": "Shells"}}]
        keys = self.in_collection if "/collections/" in path else tuple(self.items)
        if not path.startswith("/api/users/0/") or "/items" not in path:
            return None
        if "itemKey" in parameters:
            keys = tuple(key for key in keys if key in parameters["itemKey"].split(","))
        if parameters.get("format") == "versions":
            return {key: self.versions[key] for key in keys}
        return [
            {"key": key, "version": self.versions[key], "data": self.items[key]} for key in keys
        ]


@pytest.fixture
def zotero(monkeypatch: pytest.MonkeyPatch) -> Iterator[Zotero]:
    zotero = Zotero(
        {"SNAILS00": SNAILS, "SLUGS000": SLUGS, "NOTE0000": NOTE},
        {"SNAILS00": 5, "SLUGS000": 0, "NOTE0000": 6},
    )

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = urlsplit(self.path)
            parameters = {name: values[0] for name, values in parse_qs(place.query).items()}
            zotero.requests.append(parameters.get("itemKey", ""))
            reply = zotero.reply(place.path, parameters)
            body = b"Not found" if reply is None else json.dumps(reply).encode()
            self.send_response(404 if reply is None else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    monkeypatch.setenv("ASSISTANT_ZOTERO_URL", f"http://127.0.0.1:{server.server_port}/api")
    yield zotero
    server.shutdown()
    thread.join()
    server.server_close()


EVERYTHING = ZoteroReference("users/0")


def test_items_become_papers_with_their_citation_keys(
    small_library: Library, zotero: Zotero
) -> None:
    report = add_from_zotero(small_library, EVERYTHING)
    assert (report.added, report.skipped) == (2, 0)
    [snails] = small_library.catalogue.papers(["doi:10.5555/snails.1"])
    assert snails.abstract == "Snails are slow."
    assert [name.inverted for name in snails.author_names] == [
        "van der Frost, Ada",
        "Snail Society",
    ]
    assert snails.editors == ("Bo Melt",)
    assert (snails.year, snails.venue, snails.volume) == (2020, "Journal of Snails", "7")
    assert (snails.type, snails.keywords, snails.source) == ("article", ("molluscs",), "Zotero")
    assert (snails.citation_key, dict(snails.ids)["pmid"]) == ("frost2020", "123")
    [slugs] = small_library.catalogue.papers(["arxiv:2401.00007"])
    assert (slugs.type, slugs.citation_key) == ("preprint", "slugs24")


def test_only_changed_and_unsynchronised_items_are_read_again(
    small_library: Library, zotero: Zotero
) -> None:
    add_from_zotero(small_library, EVERYTHING)
    zotero.requests.clear()
    add_from_zotero(small_library, EVERYTHING)
    assert zotero.requests == ["", "SLUGS000"]

    zotero.items["SNAILS00"] = {**SNAILS, "abstractNote": "Snails are very slow."}
    zotero.versions |= {"SNAILS00": 8, "SLUGS000": 9}
    report = add_from_zotero(small_library, EVERYTHING)
    assert (report.updated, report.unchanged) == (1, 1)


def test_collection_becomes_the_source(small_library: Library, zotero: Zotero) -> None:
    report = add_from_zotero(small_library, ZoteroReference("users/0", "shells"))
    assert report.added == 1
    [snails] = small_library.catalogue.papers(["doi:10.5555/snails.1"])
    assert snails.source == "Zotero: Shells"


def test_unknown_collection_is_an_error_that_names_the_others(
    small_library: Library, zotero: Zotero
) -> None:
    with pytest.raises(InputError, match=r"no collection 'Birds'\. Collections: Shells"):
        add_from_zotero(small_library, ZoteroReference("users/0", "Birds"))
    with pytest.raises(InputError, match="no library at /groups/7"):
        add_from_zotero(small_library, ZoteroReference("groups/7"))


def test_zotero_that_does_not_run_is_an_error_that_says_how_to_start_it(
    small_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_ZOTERO_URL", "http://127.0.0.1:9/api")
    with pytest.raises(NetworkError, match="Start Zotero"):
        add_from_zotero(small_library, EVERYTHING)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("zotero:", ZoteroReference("users/0")),
        ("Zotero: My papers ", ZoteroReference("users/0", "My papers")),
        ("zotero:groups/12", ZoteroReference("groups/12")),
        ("zotero:groups/12/A/B", ZoteroReference("groups/12", "A/B")),
        ("zotero.bib", None),
    ],
)
def test_references_to_libraries_and_collections(
    text: str, reference: ZoteroReference | None
) -> None:
    assert parse_zotero_reference(text) == reference
