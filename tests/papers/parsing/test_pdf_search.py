"""The page of a PDF on which a sentence stands."""

import pytest

from assistant.papers.parsing.pdf_pages import PdfPage, TextLine
from assistant.papers.parsing.pdf_search import page_of_sentence

SENTENCE = "Granite weighs 2.7 kilograms a litre, more than the textbooks of geology say."


def page(*lines: str) -> PdfPage:
    return PdfPage(tuple(TextLine(line, 10, 0, 0) for line in lines), "")


OTHER = page("Granite weighs nothing in space.", "The textbooks of chemistry say so.")


@pytest.mark.parametrize(
    "lines",
    [
        (SENTENCE,),
        ("GRANITE WEIGHS 2.7 KILO-", "GRAMS A LITRE, MORE THAN THE TEXT-", "BOOKS OF GEOLOGY SAY."),
        ("Graniteweighs2.7 kilogramsalitre,", "more thanthetextbooks of geology say."),
        ("It is said that granite weighs 2.7 kilograms a litre, more than the textbooks say.",),
    ],
)
def test_sentence_is_found_however_its_lines_are_broken(lines: tuple[str, ...]) -> None:
    assert page_of_sentence(SENTENCE, [OTHER, page(*lines), OTHER]) == 2


def test_sentence_across_two_pages_is_on_the_one_with_most_of_it() -> None:
    pages = [page("Granite weighs 2.7 kilograms a"), page(*SENTENCE.split("litre,")[1:])]
    assert page_of_sentence(SENTENCE, pages, first=4) == 5


def test_sentence_that_no_page_has_is_not_found() -> None:
    assert page_of_sentence(SENTENCE, [OTHER, OTHER]) is None
    assert page_of_sentence("", [OTHER]) is None
    assert page_of_sentence(SENTENCE, []) is None


def test_pages_after_the_sentence_are_not_read() -> None:
    pages = iter([page(SENTENCE), OTHER])
    assert page_of_sentence(SENTENCE, pages) == 1
    assert next(pages) is OTHER
