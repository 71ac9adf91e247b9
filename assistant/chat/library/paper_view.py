"""One paper in full, with its actions."""

from markupsafe import Markup

from assistant.chat.widgets.markup import link
from assistant.papers import Paper

_EMPTY = "Open a paper to read it here, and to ask about it alone."


def paper_view(paper: Paper | None) -> str:
    """Return a paper's HTML, escaped; a hint if no paper is open."""
    if paper is None:
        return str(Markup('<p class="empty">{}</p>').format(_EMPTY))
    facts = [str(paper.year)] if paper.year else []
    facts += [f"arXiv {paper.arxiv_id}"] if paper.arxiv_id else []
    facts += [f"DOI {paper.doi}"] if paper.doi else []
    facts += [f"from {paper.source}"] if paper.source else []
    button = Markup('<button type="button" class="{}" data-action="{}" data-id="{}">{}</button>')
    return str(
        Markup(
            '<article class="paper" tabindex="-1" aria-label="{}">'
            '<button type="button" class="close" data-action="close" aria-label="Close the paper">'
            "×</button>"
            '<h3>{}</h3><p class="authors">{}</p><p class="details">{}</p>'
            '<div class="actions">{}{}</div><p class="abstract">{}</p></article>'
        ).format(
            paper.title,
            link(paper.title, paper.link),
            ", ".join(paper.authors),
            " · ".join(facts),
            button.format("main", "ask", paper.id, "Ask about this paper"),
            button.format("secondary", "remove", paper.id, "Remove"),
            paper.abstract or "No abstract: this paper can be found only by its title.",
        )
    )
