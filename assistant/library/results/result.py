"""A number that an abstract reports."""

from dataclasses import dataclass

from assistant.papers import Paper
from assistant.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Result:
    """A number that an abstract reports.

    Attributes:
        paper: the paper.
        sentence: the span of its sentence, in characters of the abstract.
        start: the offset of the number in the abstract.
        written: the number as written, without its unit.
        unit: its unit as written, such as ``%``, ``hours`` or ``x``; empty if it has none.
        dimension: what its unit measures, such as ``percent``, ``time`` or ``count`` (see
            `assistant.text.quantities`); empty if it has no known unit.
        amount: the value in the base unit of the dimension.
        measures: the words for what is measured or counted; empty if they are not found.
        data_set: the data set it was measured on; empty if not found.
        method: the method with this result; empty if not found.
    """

    paper: Paper
    sentence: Span
    start: int
    written: str
    unit: str
    dimension: str
    amount: float
    measures: str = ""
    data_set: str = ""
    method: str = ""

    @property
    def quote(self) -> str:
        """The text of the sentence."""
        return self.sentence.of(self.paper.abstract)

    @property
    def value(self) -> str:
        """The number with its unit, as written."""
        space = "" if self.unit[:1] in ("%", "x", "×", "") else " "
        return f"{self.written}{space}{self.unit}"

    def to_dict(self) -> dict[str, object]:
        """Return a record for JSON."""
        return {
            "paper": self.paper.id,
            "title": self.paper.title,
            "year": self.paper.year,
            "value": self.value,
            "unit": self.unit,
            "dimension": self.dimension,
            "amount": self.amount,
            "measures": self.measures,
            "data_set": self.data_set,
            "method": self.method,
            "quote": self.quote,
        }
