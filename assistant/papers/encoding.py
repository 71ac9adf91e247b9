"""Which encoding a file is written in: told by its first bytes, by itself, or guessed."""

import codecs
import re
from typing import BinaryIO

# UTF-32 first: its mark begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""(?:<\?xml[^>]*?encoding|<meta[^>]*?charset)\s*=\s*["']?([\w.:-]+)""", re.I
)
# What bibliographies are found to be written in, besides Unicode. Of the encodings of Latin letters
# only the most common: they cannot be told apart by a few accents.
_LIKELY = "cp1252 cp1251 cp1253 koi8_r gb18030 big5 shift_jis euc_jp euc_kr".split()
_WESTERN = "cp1252"
_PIECE = 1 << 20
# Reads the same in every encoding that a declaration in plain letters can stand in: not in UTF-7,
# nor in codecs that undo escapes, which Python has too.
_PROBE = r"<a>&'\n\u0041+AGE-"


def encoding_of(data: BinaryIO, first_bytes: bytes) -> str | None:
    """Return the name of the codec that a file's text is read with; None if it is no text.

    A byte order mark decides; else UTF-8 if the whole file is that; else what an XML or HTML file
    declares; else what the bytes look like.

    Args:
        data: the file, at its start; read to its end, or to where it is no UTF-8.
        first_bytes: of the file, read before.
    """
    for mark, codec in _MARKS:
        if first_bytes.startswith(mark):
            return codec
    if b"\0" in first_bytes:
        return _without_mark(first_bytes)
    no_utf8 = _first_piece_that_is_no_utf8(data)
    if no_utf8 is None or _is_damaged_utf8(no_utf8):
        return "utf-8"
    return _declared(first_bytes) or _guessed(no_utf8)


def _without_mark(first_bytes: bytes) -> str | None:
    """Tell UTF-16, in which most of every other byte is zero, from a binary file."""
    half = len(first_bytes) // 2
    for codec, zeros in (("utf-16-le", first_bytes[1::2]), ("utf-16-be", first_bytes[::2])):
        if zeros.count(0) > 0.6 * half and first_bytes.count(0) < 1.1 * half:
            return codec
    return None


def _first_piece_that_is_no_utf8(data: BinaryIO) -> bytes | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    while True:
        piece = data.read(_PIECE)
        try:
            decoder.decode(piece, final=not piece)
        except UnicodeDecodeError:
            return piece
        if not piece:
            return None


def _is_damaged_utf8(piece: bytes) -> bool:
    """Tell UTF-8 with a few wrong bytes, or cut within a character, from another encoding."""
    letters = [letter for letter in piece.decode("utf-8", errors="replace") if letter > "\x7f"]
    wrong = letters.count("\N{REPLACEMENT CHARACTER}")
    return len(letters) - wrong > 4 * wrong or not letters


def _declared(first_bytes: bytes) -> str | None:
    """Return the codec that a file declares, which is not UTF-8: it is known to be no UTF-8."""
    declared = _DECLARED.search(first_bytes)
    if declared is None:
        return None
    codec = declared.group(1).decode("ascii", errors="replace")
    try:
        # Some names are of codecs that make no text, and fail only when they are used.
        is_codec = _PROBE.encode().decode(codec) == _PROBE
    except (LookupError, UnicodeError):
        return None
    return codec if is_codec and codecs.lookup(codec).name != "utf-8" else None


def _guessed(piece: bytes) -> str:
    from charset_normalizer import from_bytes

    guess = from_bytes(piece, cp_isolation=_LIKELY).best()
    return guess.encoding if guess else _WESTERN
