"""Reading files, folders, zips and standard input, and reporting what was skipped."""

import bz2
import gzip
import io
import json
import lzma
import os
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from assistant.errors import InputError
from assistant.papers import Paper, Record, Skipped, read_files


def line(title: str) -> str:
    return json.dumps({"title": title, "abstract": f"{title} is what this paper is about."}) + "\n"


def titles(records: list[Record]) -> list[str]:
    return [record.title for record in records if isinstance(record, Paper)]


def sources(records: list[Record]) -> list[str]:
    return [record.source for record in records if isinstance(record, Paper)]


def skipped(records: list[Record]) -> dict[str, str]:
    return {record.source: record.reason for record in records if isinstance(record, Skipped)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    (folder / "deep" / "deeper").mkdir(parents=True)
    (folder / "b.jsonl").write_text(line("Bees"))
    (folder / "deep" / "a.txt").write_text(line("Ants"))
    (folder / "deep" / "deeper" / "c").write_text(line("Crabs"))
    return folder


# -- what cannot be read ----------------------------------------------------------------------


def test_missing_file_is_an_error_before_any_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line("Ants"))
    with pytest.raises(InputError, match=r"no file .*nowhere\.txt"):
        read_files(tmp_path / "a.jsonl", tmp_path / "nowhere.txt")


def test_inaccessible_path_is_an_error(tmp_path: Path) -> None:
    # A folder without permission would do too, but not for root.
    with pytest.raises(InputError, match="cannot be accessed: File name too long"):
        read_files(tmp_path / ("a" * 300))


@pytest.mark.skipif(
    os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="this user has permission for every file",
)
def test_file_without_read_permission_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.touch(mode=0o000)
    with pytest.raises(InputError, match=r"secret\.txt cannot be read"):
        read_files(file)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b" \n\r\n\t", "is empty", id="white space only"),
        pytest.param(b"\x89BIN\r\n\x1a\n\0\0\0\rIHDR", "is a binary file", id="binary"),
        pytest.param(b"Menu\n\nSubscribe\n", "holds no papers", id="page without papers"),
        pytest.param(b"\xef\xbb\xbf", "holds no papers", id="byte order mark only"),
        pytest.param(b'{"title": "A"}', "line 1: no abstract", id="records without papers"),
    ],
)
def test_single_file_without_papers_is_an_error(
    data: bytes, complaint: str, tmp_path: Path
) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(data)
    with pytest.raises(InputError, match=complaint) as caught:
        read_files(file)
    assert str(caught.value).startswith("page.txt ")


def test_error_for_unknown_format_lists_the_formats(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("A shopping list: milk, eggs.", encoding="utf-8")
    with pytest.raises(InputError, match=r"Formats read: .*JSON Lines.*Hugging Face Papers page"):
        read_files(file)


def test_file_without_papers_among_others_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line("Ants"))
    (tmp_path / "menu.txt").write_text("Home\n\nLog in\n")
    records = list(read_files(tmp_path / "menu.txt", tmp_path / "a.jsonl"))
    assert titles(records) == ["Ants"]
    assert skipped(records) == {"menu.txt": "holds no papers that could be recognised"}


def test_files_with_the_same_name_are_shown_by_path(folder: Path) -> None:
    other = folder / "deep" / "b.jsonl"
    other.write_text(line("Ants"))
    records = list(read_files(folder / "b.jsonl", other))
    assert sources(records) == [str(folder / "b.jsonl"), str(other)]


# -- folders ----------------------------------------------------------------------------------


def test_folder_is_read_recursively(folder: Path) -> None:
    records = list(read_files(folder))
    assert titles(records) == ["Bees", "Ants", "Crabs"]
    assert sources(records) == ["mine/b.jsonl", "mine/deep/a.txt", "mine/deep/deeper/c"]


def test_files_without_papers_in_a_folder_are_reported(folder: Path) -> None:
    (folder / "cat.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (folder / "deep" / "nothing").touch()
    assert skipped(list(read_files(folder))) == {
        "mine/cat.png": "is a PNG image, in which no papers are read",
        "mine/deep/nothing": "is empty",
    }


def test_hidden_files_link_cycles_and_libraries_are_not_read(folder: Path) -> None:
    (folder / ".hidden").write_text(line("Hidden"))
    (folder / ".git").mkdir()
    (folder / ".git" / "notes").write_text(line("Hidden"))
    (folder / "deep" / "circle").symlink_to(folder)
    (folder / "gone").symlink_to(folder / "nowhere")
    (folder / "library" / "vectors").mkdir(parents=True)
    (folder / "library" / "catalogue.sqlite").write_text(line("Hidden"))
    (folder / "library" / "vectors" / "index").write_text(line("Hidden"))
    records = list(read_files(folder))
    assert titles(records) == ["Bees", "Ants", "Crabs"]
    assert skipped(records) == {"mine/library": "is a library itself"}


def test_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="empty"):
        read_files(tmp_path)


# -- zips -------------------------------------------------------------------------------------


def zipped(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_zip_is_recognised_without_its_suffix(tmp_path: Path) -> None:
    path = zipped(tmp_path / "mine.dat", {"b.jsonl": line("Bees"), "deep/a.txt": line("Ants")})
    records = list(read_files(path))
    assert titles(records) == ["Bees", "Ants"]
    assert sources(records) == ["mine.dat/b.jsonl", "mine.dat/deep/a.txt"]


def test_zip_in_a_folder_is_read(folder: Path) -> None:
    zipped(folder / "d.zip", {"d": line("Dogs")})
    assert "mine/d.zip/d" in sources(list(read_files(folder)))


def test_paths_in_a_zip_are_never_written_to(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "mine.zip", {"../../out": line("Out"), str(tmp_path / "abs"): line("A")}
    )
    assert sorted(titles(list(read_files(path)))) == ["A", "Out"]
    assert list(tmp_path.iterdir()) == [path]


def test_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.zip", {"a.jsonl": line("Ants"), "b": b" " * (200 << 20)})
    assert path.stat().st_size < 1 << 20
    records = list(read_files(path))
    assert titles(records) == ["Ants"]
    assert "far more data than papers would" in skipped(records)["bomb.zip/b"]


def test_nested_zips_and_hidden_files_are_not_read(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"c": line("Crabs")}).read_bytes()
    files = {"a": line("Ants"), "inner.zip": inner, "__MACOSX/a": line("No"), ".b": line("No")}
    records = list(read_files(zipped(tmp_path / "mine.zip", files)))
    assert titles(records) == ["Ants"]
    assert skipped(records) == {"mine.zip/inner.zip": "is a zip in a zip; unpack it first"}


def test_office_document_is_not_read_as_a_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.docx", {"[Content_Types].xml": "<Types/>", "a": line("Ants")})
    with pytest.raises(InputError, match=r"a\.docx is an office document"):
        read_files(path)


@pytest.mark.parametrize("damage", ["cut", "garbled", "encrypted", "unknown method"])
def test_damaged_zip_is_an_error(damage: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "mine.zip", {"a": line("Ants") * 100})
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    match damage:
        case "cut":
            del data[60:]
        case "garbled":
            data[40:50] = bytes(10)
        case "encrypted":
            data[6] |= 1
            data[central + 8] |= 1
        case "unknown method":
            data[8] = data[central + 10] = 99
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"mine\.zip(/a)? is (a damaged zip|packed)"):
        read_files(path)


# -- other archives ---------------------------------------------------------------------------


def tar(files: dict[str, bytes], mode: Literal["w", "w:gz", "w:bz2", "w:xz"] = "w") -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return data.getvalue()


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar_is_read(mode: Literal["w", "w:gz", "w:bz2", "w:xz"], tmp_path: Path) -> None:
    files = {"b": line("Bees").encode(), "deep/a": line("Ants").encode(), "deep/.c": b"Hidden"}
    (tmp_path / "mine").write_bytes(tar(files, mode))
    records = list(read_files(tmp_path / "mine"))
    assert (titles(records), sources(records)) == (["Bees", "Ants"], ["mine/b", "mine/deep/a"])
    assert not skipped(records)


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_file_is_read(compress: Callable[[bytes], bytes], tmp_path: Path) -> None:
    (tmp_path / "refs.jsonl.gz").write_bytes(compress(line("Bees").encode()))
    records = list(read_files(tmp_path / "refs.jsonl.gz"))
    assert (titles(records), sources(records)) == (["Bees"], ["refs.jsonl.gz"])


def test_compressed_file_in_an_archive_is_read_and_an_archive_is_not(tmp_path: Path) -> None:
    inner = tar({"a": line("Ants").encode()}, "w:gz")
    files = {"b.gz": gzip.compress(line("Bees").encode()), "inner.tgz": inner}
    (tmp_path / "mine.tar").write_bytes(tar(files))
    records = list(read_files(tmp_path / "mine.tar"))
    assert titles(records) == ["Bees"]
    assert skipped(records) == {
        "mine.tar/inner.tgz": "is an archive in an archive; unpack it first"
    }


def test_compressed_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b" " * (200 << 20)))
    with pytest.raises(InputError, match="far more data than papers would"):
        read_files(tmp_path / "bomb.gz")


@pytest.mark.parametrize("damage", ["cut", "garbled"])
@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_damaged_tar_is_an_error(mode: Literal["w", "w:gz"], damage: str, tmp_path: Path) -> None:
    data = bytearray(tar({"a": line("Ants").encode() * 100}, mode))
    if damage == "cut":
        del data[len(data) // 4 :]
    else:
        data[120:160] = bytes(40)
    (tmp_path / "mine.tar").write_bytes(data)
    with pytest.raises(InputError, match=r"mine\.tar is a damaged"):
        read_files(tmp_path / "mine.tar")


# -- standard input ---------------------------------------------------------------------------


def test_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO(line("Ants").encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    records = list(read_files("-"))
    assert (titles(records), sources(records)) == (["Ants"], ["standard input"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_named_pipe_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    if not os.fork():
        pipe.write_text(line("Ants"))
        os._exit(0)
    assert titles(list(read_files(pipe))) == ["Ants"]
    os.wait()


# -- encodings --------------------------------------------------------------------------------

ABSTRACT = "Über Größen und Maße in der Bäckerei: Käse, Brötchen und süße Sachen für alle."


@pytest.mark.parametrize(
    "codec",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"],
)
def test_encoding_is_detected(codec: str, tmp_path: Path) -> None:
    file = tmp_path / "refs.jsonl"
    text = json.dumps({"title": "Bäckerei", "abstract": ABSTRACT}, ensure_ascii=False)
    file.write_bytes(text.encode(codec))
    [paper] = read_files(file)
    assert isinstance(paper, Paper)
    assert (paper.title, paper.abstract) == ("Bäckerei", ABSTRACT)


@pytest.mark.parametrize(
    ("codec", "abstract"),
    [
        ("cp1251", "Мы измеряем скорость улиток в саду и находим, что письма доходят за три дня."),
        ("gb18030", "我们在花园里测量蜗牛的速度，发现信件需要三天才能送达。结果适用于所有的蜗牛。"),
        ("shift_jis", "庭でカタツムリの速度を測定し、手紙が届くまでに三日かかることを発見した。"),
        (
            "euc_kr",
            "우리는 정원에서 달팽이의 속도를 측정하고 편지가 도착하는 데 사흘이 걸린다.",
        ),
    ],
)
def test_legacy_encodings_of_other_scripts_are_detected(
    codec: str, abstract: str, tmp_path: Path
) -> None:
    file = tmp_path / "refs.jsonl"
    text = json.dumps({"title": "Snails", "abstract": abstract}, ensure_ascii=False)
    file.write_bytes(text.encode(codec))
    [paper] = read_files(file)
    assert isinstance(paper, Paper)
    assert paper.abstract == abstract


def test_invalid_byte_does_not_affect_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "refs.jsonl"
    data = json.dumps({"title": "Bäckerei", "abstract": ABSTRACT}, ensure_ascii=False).encode()
    file.write_bytes(data.replace(b"alle", b"a\xffle"))
    [paper] = read_files(file)
    assert isinstance(paper, Paper)
    assert paper.abstract == ABSTRACT.replace("alle", "a\N{REPLACEMENT CHARACTER}le")
