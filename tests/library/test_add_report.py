"""Reports on papers that were added."""

from assistant.library.add_report import Tally
from assistant.papers import Skipped


def test_report_counts_outcomes_by_file_in_order_of_first_record() -> None:
    tally = Tally()
    tally.count("b.bib", "added")
    tally.count("a.bib", "updated")
    tally.count("b.bib", "unchanged")
    report = tally.report()
    assert list(map(str, report.files)) == ["b.bib: 1 added, 1 unchanged", "a.bib: 1 updated"]
    assert str(report) == "1 added, 1 updated, 1 unchanged"


def test_skipped_records_are_grouped_by_reason_and_the_first_few_named_in_a_line() -> None:
    tally = Tally()
    for number in range(1, 6):
        tally.skip(Skipped("a.bib", "has no title", f"record {number}"))
    tally.skip(Skipped("a.bib", "is damaged", "record 9"))
    report = tally.report()
    assert str(report.files[0]) == (
        "a.bib: 5 skipped: has no title (record 1, record 2, record 3, ...); "
        "1 skipped: is damaged (record 9)"
    )
    assert report.skipped == 6
    assert report.files[0].skipped[0].places == tuple(f"record {number}" for number in range(1, 6))


def test_skipped_file_is_reported_with_its_reason_and_no_count() -> None:
    tally = Tally()
    tally.skip(Skipped("notes.xyz", "is of no known format"))
    report = tally.report()
    assert str(report.files[0]) == "notes.xyz: is of no known format"
    assert report.skipped == 0
    assert str(report) == "no papers"


def test_added_papers_without_abstract_are_counted() -> None:
    tally = Tally()
    tally.count("a.bib", "added")
    tally.count("a.bib", "added", has_abstract=False)
    tally.count("a.bib", "unchanged", has_abstract=False)
    report = tally.report()
    assert str(report) == "2 added (1 without abstract), 1 unchanged"
    assert str(report.files[0]) == f"a.bib: {report}"
