"""Links to the PDFs of papers, which the page shows in a frame where there is room."""

from urllib.parse import urlencode

from markupsafe import Markup

from assistant.papers import Paper
from assistant.text.sentences import Span


def pdf_address(paper: Paper, span: Span | None = None) -> str:
    """Return the address that redirects to the PDF of a paper, at the page of a sentence.

    It has no leading slash: a proxy may serve the page below another path.

    Args:
        paper: the paper.
        span: the sentence's span in the abstract; None for the beginning of the abstract.
    """
    place = {"start": span.start} if span else {}
    return f"pdf?{urlencode({'paper': paper.id, **place})}"


def pdf_link(paper: Paper, span: Span | None = None) -> Markup:
    """Return the link "Open PDF", with the arguments of `pdf_address`."""
    return Markup(
        '<a class="pdf" href="{}" target="_blank" rel="noopener" data-pdf-of="{}">Open PDF</a>'
    ).format(pdf_address(paper, span), paper.title)
