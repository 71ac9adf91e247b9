"""The papers that the files of `specimens` contain."""

from assistant.papers import Paper

TOMATO = Paper(
    title="Knowing When a Tomato is Ripe",
    abstract=(
        "Gardeners rarely agree on when a tomato is ripe. We film 300 tomatoes for two summers and "
        "train a small network, RedGuess, on the films. By the Fréchet distance it names the day "
        "within 1.5 days, where gardeners are off by 4, and it errs 33.3% less often than they do."
    ),
    authors=("Ada Frost", "Jörg Møller"),
    year=2021,
    url="http://arxiv.org/abs/2103.00001v2",
    doi="10.5555/tomato.1",
    arxiv_id="2103.00001",
)
PLANES = Paper(
    title="Creases: On the Flight of Paper Planes",
    abstract=(
        "Paper planes fly further when their wings are creased twice. We fold 1,200 planes and "
        "throw each of them five times in a gymnasium without wind. The longest flight measured "
        "41 metres; planes with one crease stayed below 29 metres for all three kinds of paper."
    ),
    authors=("Cy Fold",),
    year=2019,
)
