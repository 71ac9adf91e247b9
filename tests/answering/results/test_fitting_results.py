"""Which numbers a question for the largest or smallest asks about."""

from assistant.answering.results.ranking import fitting_results
from assistant.library import Library
from assistant.papers import Paper

_BAKERIES = {
    "Warm Ovens": "We bake 40 loaves a day. Baking takes 3 hours on a stone.",
    "Cold Ovens": "Baking takes 45 minutes. We use 7 kinds of flour.",
    "Large Ovens": "Our oven bakes 900 loaves. The crust has 12% salt.",
}


def values(library: Library, question: str) -> set[str]:
    papers = library.catalogue.papers()
    return {one.result.value for one in fitting_results(library, question, papers)}


def test_numbers_of_what_is_asked_about_are_compared(small_library: Library) -> None:
    small_library.add(
        Paper(title=title, abstract=abstract) for title, abstract in _BAKERIES.items()
    )
    assert values(small_library, "What is the largest number of loaves?") >= {"40", "900", "200"}
    assert {"7", "77", "14"}.isdisjoint(values(small_library, "largest number of loaves"))
    assert values(small_library, "How few minutes or hours does baking take?") >= {
        "45 minutes",
        "3 hours",
    }


def test_numbers_near_the_names_of_the_question_come_first(small_library: Library) -> None:
    found = values(small_library, "highest accuracy on WalnutBench")
    assert "93 percent" in found
    assert found <= {"Half", "93 percent"}


def test_library_without_numbers_has_none(small_library: Library) -> None:
    small_library.remove([paper.id for paper in small_library.catalogue.papers()])
    assert values(small_library, "highest accuracy") == set()


def test_nothing_fits_a_question_about_what_no_paper_measures(small_library: Library) -> None:
    assert values(small_library, "lowest word error rate in speech recognition") == set()


def test_all_words_of_a_question_say_what_is_measured(small_library: Library) -> None:
    small_library.add(
        Paper(title=title, abstract=abstract) for title, abstract in _BAKERIES.items()
    )
    found = values(small_library, "most that anyone bakes, by number of loaves?")
    assert "900" in found
    assert not any(value.endswith("%") for value in found)


def test_nothing_fits_a_name_that_is_in_no_paper(small_library: Library) -> None:
    assert values(small_library, "highest accuracy on walnut-bench")
    assert values(small_library, "highest accuracy on PecanBench") == set()
