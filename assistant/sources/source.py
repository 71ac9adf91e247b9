"""The places on the network that papers can be asked of."""

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A service that gives papers.

    Attributes:
        name: what it is called, also in the papers that came from it.
        key: its name in files and addresses of ours.
        address: where it answers.
        variable: the environment variable that names another address.
        pause_s: how many seconds it wants between two requests.
    """

    name: str
    key: str
    address: str
    variable: str
    pause_s: float

    @property
    def base(self) -> str:
        """Where it is asked: its address, or what its environment variable says."""
        return (os.environ.get(self.variable) or self.address).rstrip("/")


ARXIV = Source("arXiv", "arxiv", "https://export.arxiv.org/api", "ASSISTANT_ARXIV_URL", pause_s=3.0)
HUGGING_FACE = Source(
    "Hugging Face Papers", "hf-papers", "https://huggingface.co", "HF_ENDPOINT", pause_s=1.0
)
CROSSREF = Source(
    "Crossref", "crossref", "https://api.crossref.org", "ASSISTANT_CROSSREF_URL", pause_s=1.0
)
OPENALEX = Source(
    "OpenAlex", "openalex", "https://api.openalex.org", "ASSISTANT_OPENALEX_URL", pause_s=1.0
)
SEMANTIC_SCHOLAR = Source(
    "Semantic Scholar",
    "semantic-scholar",
    "https://api.semanticscholar.org",
    "ASSISTANT_SEMANTIC_SCHOLAR_URL",
    pause_s=1.0,
)
