"""Conditions on the date of publication."""

import pytest

from assistant.answering.metadata.entities.years import is_in, year_ranges

NEWEST = 2025


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("papers before 2010", 0, 2009),
        ("papers prior to 2010", 0, 2009),
        ("papers older than 2010", 0, 2009),
        ("papers until 2010", 0, 2010),
        ("2010 or earlier", 0, 2010),
        ("papers after 2010", 2011, 9999),
        ("papers newer than 2010", 2011, 9999),
        ("papers since 2010", 2010, 9999),
        ("papers not older than 2010", 2010, 9999),
        ("papers from 2010 onwards", 2010, 9999),
        ("2010 or later", 2010, 9999),
        ("between 2015 and 2018", 2015, 2018),
        ("from 2015 to 2018", 2015, 2018),
        ("papers of 2015-18", 2015, 2018),
        ("papers of 2015–2018", 2015, 2018),
        ("between 2018 and 2015", 2015, 2018),
        ("papers from the 2010s", 2010, 2019),
        ("papers from the 90s", 1990, 1999),
        ("papers from the nineties", 1990, 1999),
        ("the last two years", 2024, 2025),
        ("the past 3 years", 2023, 2025),
        ("papers from this year", 2025, 2025),
        ("last year's papers", 2024, 2024),
        ("the last decade", 2016, 2025),
        ("Frost 2019", 2019, 2019),
        ("Frost's 2019 paper", 2019, 2019),
    ],
)
def test_condition_has_its_first_and_last_year(question: str, first: int, last: int) -> None:
    [found] = year_ranges(question, NEWEST)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "question", ["a panel of 2,019 firms", "2019% more", "model X-2019", "1019 apples", "20199"]
)
def test_number_that_is_no_year_is_no_condition(question: str) -> None:
    assert year_ranges(question, NEWEST) == []


def test_either_of_two_years_fits() -> None:
    ranges = year_ranges("papers from 2018 or 2020", NEWEST)
    assert is_in("2018", ranges)
    assert is_in("2020-04", ranges)
    assert not is_in("2019", ranges)


def test_open_conditions_have_to_be_met_together() -> None:
    ranges = year_ranges("papers since 2015 but before 2020", NEWEST)
    assert is_in("2017", ranges)
    assert not is_in("2014", ranges)
    assert not is_in("2020", ranges)


def test_month_needs_a_date_with_a_month() -> None:
    ranges = year_ranges("papers from May 2021", NEWEST)
    assert is_in("2021-05-03", ranges)
    assert is_in("2021-06", ranges) is False
    assert is_in("2021", ranges) is None
    assert is_in("2020", ranges) is False


def test_unknown_date_is_neither_in_nor_out() -> None:
    assert is_in("", year_ranges("papers from 2021", NEWEST)) is None
