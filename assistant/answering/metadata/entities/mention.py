"""Mentions of a library's records in a question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answering.metadata.entities.years import YearRange
from assistant.answering.metadata.words.tokens import Token
from assistant.text.sentences import Span

MentionKind = Literal["author", "venue", "title", "type", "style", "year"]

# The kinds of mention that the classifier of question kinds has placeholders for.
_CLASSIFIED: tuple[MentionKind, ...] = ("author", "venue", "title")


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of a question that names something in the records.

    Attributes:
        kind: the kind of thing that it names.
        span: its span in the question.
        names: what it may refer to: authors or venues as the records spell them, a type of paper,
            or a style of references. Empty for a title.
        papers: the ids of the papers that match it.
        is_excluded: whether papers that match it are not wanted, as in "not by Frost".
    """

    kind: MentionKind
    span: Span
    names: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    is_excluded: bool = False

    def covers(self, token: Token) -> bool:
        """Return whether a token of the question is part of the mention."""
        return self.span.start <= token.start < self.span.end


@dataclass(frozen=True, slots=True)
class Entities:
    """Everything in a question that refers to the records.

    Attributes:
        question: the question as asked.
        tokens: the tokens of the question.
        mentions: the mentions in the question, in order.
        years: the conditions on the year of publication.
    """

    question: str
    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    years: Sequence[YearRange]

    def of_kind(self, kind: MentionKind) -> list[Mention]:
        """Return the mentions of one kind."""
        return [one for one in self.mentions if one.kind == kind]

    def text_of(self, mention: Mention) -> str:
        """Return the text of a mention."""
        return mention.span.of(self.question)

    def uncovered(self) -> Iterator[Token]:
        """Yield the tokens that are not part of a mention or of a condition on the year."""
        for token in self.tokens:
            if not self._in_year(token) and not any(one.covers(token) for one in self.mentions):
                yield token

    def _in_year(self, token: Token) -> bool:
        """Return whether a token is part of a condition on the year."""
        return any(one.span.start <= token.start < one.span.end for one in self.years)

    @property
    def placeholders(self) -> Mapping[str, str]:
        """The placeholders for authors, venues and titles, keyed by the text that they replace.

        See `assistant.answering.question.kind.form_tokens`.
        """
        return {
            self.text_of(one): f"<{one.kind}>" for one in self.mentions if one.kind in _CLASSIFIED
        }

    def mask_question(self, extra: Sequence[tuple[Span, str]] = ()) -> str:
        """Return the question with placeholders for its mentions, years and other numbers.

        Args:
            extra: further spans, each with its replacement.
        """
        replaced = [(one.span, f"<{one.kind}>") for one in self.mentions]
        replaced += [
            (Span(token.start, token.end), "<year>")
            for token in self.tokens
            if self._in_year(token) and token.text.isdigit() and len(token.text) in (2, 4)
        ]
        replaced += [
            (Span(token.start, token.end), "<number>")
            for token in self.uncovered()
            if token.is_number
        ]
        text = self.question
        for span, placeholder in sorted([*replaced, *extra], reverse=True):
            text = text[: span.start] + placeholder + text[span.end :]
        return text
