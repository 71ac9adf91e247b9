"""Merging two records of the same paper."""

from dataclasses import replace

from assistant.papers import Paper
from assistant.papers.identity.merging import merged

STORED = Paper(
    title="Snail Mail",
    abstract="Snails carry letters.",
    source="a.bib",
    type="preprint",
    extra=(("address", "Köln"), ("note", "Under review")),
)


def test_extra_fields_of_both_records_are_kept() -> None:
    other = replace(STORED, source="b.bib", extra=(("note", "In press"), ("series", "Snow")))
    assert merged(STORED, other).extra == (
        ("address", "Köln"),
        ("note", "Under review"),
        ("series", "Snow"),
    )


def test_extra_fields_of_a_newer_or_published_record_come_first() -> None:
    newer = replace(STORED, extra=(("note", "In press"),))
    published = replace(newer, source="b.bib", type="article")
    expected = (("address", "Köln"), ("note", "In press"))
    assert merged(STORED, newer).extra == merged(STORED, published).extra == expected
