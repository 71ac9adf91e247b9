"""Mentions of a library's records in a question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answering.metadata.entities.years import YearRange
from assistant.answering.metadata.words.tokens import Token
from assistant.text.sentences import Span

MentionKind = Literal["author", "venue", "title", "type", "style", "year"]

# The kinds whose placeholders the classifier of question kinds knows.
_CLASSIFIED: tuple[MentionKind, ...] = ("author", "venue", "title")


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of a question that names something of the records.

    Attributes:
        kind: of what it names.
        span: in the question.
        names: what it may name: authors or venues as the records spell them, a type of paper, or
            a style of references. Empty for a title.
        papers: the ids of the papers that have it.
        is_excluded: whether papers that have it are not wanted, as in "not by Frost".
    """

    kind: MentionKind
    span: Span
    names: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    is_excluded: bool = False

    def covers(self, token: Token) -> bool:
        """Return whether a token of the question is part of it."""
        return self.span.start <= token.start < self.span.end


@dataclass(frozen=True, slots=True)
class Entities:
    """All that a question names of the records.

    Attributes:
        question: as asked.
        tokens: of the question.
        mentions: in the order of the question.
        years: conditions on the year of publication.
    """

    question: str
    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    years: Sequence[YearRange]

    def of_kind(self, kind: MentionKind) -> list[Mention]:
        """Return the mentions of one kind."""
        return [one for one in self.mentions if one.kind == kind]

    def text_of(self, mention: Mention) -> str:
        """Return the words of a mention."""
        return mention.span.of(self.question)

    def uncovered(self) -> Iterator[Token]:
        """Yield the tokens that are not part of a mention or of a condition on the year."""
        for token in self.tokens:
            in_year = any(one.span.start <= token.start < one.span.end for one in self.years)
            if not in_year and not any(one.covers(token) for one in self.mentions):
                yield token

    @property
    def placeholders(self) -> Mapping[str, str]:
        """The placeholders of authors, venues and titles by the text that they replace.

        See `assistant.answering.question.kind.form_tokens`.
        """
        return {
            self.text_of(one): f"<{one.kind}>" for one in self.mentions if one.kind in _CLASSIFIED
        }

    def form(self, extra: Sequence[tuple[Span, str]] = ()) -> str:
        """Return the question with placeholders for its mentions and years.

        Args:
            extra: further spans and what replaces them.
        """
        replaced = [(one.span, f"<{one.kind}>") for one in self.mentions]
        for token in self.tokens:
            in_year = any(one.span.start <= token.start < one.span.end for one in self.years)
            if in_year and token.text.isdigit() and len(token.text) in (2, 4):
                replaced.append((Span(token.start, token.end), "<year>"))
        form = self.question
        for span, placeholder in sorted([*replaced, *extra], reverse=True):
            form = form[: span.start] + placeholder + form[span.end :]
        return form
