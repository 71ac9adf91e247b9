"""The papers that a question names, and those that speak of them."""

from assistant.answering.closed.named_papers import named_papers
from assistant.answering.grounding.reported import NamedPaper
from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval import retrieve
from assistant.settings import Settings

COBALT = Paper(
    title="CobaltNet: Finding Cracks in Bridges from Sound",
    abstract="CobaltNet classifies recordings of taps. It finds 91% of the cracks.",
)
TAPIR = Paper(
    title="Tapping Bridges Again",
    abstract="TAPIR taps by night. CobaltNet finds only 38% of the cracks. TAPIR finds 95%.",
)


def named(library: Library, question: str) -> list[NamedPaper]:
    return named_papers(library, question, retrieve(library, question, Settings()), Settings())


def test_named_paper_comes_with_all_its_sentences_and_those_who_speak_of_it(
    small_library: Library,
) -> None:
    small_library.add([COBALT, TAPIR])
    [found] = named(small_library, "What share of the cracks does CobaltNet find?")
    assert (found.paper, found.name, found.reporters) == (COBALT, "CobaltNet", [TAPIR])
    assert {one.text for one in found.evidence} == {
        "CobaltNet classifies recordings of taps.",
        "It finds 91% of the cracks.",
    }


def test_paper_that_the_question_names_too_speaks_for_itself(small_library: Library) -> None:
    small_library.add([COBALT, TAPIR])
    assert named(small_library, "Does TAPIR find more cracks than CobaltNet?") == []


def test_question_about_a_paper_of_which_no_other_speaks_names_none(
    small_library: Library,
) -> None:
    small_library.add([COBALT])
    assert named(small_library, "What share of the cracks does CobaltNet find?") == []
