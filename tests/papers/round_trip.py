"""Write many papers with each writer and read them back: `python tests/papers/round_trip.py 10000`.

Prints a row of a Markdown table for each format, which has a process of its own: the size, seconds
of processor time, and peak memory. Fails at the first paper that does not come back equal. Names
after the number select formats.
"""

import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistant.papers import Paper, Skipped, read_files
from assistant.papers.names import Name, uncertain_parts
from assistant.papers.paper import PAPER_TYPES
from assistant.papers.writers import FOLDER_WRITERS, WRITERS

_WORDS = "snow melt of a glacier seen from balloons in three summers and two winters".split()
# Text that has a meaning in one of the formats, or needs an escape or an encoding.
_PIECES = (
    *("Summary: it works.", "## Abstract", "<!-- paper: {} -->", "=1+1", "TY  - JOUR", "ER  -"),
    *("@article{a, title = {b}}", "a; b, c and {d} & e", '"quoted", twice', "x < y > z", "O'Neill"),
    *(r"\frac{1}{25} of $\alpha$ & <b>all</b> 100%", r"C:\temp\new", "~ ^ _ # % $ | `", "--- ..."),
    *("Größe – “naïve”", "电池材料", "Ελλάδα", "Đúc", "[[link]]", "&amp; &lt;", "\N{SNOWFLAKE}"),
)
_EXTRA = ("address", "annote", "edition", "note", "organization", "series", "urldate")
_FAMILIES = ("Frost", "García Márquez", "Ångström", "Ó Briain", "Melt", "Li")
_GIVENS = ("Ada", "Jean-Luc", "B. C.", "Đúc", "Åsa Maria")


def papers(count: int) -> Iterator[Paper]:
    """Yield the same papers each time, with any fields that a paper may have."""
    for number in range(count):
        yield _paper(number, random.Random(number))


def _paper(number: int, chance: random.Random) -> Paper:
    names = [_name(chance) for _ in range(chance.randint(1, 5))]
    editors = [_name(chance) for _ in range(chance.randint(0, 2))]
    # The parts of a name that occurs twice are those of its last occurrence.
    parts = {str(name): name for name in (*names, *editors)}
    year = chance.randint(1950, 2026)
    return Paper(
        title=f"{_text(chance, 8)} {number}",
        abstract=_text(chance, 150),
        authors=tuple(map(str, names)),
        year=year,
        url=f"https://example.org/{number}?a=b_c&d=%20",
        doi=f"10.5555/snow.{number}",
        arxiv_id=f"{chance.randint(1000, 2612)}.{number:05}" if chance.random() < 0.3 else None,
        type=chance.choice((*PAPER_TYPES, None)),
        venue=_text(chance, 5),
        published=f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        volume=str(chance.randint(1, 99)),
        issue=str(chance.randint(1, 12)),
        pages=chance.choice(("12-34", "7", "e123")),
        publisher=_text(chance, 2),
        keywords=tuple(f"{_text(chance, 1)} {n}" for n in range(chance.randint(0, 5))),
        citation_key=f"frost{number}",
        language="en",
        editors=tuple(map(str, editors)),
        names=uncertain_parts(tuple(parts.values())),
        ids=(("issn", "1234-567X"), ("pmid", str(number + 1))),
        extra=tuple((name, _text(chance, 4)) for name in _EXTRA if chance.random() < 0.5),
    )


def _text(chance: random.Random, words: int) -> str:
    text = [chance.choice(_WORDS) for _ in range(words)]
    text.insert(chance.randint(0, words), chance.choice(_PIECES))
    return "Of " + " ".join(" ".join(text).split())


def _name(chance: random.Random) -> Name:
    if chance.random() < 0.1:
        return Name(literal="Snow, Ice & Rain Consortium")
    return Name(
        family=chance.choice(_FAMILIES),
        given=chance.choice(_GIVENS),
        particle=chance.choice(("", "", "van der")),
        suffix=chance.choice(("", "", "Jr.")),
    )


def round_trip(format_name: str, count: int) -> str:
    """Return the row of a format.

    Raises:
        AssertionError: a paper did not come back equal.
    """
    with TemporaryDirectory() as folder:
        start = time.process_time()
        files = _write(format_name, count, Path(folder))
        written = time.process_time() - start
        size = sum(file.stat().st_size for file in files)
        start = time.process_time()
        _compare(count, files)
        read = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"| {format_name} | {size / 1e6:.1f} | {written:.1f} | {read:.1f} | {memory:.0f} |"


def _write(format_name: str, count: int, folder: Path) -> list[Path]:
    if format_name in FOLDER_WRITERS:
        files = []
        for name, text in FOLDER_WRITERS[format_name].write(papers(count)):
            files.append(folder / name)
            files[-1].write_text(text, encoding="utf-8", newline="")
        return files
    file = folder / "exported"
    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(WRITERS[format_name].write(papers(count)))
    return [file]


def _compare(count: int, files: list[Path]) -> None:
    for expected, record in zip(papers(count), read_files(*files), strict=True):
        assert not isinstance(record, Skipped), record
        assert replace(record, source="") == expected, (expected, record)


if __name__ == "__main__":
    count, *wanted = sys.argv[1:]
    names = wanted or [*WRITERS, *FOLDER_WRITERS]
    if len(names) == 1:
        print(round_trip(names[0], int(count)), flush=True)
    else:
        print("| format | MB | CPU seconds to write | to read and compare | peak memory, MB |")
        print("|---|---|---|---|---|", flush=True)
        for name in names:
            subprocess.run([sys.executable, __file__, count, name], check=True)
