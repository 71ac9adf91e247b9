"""Names by which questions mention papers."""

from assistant.answering.question.paper_mention import mentioned_name, title_name
from assistant.papers import Paper

DOUGH = Paper(
    title="DoughNet: Bread Dough as a Neural Network",
    abstract="DoughNet predicts the rise of 200 loaves on CrustBench with 3D scans.",
)
PARROTS = Paper(
    title="Teaching Parrots to Count",
    abstract="PolyCount rewards each right answer. With PolyCount six parrots learn to count.",
)


def test_name_that_opens_the_title_is_preferred() -> None:
    assert (
        mentioned_name(DOUGH, "Compare DoughNet on CrustBench with PolyCount.", [PARROTS])
        == "DoughNet"
    )


def test_name_that_the_abstract_repeats_is_found() -> None:
    assert mentioned_name(PARROTS, "Compare DoughNet with PolyCount.", [DOUGH]) == "PolyCount"


def test_name_that_the_abstract_has_once_is_not_found() -> None:
    assert (
        mentioned_name(DOUGH, "What happens on CrustBench, and what do parrots do?", [PARROTS])
        is None
    )


def test_name_that_another_paper_has_too_is_not_found() -> None:
    other = Paper(title="A Look Back at DoughNet", abstract="")
    assert mentioned_name(DOUGH, "What became of DoughNet?", [other]) is None


def test_short_name_of_a_field_is_not_found() -> None:
    scans = Paper(title="Fast 3D Scans", abstract="")
    assert mentioned_name(scans, "What is new in 3D and with PolyCount?", [PARROTS]) is None


def test_name_of_several_words_is_found() -> None:
    nuts = Paper(title="Birds at School", abstract="We propose walnut reward learning for birds.")
    question = "Compare Walnut Reward Learning with DoughNet."
    assert mentioned_name(nuts, question, [DOUGH]) == "Walnut Reward Learning"


def test_paper_that_is_only_described_has_no_name() -> None:
    assert mentioned_name(PARROTS, "What do the birds learn, and what the yeast?", [DOUGH]) is None


def test_title_names_its_paper_by_what_precedes_the_colon() -> None:
    assert title_name(DOUGH, "How well does doughnet predict?") == "DoughNet"
    assert title_name(DOUGH, "What is like a neural network?") is None
    user = Paper(title="Better Image Search with CLIP", abstract="")
    assert title_name(user, "What is CLIP?") is None
