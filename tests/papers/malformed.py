"""Strategies for damaged files, and checks that hold for any file that is read."""

from collections.abc import Sequence
from io import BytesIO

from hypothesis import strategies as st
from reading import NAME, format_of
from specimens import SPECIMENS

from assistant.errors import InputError
from assistant.papers import Document, Paper, Record, Skipped
from assistant.papers.files.pdf_process import read_pdf
from assistant.papers.readers import READERS, Reader, pdf

READERS_BY_NAME = {reader.NAME: reader for reader in READERS}
SPECIMENS_OF = {
    name: [data for data in SPECIMENS.values() if format_of(data) == name]
    for name in READERS_BY_NAME
}

# Fragments with a meaning in one of the formats.
_CHARACTERS = b"\0\n\r\t \"'\\{}[]()<>&%$#@=,;:|-+*_`~^/\xff\x80\xc3"
_UNICODE = [b"\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xa8", b"\xf0\x9f\x98\x80"]
_WORDS = rb"""
    \ud800 \u0000 &#0; &#xd800; null NaN 1e999 -1 true 10.5555/ arXiv: https:// PMID- @article{
    @string{ <!-- ]]> <![CDATA[ <!DOCTYPE <!ENTITY &e; </p> <title> \begin{ \' `` --- ``` Title:
    Abstract: title,abstract endobj stream endstream /Kids /Length xref >> <<
""".split()
_TAGS = [b"TY  - ", b"ER  - ", b"# ", b"0 R"]
_FRAGMENTS = [*(bytes([character]) for character in _CHARACTERS), *_UNICODE, *_WORDS, *_TAGS]
_MAX_REPEATS = 3000

_fragment = st.sampled_from(_FRAGMENTS) | st.binary(max_size=8)


@st.composite
def mutants(draw: st.DrawFn, specimens: Sequence[bytes]) -> bytes:
    """Draw a specimen with parts cut, changed, repeated or spliced in from another file."""
    data = draw(st.sampled_from(specimens))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        match draw(st.sampled_from(["cut", "end", "replace", "insert", "repeat", "splice"])):
            case "cut":
                data = data[:start] + data[end:]
            case "end":
                data = data[:start]
            case "replace":
                data = data[:start] + draw(_fragment) + data[end:]
            case "insert":
                data = data[:start] + draw(_fragment) + data[start:]
            case "repeat":
                times = draw(st.sampled_from([2, 3, 40, _MAX_REPEATS]))
                data = data[:end] + data[start:end] * times + data[end:]
            case "splice":
                other = draw(st.sampled_from(sorted(SPECIMENS.values())))
                at = draw(st.integers(0, len(other)))
                data = data[:start] + other[at : at + draw(st.integers(0, 400))] + data[end:]
    return data


def files_for(name: str) -> st.SearchStrategy[bytes]:
    """Return a strategy for files to give a reader: its specimens, damaged, and arbitrary bytes."""
    return (
        mutants(SPECIMENS_OF[name])
        | st.binary(max_size=400)
        | st.text(max_size=400).map(lambda text: text.encode("utf-8", errors="replace"))
        | st.lists(_fragment, max_size=40).map(b"".join)
    )


def check_reading(reader: Reader, data: bytes) -> list[Record]:
    """Read a file with a reader that may not recognise it, and check the records.

    A PDF is read as the program reads it: in another process, with limits on time and memory.

    Returns:
        The records; the last one is the error that ended the reading, if any.
    """
    document = Document(NAME, BytesIO(data))
    reader.recognises(document)
    records: list[Record] = []
    read = read_pdf if reader.NAME == pdf.NAME else reader.read
    try:
        records.extend(read(document))
    except InputError as error:
        records.append(Skipped(NAME, str(error)))
    for record in records:
        _check(record)
    return records


def _check(record: Record) -> None:
    if isinstance(record, Skipped):
        assert record.source == NAME
        assert record.reason
        assert "\n" not in record.reason
        return
    _check_paper(record)


def _check_paper(paper: Paper) -> None:
    assert paper.title
    assert all(paper.authors)
    for text in (paper.title, paper.abstract, *paper.authors):
        assert text == " ".join(text.split())
    assert paper.year is None or 1500 <= paper.year < 2200
    for text in (paper.url, paper.doi, paper.arxiv_id):
        assert text is None or text
    # SQLite, JSON and the exports reject lone surrogates.
    repr(paper).encode("utf-8")
    for text in (paper.title, paper.abstract, *paper.authors):
        text.encode("utf-8")
    assert paper.id
