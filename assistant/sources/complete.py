"""Looking up missing abstracts by the papers' ids."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.errors import InputError, NetworkError
from assistant.papers import Paper
from assistant.papers.identity.same_paper import compare
from assistant.sources import arxiv
from assistant.sources.lookups import LOOKUPS, Lookup
from assistant.sources.services import ARXIV

NO_ID = "no id that a service knows: neither a DOI nor an arXiv, PubMed, PMC or ACL id"
NO_ABSTRACT = "no service has its abstract"


@dataclass(frozen=True, slots=True)
class Completion:
    """The outcome of looking up a paper.

    Attributes:
        paper: the paper before the lookup.
        record: the paper with its abstract, from a service; None if no service has it.
        reason: why there is no record; empty if there is one.
    """

    paper: Paper
    record: Paper | None = None
    reason: str = ""


def look_up(papers: Sequence[Paper]) -> Iterator[Completion]:
    """Yield the outcome for each paper, in order.

    An unreachable service is not asked again. A record whose title or authors contradict the paper
    is not used, since the id may be wrong.
    """
    unreachable: dict[str, NetworkError] = {}
    of_arxiv = _from_arxiv(papers, unreachable)
    for paper in papers:
        found = of_arxiv.get(paper.arxiv_id or "")
        if found is not None and compare(paper, found) == "same":
            yield Completion(paper, found)
        else:
            yield _look_up(paper, unreachable)


def _from_arxiv(papers: Sequence[Paper], unreachable: dict[str, NetworkError]) -> dict[str, Paper]:
    """Return the papers that arXiv has, by id. They are requested together."""
    ids = list(dict.fromkeys(paper.arxiv_id for paper in papers if paper.arxiv_id))
    if not ids:
        return {}
    try:
        records = arxiv.papers(ids)
    except InputError:  # one of the ids is malformed
        return {}
    except NetworkError as error:
        unreachable[ARXIV.key] = error
        return {}
    found = (record for record in records if isinstance(record, Paper) and record.abstract)
    return {record.arxiv_id: record for record in found if record.arxiv_id}


def _look_up(paper: Paper, unreachable: dict[str, NetworkError]) -> Completion:
    ids = {"doi": paper.doi, "arxiv": paper.arxiv_id, **dict(paper.ids)}
    wanted = [(lookup, id_) for lookup in LOOKUPS if (id_ := ids.get(lookup.kind))]
    reason = NO_ABSTRACT if wanted else NO_ID
    for lookup, id_ in wanted:
        for found in _request(lookup, id_, unreachable):
            if not found.abstract:
                continue
            if compare(paper, found) == "same":
                return Completion(paper, found)
            reason = (
                f"{lookup.service.name} has another paper with its {lookup.kind}: {found.title}"
            )
    missed = [lookup.service.name for lookup, _ in wanted if lookup.service.key in unreachable]
    if missed and reason == NO_ABSTRACT:
        reason = f"{', '.join(dict.fromkeys(missed))} cannot be reached; try again"
    return Completion(paper, reason=reason)


def _request(lookup: Lookup, id_: str, unreachable: dict[str, NetworkError]) -> list[Paper]:
    if lookup.service.key in unreachable:
        return []
    try:
        return lookup.papers(id_)
    except InputError:  # the service does not have the id, or rejects it
        return []
    except NetworkError as error:
        unreachable[lookup.service.key] = error
        return []
