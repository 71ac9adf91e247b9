"""Requests for a single paper by id, to the services that support the kind of id."""

from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote

from assistant.http.client import Parameters, get
from assistant.http.service import WebService
from assistant.papers import Paper
from assistant.sources.json_response import parse_records
from assistant.sources.services import CROSSREF, EUROPE_PMC, OPENALEX, SEMANTIC_SCHOLAR

_FIELDS = {"fields": "title,abstract,authors,year,url,externalIds,venue,publicationDate,journal"}
_EUROPE_PMC = {"resultType": "core", "format": "json"}


@dataclass(frozen=True, slots=True)
class Lookup:
    """How to request a paper from a service.

    Attributes:
        kind: the kind of id: ``doi``, ``arxiv``, or one of `Paper.ids`.
        service: the service to ask.
        path: the request path, with the id in place of ``{id}``.
        query: a search for the id, if the path is that of a search; else empty.
        parameters: further parameters of the request.
    """

    kind: str
    service: WebService
    path: str
    query: str = ""
    parameters: Parameters = field(default_factory=dict)

    def papers(self, id_: str) -> list[Paper]:
        """Request the papers with an id: one paper, or none if the service does not have it.

        Raises:
            NotFoundError: the service does not have it.
            InputError: it rejects the id.
            NetworkError: it is unreachable, or its response cannot be used.
        """
        path = self.path.format(id=quote(id_, safe="/"))
        parameters = dict(self.parameters)
        if self.query:
            parameters["query"] = self.query.format(id=id_.replace('"', ""))
        records = get(self.service, path, parameters, partial(parse_records, self.service))
        return [record for record in records if isinstance(record, Paper)]


# In order of preference: first the services with the most papers or abstracts.
LOOKUPS = (
    Lookup("doi", CROSSREF, "/works/{id}"),
    Lookup("doi", OPENALEX, "/works/doi:{id}"),
    Lookup("doi", EUROPE_PMC, "/search", 'DOI:"{id}"', _EUROPE_PMC),
    Lookup("doi", SEMANTIC_SCHOLAR, "/graph/v1/paper/DOI:{id}", "", _FIELDS),
    Lookup("pmid", EUROPE_PMC, "/search", 'EXT_ID:"{id}" AND SRC:MED', _EUROPE_PMC),
    Lookup("pmid", OPENALEX, "/works/pmid:{id}"),
    Lookup("pmid", SEMANTIC_SCHOLAR, "/graph/v1/paper/PMID:{id}", "", _FIELDS),
    Lookup("pmcid", EUROPE_PMC, "/search", 'PMCID:"{id}"', _EUROPE_PMC),
    Lookup("arxiv", SEMANTIC_SCHOLAR, "/graph/v1/paper/ARXIV:{id}", "", _FIELDS),
    Lookup("acl", SEMANTIC_SCHOLAR, "/graph/v1/paper/ACL:{id}", "", _FIELDS),
)
