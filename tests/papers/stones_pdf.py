"""The PDF of a paper whose abstract begins on one page and ends on the next."""

from small_pdf import Line, pdf_of

TITLE = "Stones of Norway Weighed"
SENTENCES = (
    "We weigh stones of all kinds in the hills of Norway and find that they are heavy.",
    "Granite weighs 2.7 kilograms a litre, slightly more than the textbooks of geology say.",
    "A third of the stones float in mercury, though none of them floats in plain water.",
)
ABSTRACT = " ".join(SENTENCES)
_COVER = [Line("Repository of the University of Bergen", 12), Line("Deposited in 2021")]


def stones_pdf(*, cover: bool = False, title: str = TITLE, note: str = "") -> bytes:
    """Return the PDF.

    Args:
        cover: whether the page of a repository comes before the others.
        title: of the paper.
        note: a text on the last page, which makes another file of it.
    """
    first = [Line(title, 20), Line("Ada Frost"), Line("Abstract"), *map(Line, SENTENCES[:2])]
    second = [Line(SENTENCES[2]), Line("1 Introduction"), Line(f"Stones are old. {note}")]
    return pdf_of(*([_COVER] if cover else []), first, second)
