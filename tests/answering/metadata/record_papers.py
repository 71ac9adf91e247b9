"""Records with the fields that questions about records are answered from."""

from assistant.papers import Paper

RECORDS = [
    Paper(
        title="MossNet: Counting Moss Cushions from Drones",
        abstract=(
            "Moss covers whole slopes, and nobody counts it. MossNet finds 94 percent of the "
            "cushions in 310 drone images. PeatLoss, a loss of ours, halves the false alarms."
        ),
        authors=("Åsa Lindqvist", "Wei Zhang"),
        year=2022,
        published="2022-05-30",
        venue="Conference on Field Vision (CFV)",
        type="inproceedings",
        doi="10.5555/moss.1",
    ),
    Paper(
        title="Lichen Clocks on Gravestones",
        abstract="Lichens grow on 88 dated gravestones at 0.4 mm a year. So they date walls.",
        authors=("Jürgen Müller", "Åsa Lindqvist"),
        year=2018,
        published="2018-11-02",
        venue="Letters of Quiet Botany",
        type="article",
        doi="10.5555/lichen.2",
        pages="12-19",
    ),
    Paper(
        title="Tea Plantations Under Shade Trees",
        abstract="Tea under shade trees needs 30 percent less water. The harvest falls by a tenth.",
        authors=("Xiu Zhang", "Pieter van den Berg"),
        year=2020,
        venue="Letters of Quiet Botany",
        type="article",
        arxiv_id="2003.00777",
    ),
    Paper(
        title="Reading the Bark of Old Oaks",
        abstract="",
        authors=("Pieter van den Berg",),
        year=1996,
        venue="Letters of Quiet Botany",
        type="article",
    ),
    Paper(
        title="Hedgerows and Barn Owls",
        abstract="Owls hunt along 60 hedgerows. Where hedges were cut, owls flew twice as far.",
        authors=("Brigid O'Dowd",),
        type="thesis",
    ),
]
