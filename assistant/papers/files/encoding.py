"""Detecting the encoding of a text file."""

import codecs
import re
from typing import BinaryIO

# UTF-32 comes before UTF-16, whose byte order mark is a prefix of that of UTF-32.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""(?:<\?xml[^>]*?encoding|<meta[^>]*?charset)\s*=\s*["']?([\w.:-]+)""", re.I
)
# The legacy encodings to guess from. Only the most common one for Latin letters is included, since
# a few accents are not enough to distinguish them.
_LEGACY_ENCODINGS = "cp1252 cp1251 cp1253 koi8_r gb18030 big5 shift_jis euc_jp euc_kr".split()
_WESTERN = "cp1252"
_CHINESE = "gb18030"
# If Chinese text in GB 2312 is decoded as EUC-KR, a third of it is Chinese characters, which are
# rare in Korean today.
_MAX_CHINESE_IN_KOREAN = 0.1
_CHUNK_BYTES = 1 << 20
# Decodes to itself in every encoding that extends ASCII, but not in UTF-7 or in Python's codecs for
# escape sequences.
_PROBE = r"<a>&'\n\u0041+AGE-"


def encoding_of(data: BinaryIO, first_bytes: bytes) -> str | None:
    """Return the codec name of a file's encoding; None for a binary file.

    In this order: the encoding of a byte order mark, UTF-8 if the whole file is valid, the encoding
    that an XML or HTML file declares, and a guess by byte statistics.

    Args:
        data: the file, positioned at its start; it is read to its end or to the first invalid byte.
        first_bytes: the first bytes of the file.
    """
    for mark, codec in _BYTE_ORDER_MARKS:
        if first_bytes.startswith(mark):
            return codec
    if b"\0" in first_bytes:
        return _utf16_without_mark(first_bytes)
    invalid = _first_chunk_that_is_not_utf8(data)
    if invalid is None or _is_damaged_utf8(invalid):
        return "utf-8"
    return _declared(first_bytes) or _guess(invalid)


def _utf16_without_mark(first_bytes: bytes) -> str | None:
    """Return the UTF-16 codec if nearly every other byte is zero; None for a binary file."""
    half = len(first_bytes) // 2
    for codec, zeros in (("utf-16-le", first_bytes[1::2]), ("utf-16-be", first_bytes[::2])):
        if zeros.count(0) > 0.6 * half and first_bytes.count(0) < 1.1 * half:
            return codec
    return None


def _first_chunk_that_is_not_utf8(data: BinaryIO) -> bytes | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    while True:
        chunk = data.read(_CHUNK_BYTES)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError:
            return chunk
        if not chunk:
            return None


def _is_damaged_utf8(chunk: bytes) -> bool:
    """Return whether a chunk is UTF-8 except for a few invalid bytes or a truncated character."""
    letters = [letter for letter in chunk.decode("utf-8", errors="replace") if letter > "\x7f"]
    wrong = letters.count("\N{REPLACEMENT CHARACTER}")
    return len(letters) - wrong > 4 * wrong or not letters


def _declared(first_bytes: bytes) -> str | None:
    """Return the codec of the declared encoding; None if there is none or it is UTF-8.

    The file is already known not to be UTF-8.
    """
    declared = _DECLARED.search(first_bytes)
    if declared is None:
        return None
    codec = declared.group(1).decode("ascii", errors="replace")
    try:
        # Some codecs do not decode to text, and fail only when used.
        is_codec = _PROBE.encode().decode(codec) == _PROBE
    except (LookupError, UnicodeError):
        return None
    return codec if is_codec and codecs.lookup(codec).name != "utf-8" else None


def _guess(chunk: bytes) -> str:
    from charset_normalizer import from_bytes

    guess = from_bytes(chunk, cp_isolation=_LEGACY_ENCODINGS).best()
    encoding = guess.encoding if guess else _WESTERN
    return _CHINESE if encoding == "euc_kr" and not _is_korean(chunk) else encoding


def _is_korean(chunk: bytes) -> bool:
    """Return whether EUC-KR text has hardly any Chinese characters, like modern Korean."""
    letters = chunk.decode("euc_kr", errors="ignore")
    syllables = sum("\uac00" <= letter <= "\ud7a3" for letter in letters)
    chinese = sum("\u4e00" <= letter <= "\u9fff" for letter in letters)
    return chinese <= _MAX_CHINESE_IN_KOREAN * syllables
