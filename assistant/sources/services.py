"""The web services that provide papers."""

from assistant.http.service import WebService

ARXIV = WebService(
    "arXiv", "arxiv", "https://export.arxiv.org/api", "ASSISTANT_ARXIV_URL", pause_s=3.0
)
HUGGING_FACE = WebService(
    "Hugging Face Papers", "hf-papers", "https://huggingface.co", "HF_ENDPOINT", pause_s=1.0
)
CROSSREF = WebService(
    "Crossref", "crossref", "https://api.crossref.org", "ASSISTANT_CROSSREF_URL", pause_s=1.0
)
OPENALEX = WebService(
    "OpenAlex", "openalex", "https://api.openalex.org", "ASSISTANT_OPENALEX_URL", pause_s=1.0
)
SEMANTIC_SCHOLAR = WebService(
    "Semantic Scholar",
    "semantic-scholar",
    "https://api.semanticscholar.org",
    "ASSISTANT_SEMANTIC_SCHOLAR_URL",
    pause_s=1.0,
)
EUROPE_PMC = WebService(
    "Europe PMC",
    "europe-pmc",
    "https://www.ebi.ac.uk/europepmc/webservices/rest",
    "ASSISTANT_EUROPE_PMC_URL",
    pause_s=1.0,
)
