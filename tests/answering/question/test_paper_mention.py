"""What a question calls the papers that it is about."""

from assistant.answering.question.paper_mention import called
from assistant.papers import Paper

DOUGH = Paper(
    title="DoughNet: Bread Dough as a Neural Network",
    abstract="DoughNet predicts the rise of 200 loaves on CrustBench with 3D scans.",
)
PARROTS = Paper(
    title="Teaching Parrots to Count",
    abstract="PolyCount rewards each right answer. With PolyCount six parrots learn to count.",
)


def test_the_name_that_opens_a_title_is_what_the_paper_is_called() -> None:
    assert called(DOUGH, "Compare DoughNet on CrustBench with PolyCount.", [PARROTS]) == "DoughNet"


def test_a_name_that_the_abstract_repeats_is_the_papers() -> None:
    assert called(PARROTS, "Compare DoughNet with PolyCount.", [DOUGH]) == "PolyCount"


def test_a_name_that_the_abstract_has_once_may_be_a_datasets() -> None:
    assert called(DOUGH, "What happens on CrustBench, and what do parrots do?", [PARROTS]) is None


def test_a_name_that_another_paper_has_too_tells_neither() -> None:
    other = Paper(title="A PaperScore Back at DoughNet", abstract="")
    assert called(DOUGH, "What became of DoughNet?", [other]) is None


def test_the_short_name_of_a_field_is_no_papers() -> None:
    scans = Paper(title="Fast 3D Scans", abstract="")
    assert called(scans, "What is new in 3D and with PolyCount?", [PARROTS]) is None


def test_a_name_of_several_words_is_the_papers_that_has_it() -> None:
    nuts = Paper(title="Birds at School", abstract="We propose walnut reward learning for birds.")
    question = "Compare Walnut Reward Learning with DoughNet."
    assert called(nuts, question, [DOUGH]) == "Walnut Reward Learning"


def test_a_paper_that_is_only_described_has_no_name() -> None:
    assert called(PARROTS, "What do the birds learn, and what the yeast?", [DOUGH]) is None
