"""Zotero on this machine: a server that answers as its local API does, and its database.

Both are made of the same items, in the form that the API gives them.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

# What the database has of Zotero's schema: the tables and columns that hold bibliographic data.
_SCHEMA = """
CREATE TABLE libraries (libraryID INTEGER PRIMARY KEY, type TEXT, version INT);
CREATE TABLE groups (groupID INTEGER PRIMARY KEY, libraryID INT, name TEXT);
CREATE TABLE itemTypes (itemTypeID INTEGER PRIMARY KEY, typeName TEXT);
CREATE TABLE items (itemID INTEGER PRIMARY KEY, itemTypeID INT, dateModified TEXT,
    libraryID INT, key TEXT, version INT, synced INT);
CREATE TABLE fields (fieldID INTEGER PRIMARY KEY, fieldName TEXT);
CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value UNIQUE);
CREATE TABLE itemData (itemID INT, fieldID INT, valueID INT);
CREATE TABLE creatorTypes (creatorTypeID INTEGER PRIMARY KEY, creatorType TEXT);
CREATE TABLE creators (creatorID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT, fieldMode INT);
CREATE TABLE itemCreators (itemID INT, creatorID INT, creatorTypeID INT, orderIndex INT);
CREATE TABLE tags (tagID INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE itemTags (itemID INT, tagID INT, type INT);
CREATE TABLE collections (collectionID INTEGER PRIMARY KEY, collectionName TEXT,
    parentCollectionID INT, libraryID INT, key TEXT, version INT, synced INT);
CREATE TABLE collectionItems (collectionID INT, itemID INT, orderIndex INT);
CREATE TABLE deletedItems (itemID INTEGER PRIMARY KEY, dateDeleted TEXT);
CREATE TABLE deletedCollections (collectionID INTEGER PRIMARY KEY, dateDeleted TEXT);
INSERT INTO libraries VALUES (1, 'user', 9), (2, 'group', 3);
INSERT INTO groups VALUES (12, 2, 'Molluscs');
"""
_USER_LIBRARY = 1
_NO_FIELDS = ("itemType", "creators", "tags", "collections")


@dataclass
class Zotero:
    """The user's library.

    Attributes:
        items: the data of the items by key.
        versions: of the items; 0 for those that were never synchronised.
        modified: when the items were modified, for those that say so.
        collections: the name and the key of the parent of each collection, by key.
        trash: the keys of the items in the trash.
        page: the most items in a response, or None for all, as Zotero has it.
        backoff_s: the pause that responses ask for.
        requests: the path and the parameters of each request.
        url: of the API.
    """

    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    modified: dict[str, str] = field(default_factory=dict)
    collections: dict[str, tuple[str, str]] = field(default_factory=dict)
    trash: set[str] = field(default_factory=set)
    page: int | None = None
    backoff_s: int = 0
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def put(
        self, key: str, version: int, modified: str = "2024-01-01T00:00:00Z", **data: Any
    ) -> None:
        """Add an item or change it."""
        self.items[key] = {**self.items.get(key, {}), **data}
        self.versions[key] = version
        self.modified[key] = modified

    @property
    def keys_asked_for(self) -> list[str]:
        """The keys that were asked for by name since the requests were last cleared."""
        return [
            key for _, asked in self.requests for key in asked.get("itemKey", "").split(",") if key
        ]

    def objects(self, path: str, parameters: dict[str, str]) -> list[dict[str, Any]] | None:
        """Return the objects at a path; None if there is nothing."""
        parts = path.removeprefix("/api/users/0/").split("/")
        if not path.startswith("/api/users/0/"):
            return None
        if parts == ["collections"]:
            return [
                {
                    "key": key,
                    "version": 1,
                    "data": {"key": key, "name": name, "parentCollection": parent or False},
                }
                for key, (name, parent) in self.collections.items()
            ]
        found = {key: item for key, item in self.items.items() if key not in self.trash}
        if parts[0] == "collections":
            collection, parts = parts[1], parts[2:]
            found = {
                key: item
                for key, item in found.items()
                if collection in item.get("collections", ())
            }
        if parts not in (["items"], ["items", "top"]):
            return None
        if "itemKey" in parameters:
            found = {key: found[key] for key in parameters["itemKey"].split(",") if key in found}
        objects = [
            {
                "key": key,
                "version": self.versions[key],
                "data": {**item, "key": key, "dateModified": self.modified[key]},
            }
            for key, item in found.items()
        ]
        if since := int(parameters.get("since", 0)):
            objects = [one for one in objects if one["version"] > since]
        is_descending = parameters.get("direction", "desc") == "desc"
        return sorted(
            objects, key=lambda one: str(one["data"]["dateModified"]), reverse=is_descending
        )

    def reply(
        self, path: str, parameters: dict[str, str], unless_newer: int
    ) -> tuple[int, dict[str, str], Any]:
        """Return the status, headers and body of a response."""
        objects = self.objects(path, parameters)
        if objects is None:
            return 404, {}, "Not found"
        version = max(self.versions.values(), default=0)
        headers = {"Last-Modified-Version": str(version), "Total-Results": str(len(objects))}
        if self.backoff_s:
            headers["Backoff"] = str(self.backoff_s)
        if 0 < version <= unless_newer:
            return 304, headers, ""
        start = int(parameters.get("start", 0))
        end = start + min(
            int(parameters.get("limit", 0)) or len(objects), self.page or len(objects)
        )
        if end < len(objects):
            further = urlencode({**parameters, "start": end})
            # Zotero writes the name that it was reached by, whatever the client connects to.
            headers["Link"] = f'<http://localhost:1{path}?{further}>; rel="next"'
        shown = objects[start:end]
        if parameters.get("format") == "versions":
            return 200, headers, {one["key"]: one["version"] for one in shown}
        return 200, headers, shown

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Run Zotero: its API answers at `url`."""
        zotero = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                place = urlsplit(self.path)
                parameters = dict(parse_qsl(place.query))
                zotero.requests.append((place.path, parameters))
                unless_newer = int(self.headers.get("If-Modified-Since-Version", 0))
                status, headers, reply = zotero.reply(place.path, parameters, unless_newer)
                body = json.dumps(reply).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_port}/api"
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    def write_database(self, folder: Path) -> Path:
        """Write the database as Zotero leaves it when it is closed; return its file."""
        folder.mkdir(exist_ok=True)
        file = folder / "zotero.sqlite"
        file.unlink(missing_ok=True)
        with closing(sqlite3.connect(file)) as database:
            database.executescript(_SCHEMA)
            self._write_collections(database)
            for item_id, (key, item) in enumerate(self.items.items(), start=1):
                self._write_item(database, item_id, key, item)
            database.commit()
        return file

    def _write_collections(self, database: sqlite3.Connection) -> None:
        ids = {key: number for number, key in enumerate(self.collections, start=1)}
        for key, (name, parent) in self.collections.items():
            row = (ids[key], name, ids.get(parent), _USER_LIBRARY, key)
            database.execute("INSERT INTO collections VALUES (?, ?, ?, ?, ?, 1, 1)", row)

    def _write_item(
        self, database: sqlite3.Connection, item_id: int, key: str, item: dict[str, Any]
    ) -> None:
        kind = _id(database, "itemTypes", "itemTypeID", "typeName", item["itemType"])
        row = (item_id, kind, self.modified[key], _USER_LIBRARY, key, self.versions[key])
        database.execute("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, 1)", row)
        for name, value in item.items():
            if name not in _NO_FIELDS:
                field_id = _id(database, "fields", "fieldID", "fieldName", name)
                stored = f"{value} {value}" if name == "date" else value
                value_id = _id(database, "itemDataValues", "valueID", "value", stored)
                database.execute(
                    "INSERT INTO itemData VALUES (?, ?, ?)", (item_id, field_id, value_id)
                )
        for place, creator in enumerate(item.get("creators", ())):
            role = _id(
                database, "creatorTypes", "creatorTypeID", "creatorType", creator["creatorType"]
            )
            name = creator.get("name")
            parts = ("", name, 1) if name else (creator["firstName"], creator["lastName"], 0)
            cursor = database.execute("INSERT INTO creators VALUES (NULL, ?, ?, ?)", parts)
            database.execute(
                "INSERT INTO itemCreators VALUES (?, ?, ?, ?)",
                (item_id, cursor.lastrowid, role, place),
            )
        for tag in item.get("tags", ()):
            tag_id = _id(database, "tags", "tagID", "name", tag["tag"])
            database.execute(
                "INSERT INTO itemTags VALUES (?, ?, ?)", (item_id, tag_id, tag.get("type", 0))
            )
        for collection in item.get("collections", ()):
            [[number]] = database.execute(
                "SELECT collectionID FROM collections WHERE key = ?", (collection,)
            )
            database.execute("INSERT INTO collectionItems VALUES (?, ?, 0)", (number, item_id))
        if key in self.trash:
            database.execute("INSERT INTO deletedItems VALUES (?, '2024-01-01')", (item_id,))


def _id(database: sqlite3.Connection, table: str, column: str, of: str, value: object) -> int:
    """Return the number of a value in a table; it is added if it is new."""
    query = f"SELECT {column} FROM {table} WHERE {of} = ?"
    if found := database.execute(query, (value,)).fetchone():
        return int(found[0])
    return int(database.execute(f"INSERT INTO {table} ({of}) VALUES (?)", (value,)).lastrowid or 0)
