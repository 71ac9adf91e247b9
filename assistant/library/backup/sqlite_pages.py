"""Reading the records of a damaged SQLite file page by page, without its indexes.

The format is described at https://www.sqlite.org/fileformat2.html. A leaf page of a table begins
with the byte 13, the number of its cells and their offsets. A cell has its size, its row number and
a record, whose end may be on overflow pages.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

Value = int | float | str | bytes | None

_TABLE_LEAF = 13
_HEADER_OF_FILE = 100
_HEADER_OF_PAGE = 8
_DEFAULT_PAGE = 4096
_WAL_HEADER = 32
_WAL_FRAME_HEADER = 24
# Sizes of the serial types 0 to 9.
_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a SQLite file.

    Attributes:
        data: the file.
        size: the page size, in bytes.
    """

    data: bytes
    size: int

    @classmethod
    def of(cls, data: bytes, wal: bytes = b"") -> "Pages":
        """Return the pages of a file, replaced by those in its write-ahead log."""
        size = struct.unpack(">H", data[16:18])[0] if len(data) > _HEADER_OF_FILE else 0
        size = 65536 if size == 1 else size
        if size < 512 or size & (size - 1):  # the header is damaged
            size = _DEFAULT_PAGE
        return cls(_with_log(data, wal, size), size)

    def records(self) -> Iterator[tuple[int, tuple[Value, ...]]]:
        """Yield the row number and the values of each table record that can be read."""
        for number in range(1, len(self.data) // self.size + 1):
            page = self._page(number)
            start = _HEADER_OF_FILE if number == 1 else 0
            if page[start] != _TABLE_LEAF:
                continue
            cells = struct.unpack(">H", page[start + 3 : start + 5])[0]
            places = page[start + _HEADER_OF_PAGE :][: 2 * cells]
            for (place,) in struct.iter_unpack(">H", places[: len(places) // 2 * 2]):
                try:
                    yield self._record(page, place)
                except (ValueError, IndexError, struct.error, UnicodeDecodeError):
                    continue

    def _page(self, number: int) -> bytes:
        return self.data[(number - 1) * self.size : number * self.size]

    def _record(self, page: bytes, place: int) -> tuple[int, tuple[Value, ...]]:
        length, place = _varint(page, place)
        row, place = _varint(page, place)
        largest = self.size - 35
        if length <= largest:
            return row, _values(page[place : place + length])
        smallest = (self.size - 12) * 32 // 255 - 23
        local = smallest + (length - smallest) % (self.size - 4)
        local = local if local <= largest else smallest
        payload = bytearray(page[place : place + local])
        next_page = struct.unpack(">I", page[place + local : place + local + 4])[0]
        while len(payload) < length:
            overflow = self._page(next_page)
            if not next_page or len(overflow) < self.size:
                raise ValueError("the record has no end")
            payload += overflow[4:]
            next_page = struct.unpack(">I", overflow[:4])[0]
        return row, _values(bytes(payload[:length]))


def _with_log(data: bytes, wal: bytes, size: int) -> bytes:
    pages = bytearray(data)
    frame = _WAL_FRAME_HEADER + size
    for start in range(_WAL_HEADER, len(wal) - frame + 1, frame):
        number = struct.unpack(">I", wal[start : start + 4])[0]
        # Frames left from an earlier use of the log have different salts.
        if wal[start + 8 : start + 16] != wal[16:24] or number > (len(data) + len(wal)) // size:
            continue
        end = number * size
        pages.extend(bytes(max(0, end - len(pages))))
        pages[end - size : end] = wal[start + _WAL_FRAME_HEADER : start + frame]
    return bytes(pages)


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for count in range(9):
        byte = data[place + count]
        if count == 8:
            return value << 8 | byte, place + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + count + 1
    raise AssertionError("a varint has at most nine bytes")


def _values(payload: bytes) -> tuple[Value, ...]:
    end, place = _varint(payload, 0)
    types = []
    while place < end:
        kind, place = _varint(payload, place)
        types.append(kind)
    values = []
    for kind in types:
        size = (kind - 12) // 2 if kind >= 12 else _SIZES[kind]
        field = payload[place : place + size]
        if len(field) < size:
            raise ValueError("the record is cut off")
        values.append(_value(kind, field))
        place += size
    return tuple(values)


def _value(kind: int, field: bytes) -> Value:
    if kind >= 12:
        return field.decode("utf-8") if kind % 2 else field
    if kind == 0:
        return None
    if kind == 7:
        return float(struct.unpack(">d", field)[0])
    return kind - 8 if kind >= 8 else int.from_bytes(field, "big", signed=True)
