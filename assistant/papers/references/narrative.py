"""How a sentence names the authors of a paper: "Ng et al. (2021)"."""

from assistant.papers.paper import Paper
from assistant.papers.references.parts import family_of


def narrative_citation(paper: Paper) -> str:
    """Return the authors and the year as in an APA narrative citation; empty without authors.

    Two authors are joined by "and"; of more authors, the first is followed by "et al.".
    """
    names = [name.literal or family_of(name) for name in paper.author_names]
    if not names:
        return ""
    authors = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    return f"{authors} ({paper.year})" if paper.year else authors
