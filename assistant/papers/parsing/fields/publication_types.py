"""Translating the publication types of various services and formats."""

from assistant.papers.paper import PaperType

_SYNONYMS: dict[PaperType, str] = {
    "article": "article journalarticle articlejournal articlemagazine articlenewspaper jour ejour "
    "jfull mgzn review reviewarticle researcharticle letter editorial magazinearticle "
    "clinicaltrial casereport datapaper shortsurvey electronicarticle journal",
    "inproceedings": "inproceedings conference conferencepaper paperconference proceedingsarticle "
    "proceedings conf cpaper conferenceproceedings proceedingspaper meetingabstract",
    "preprint": "preprint unpb postedcontent prepublished prepublication unpublished "
    "unpublishedwork",
    "book": "book monograph editedbook bookchapter booksection chapter incollection inbook chap "
    "edbook mvbook collection referencebook referenceentry",
    "thesis": "thesis phdthesis mastersthesis mathesis dissertation thes",
    "report": "report techreport technicalreport rprt",
    "dataset": "dataset data databasearticle",
    "other": "other",
}
_TYPES: dict[str, PaperType] = {
    name: type_ for type_, names in _SYNONYMS.items() for name in names.split()
}


def type_of(name: object) -> PaperType | None:
    """Return the type for a name used by a service or format; None if unknown.

    Case, spaces and punctuation are ignored: ``Conference Paper`` and ``conference-paper`` are the
    same. A chapter has the type of a book; its venue is the title of the book.
    """
    if not isinstance(name, str):
        return None
    return _TYPES.get("".join(filter(str.isalnum, name)).casefold())
