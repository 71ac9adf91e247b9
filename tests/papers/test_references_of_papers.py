"""References to a paper in common styles."""

from dataclasses import replace

import pytest

from assistant.errors import InputError
from assistant.papers import Paper
from assistant.papers.names import Name
from assistant.papers.references import (
    STYLES,
    format_reference,
    narrative_citation,
    reference_list,
)

ARTICLE = Paper(
    title="Glacier Melt Seen from Balloons",
    abstract="",
    authors=("Ada B. Frost", "Bo van der Berg", "Gabriela García Márquez"),
    names=(Name(family="García Márquez", given="Gabriela"),),
    year=2021,
    type="article",
    venue="Journal of Snow",
    volume="3",
    issue="4",
    pages="12-34",
    doi="10.5555/1",
)


def test_apa_of_an_article() -> None:
    assert format_reference(ARTICLE, "apa") == (
        "Frost, A. B., van der Berg, B., & García Márquez, G. (2021). Glacier Melt Seen from "
        "Balloons. Journal of Snow, 3(4), 12–34. https://doi.org/10.5555/1"
    )


def test_ieee_of_an_article() -> None:
    assert format_reference(ARTICLE, "ieee") == (
        "A. B. Frost, B. van der Berg, and G. García Márquez, “Glacier Melt Seen from Balloons,” "
        "Journal of Snow, vol. 3, no. 4, pp. 12–34, 2021, doi: 10.5555/1."
    )


def test_conference_paper_names_the_proceedings() -> None:
    paper = replace(
        ARTICLE,
        type="inproceedings",
        venue="Proceedings of Ice",
        authors=("Snow Consortium",),
        volume=None,
        issue=None,
        doi=None,
    )
    assert format_reference(paper, "apa") == (
        "Snow Consortium. (2021). Glacier Melt Seen from Balloons. In Proceedings of Ice "
        "(pp. 12–34)."
    )
    assert format_reference(paper, "ieee") == (
        "Snow Consortium, “Glacier Melt Seen from Balloons,” in Proceedings of Ice, pp. 12–34, "
        "2021."
    )


def test_preprint_names_arxiv() -> None:
    paper = Paper(
        title="Do Parrots Count?",
        abstract="",
        authors=("Jean-Luc Melt", "A. Ice"),
        year=2019,
        arxiv_id="1901.00001",
    )
    assert format_reference(paper, "apa") == (
        "Melt, J.-L., & Ice, A. (2019). Do Parrots Count? arXiv. https://arxiv.org/abs/1901.00001"
    )
    assert format_reference(paper, "ieee") == (
        "J.-L. Melt and A. Ice, “Do Parrots Count?” 2019, arXiv:1901.00001."
    )


def test_many_authors_are_shortened() -> None:
    paper = replace(ARTICLE, authors=tuple(f"Ada Frost{number}" for number in range(30)), names=())
    assert "Frost18, A., . . . Frost29, A. (2021)" in format_reference(paper, "apa")
    assert format_reference(paper, "ieee").startswith("A. Frost0 et al., “")
    assert format_reference(paper, "chicago").startswith(
        "Frost0, Ada, Ada Frost1, Ada Frost2, et al. 2021. “"
    )
    assert format_reference(paper, "harvard").startswith("Frost0, A. et al. (2021) ‘")
    assert "Frost4 A, Frost5 A, et al. Glacier" in format_reference(paper, "vancouver")


def test_bibtex_is_that_of_the_export() -> None:
    assert format_reference(ARTICLE, "bibtex").startswith("@article{frost2021glacier,\n")


@pytest.mark.parametrize("style", STYLES)
def test_title_alone_is_enough(style: str) -> None:
    assert "Snails" in format_reference(Paper(title="Snails", abstract=""), style)


def test_unknown_style_is_refused() -> None:
    with pytest.raises(InputError, match="apa, chicago, harvard, ieee, mla, vancouver, bibtex"):
        format_reference(ARTICLE, "turabian")


def test_mla() -> None:
    assert format_reference(ARTICLE, "mla") == (
        "Frost, Ada B., et al. “Glacier Melt Seen from Balloons.” Journal of Snow, vol. 3, no. 4, "
        "2021, pp. 12–34, https://doi.org/10.5555/1."
    )
    two = replace(ARTICLE, authors=("Ada Frost", "Bo van der Berg"), type="book", venue=None)
    assert format_reference(replace(two, publisher="Ice Press", volume=None), "mla") == (
        "Frost, Ada, and Bo van der Berg. Glacier Melt Seen from Balloons. no. 4, Ice Press, 2021, "
        "pp. 12–34, https://doi.org/10.5555/1."
    )


def test_list_of_references_is_in_order_of_the_style() -> None:
    papers = [replace(ARTICLE, authors=(name,), names=()) for name in ("Bo Snow", "Cy Élan")]
    assert [line[:8] for line in reference_list(papers, "apa")] == ["Élan, C.", "Snow, B."]
    assert [line[:8] for line in reference_list(papers, "ieee")] == ["[1] B. S", "[2] C. É"]
    assert [line[:8] for line in reference_list(papers, "vancouver")] == ["1. Snow ", "2. Élan "]


CHAPTER = Paper(
    title="Glacier Melt Seen from Balloons",
    abstract="",
    authors=("Snow Consortium",),
    editors=("Cy B. Melt", "Di Ice"),
    year=2021,
    type="inproceedings",
    venue="Proceedings of Ice",
    pages="123-128",
    publisher="Ice Press",
)
PREPRINT = Paper(
    title="Do Parrots Count?",
    abstract="",
    authors=("Jean-Luc Melt", "A. Ice"),
    year=2019,
    arxiv_id="1901.00001",
)
BOOK = Paper(
    title="Of Snow",
    abstract="",
    authors=("Ada Frost Jr.", "Bo van der Berg"),
    year=2021,
    type="book",
    publisher="Ice Press",
)


def test_chicago() -> None:
    assert format_reference(ARTICLE, "chicago") == (
        "Frost, Ada B., Bo van der Berg, and Gabriela García Márquez. 2021. “Glacier Melt Seen "
        "from Balloons.” Journal of Snow 3 (4): 12–34. https://doi.org/10.5555/1."
    )
    assert format_reference(CHAPTER, "chicago") == (
        "Snow Consortium. 2021. “Glacier Melt Seen from Balloons.” In Proceedings of Ice, edited "
        "by Cy B. Melt and Di Ice, 123–128. Ice Press."
    )
    assert format_reference(PREPRINT, "chicago") == (
        "Melt, Jean-Luc, and A. Ice. 2019. “Do Parrots Count?” Preprint, arXiv. "
        "https://arxiv.org/abs/1901.00001."
    )
    assert format_reference(BOOK, "chicago") == (
        "Frost, Ada, Jr., and Bo van der Berg. 2021. Of Snow. Ice Press."
    )
    assert "Journal of Snow, no. 4, 12–34." in format_reference(
        replace(ARTICLE, volume=None), "chicago"
    )


def test_harvard() -> None:
    assert format_reference(ARTICLE, "harvard") == (
        "Frost, A.B., van der Berg, B. and García Márquez, G. (2021) ‘Glacier Melt Seen from "
        "Balloons’, Journal of Snow, 3(4), pp. 12–34. Available at: https://doi.org/10.5555/1."
    )
    assert format_reference(CHAPTER, "harvard") == (
        "Snow Consortium (2021) ‘Glacier Melt Seen from Balloons’, in C.B. Melt and D. Ice (eds) "
        "Proceedings of Ice. Ice Press, pp. 123–128."
    )
    assert format_reference(PREPRINT, "harvard") == (
        "Melt, J.-L. and Ice, A. (2019) ‘Do Parrots Count?’. arXiv. Available at: "
        "https://arxiv.org/abs/1901.00001."
    )
    assert format_reference(BOOK, "harvard") == (
        "Frost, A., Jr. and van der Berg, B. (2021) Of Snow. Ice Press."
    )


def test_vancouver() -> None:
    assert format_reference(ARTICLE, "vancouver") == (
        "Frost AB, van der Berg B, García Márquez G. Glacier Melt Seen from Balloons. Journal of "
        "Snow. 2021;3(4):12-34. doi: 10.5555/1."
    )
    assert format_reference(CHAPTER, "vancouver") == (
        "Snow Consortium. Glacier Melt Seen from Balloons. In: Melt CB, Ice D, editors. "
        "Proceedings of Ice. Ice Press; 2021. p. 123-8."
    )
    assert format_reference(PREPRINT, "vancouver") == (
        "Melt JL, Ice A. Do Parrots Count? [Preprint]. arXiv; 2019. Available from: "
        "https://arxiv.org/abs/1901.00001"
    )
    assert format_reference(BOOK, "vancouver") == (
        "Frost A Jr, van der Berg B. Of Snow. Ice Press; 2021."
    )


@pytest.mark.parametrize(
    ("pages", "shortened"),
    [("1290-1310", "1290-310"), ("99-102", "99-102"), ("e12", "e12"), ("7-7", "7-7")],
)
def test_vancouver_leaves_out_the_digits_that_pages_share(pages: str, shortened: str) -> None:
    reference = format_reference(replace(ARTICLE, pages=pages), "vancouver")
    assert f"2021;3(4):{shortened}. doi" in reference


@pytest.mark.parametrize(
    ("authors", "named"),
    [
        (("Ada B. Frost",), "Frost (2021)"),
        (("Ada B. Frost", "Bo van der Berg"), "Frost and van der Berg (2021)"),
        (("Ada B. Frost", "Bo van der Berg", "Cy Ng"), "Frost et al. (2021)"),
        (("The Glacier Consortium",), "The Glacier Consortium (2021)"),
        ((), ""),
    ],
)
def test_authors_in_a_sentence(authors: tuple[str, ...], named: str) -> None:
    assert narrative_citation(replace(ARTICLE, authors=authors, names=())) == named


def test_authors_in_a_sentence_without_a_year() -> None:
    assert narrative_citation(replace(ARTICLE, year=None)) == "Frost et al."
