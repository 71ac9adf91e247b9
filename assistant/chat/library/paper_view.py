"""One paper in full, with its actions and references, and similar papers."""

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from assistant.chat.rights import needs
from assistant.chat.widgets.markup import link
from assistant.chat.widgets.pdf_link import pdf_link
from assistant.errors import InputError
from assistant.papers import Paper
from assistant.papers.references import STYLE_NAMES, CslStyle, format_reference

_ADD, _REMOVE = (f"secondary {needs(right)}" for right in ("add papers", "remove papers"))
_BUTTON = Markup('<button type="button" class="{}" data-action="{}" data-id="{}">{}</button>')


def paper_view(paper: Paper, styles: Iterable[CslStyle] = ()) -> str:
    """Return a paper's HTML, escaped.

    Args:
        paper: the paper to show.
        styles: CSL styles for references, besides the built-in ones.
    """
    facts = [str(paper.year)] if paper.year else []
    facts += [paper.venue] if paper.venue else []
    facts += [f"arXiv {paper.arxiv_id}"] if paper.arxiv_id else []
    facts += [f"DOI {paper.doi}"] if paper.doi else []
    facts += [f"from {paper.source}"] if paper.source else []
    return str(
        Markup(
            '<article class="paper" tabindex="-1" aria-label="{}">'
            '<button type="button" class="close" data-action="close" aria-label="Close the paper">'
            "×</button>"
            '<h3>{}</h3><p class="authors">{}</p><p class="details">{}</p>'
            '<div class="actions">{}{}{}{}</div>{}</article>'
        ).format(
            paper.title,
            link(paper.title, paper.link),
            ", ".join(paper.authors),
            " · ".join(facts),
            _BUTTON.format("main", "ask", paper.id, "Ask about this paper"),
            pdf_link(paper) if paper.pdf else "",
            _references(paper, styles),
            _BUTTON.format(_REMOVE, "remove", paper.id, "Remove"),
            _abstract(paper),
        )
    )


def similar_view(papers: Sequence[Paper]) -> str:
    """Return the HTML, escaped, of papers similar to the open one; empty if there are none."""
    if not papers:
        return ""
    items = Markup("").join(
        Markup('<li><button type="button" data-action="open" data-id="{}">{}</button></li>').format(
            paper.id, paper.title
        )
        for paper in papers
    )
    section = Markup('<section class="similar"><h4>Similar papers</h4><ul>{}</ul></section>')
    return str(section.format(items))


def _abstract(paper: Paper) -> Markup:
    if paper.abstract:
        return Markup('<p class="abstract">{}</p>').format(paper.abstract)
    text = "No abstract: this paper is found by its title and details, but no answer cites it."
    has_id = paper.arxiv_id or paper.doi
    button = _BUTTON.format(_ADD, "fetch", paper.id, "Fetch the abstract") if has_id else ""
    return Markup('<p class="abstract none">{}</p>{}').format(text, button)


def _references(paper: Paper, styles: Iterable[CslStyle]) -> Markup:
    items = Markup("").join(
        Markup('<button type="button" data-copy="{}">{}</button>').format(reference, title)
        for title, reference in _written(paper, styles)
    )
    return Markup(
        '<details class="menu"><summary>Copy reference</summary><div class="items">{}</div>'
        "</details>"
    ).format(items)


def _written(paper: Paper, styles: Iterable[CslStyle]) -> Iterator[tuple[str, str]]:
    """Yield the title of each style with the reference in that style."""
    for name, title in STYLE_NAMES.items():
        yield title, format_reference(paper, name)
    for style in styles:
        try:
            yield style.title, format_reference(paper, style)
        except InputError:
            continue  # the command line says what is wrong with the style
