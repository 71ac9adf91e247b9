"""Looks up what a question about records asks for."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.context import AnswerContext
from assistant.answering.metadata.author_count import SINGLE_AUTHOR, AuthorCount, author_count_in
from assistant.answering.metadata.compared import compared_papers, others_with_same
from assistant.answering.metadata.content import ContentQuestion, content_question
from assistant.answering.metadata.entities.mention import Entities
from assistant.answering.metadata.entities.record_index import record_index
from assistant.answering.metadata.order import has_plural, number_in, order_in
from assistant.answering.metadata.replies.comparisons import (
    author_extreme_reply,
    compare_reply,
    same_reply,
)
from assistant.answering.metadata.replies.fields import (
    FIELDS,
    details_reply,
    field_reply,
    reference_reply,
)
from assistant.answering.metadata.replies.ordered import ordered_reply
from assistant.answering.metadata.replies.presence import PRESENCE, presence_reply
from assistant.answering.metadata.replies.reply import Reply, entries_of
from assistant.answering.metadata.replies.statistics import (
    GROUPINGS,
    coauthors_reply,
    distinct_reply,
    per_reply,
    top_reply,
    year_range_reply,
)
from assistant.answering.metadata.replies.wording import (
    author_text,
    capitalised,
    conditions,
    counted,
    enumeration,
    noun_of,
)
from assistant.answering.metadata.requests import Request
from assistant.answering.metadata.selection import (
    Selection,
    extreme,
    select_papers,
)
from assistant.answering.metadata.topic import described_paper, papers_about
from assistant.answering.metadata.words.examples import NOT_ABOUT_RECORDS
from assistant.library import EVERYTHING, Scope
from assistant.papers import Paper

_ORDERS = ("newest", "oldest")
_CONTENT = ("gist", "content", NOT_ABOUT_RECORDS)
# Requests about a single paper, unless the question has a plural.
_OF_ONE_PAPER = frozenset(
    {"reference", "details", "same_venue", "same_author", "same_year", *FIELDS}
)
# If no paper is about the topic, those that meet the other conditions are listed, up to this many.
_MAX_OTHERS = 12


def look_up(
    context: AnswerContext, entities: Entities, request: Request
) -> Reply | ContentQuestion:
    """Return the answer to a question about records, or the question to ask of the abstracts."""
    if request.name in ("list", "details") and (order := order_in(entities)):
        request = replace(request, name=order)  # "Which of Frost's papers is the newest?"
    if request.name == "type":  # the types that it names are asked about, not conditions
        kept = [one for one in entities.mentions if one.kind != "type"]
        entities = replace(entities, mentions=kept)
    return _Lookup(context, entities, request).run()


class _Lookup:
    """Looks up the answer to one question."""

    def __init__(self, context: AnswerContext, entities: Entities, request: Request) -> None:
        self._context = context
        self._entities = entities
        self._request = request
        self._all = (
            context.library.catalogue.papers_in(context.scope)
            if context.scope
            else list(record_index(context.library).papers.values())
        )
        self._noun = noun_of(entities)
        self._author_count = _author_count(entities, request)
        self._place = "the chosen papers" if context.scope else "the library"

    def run(self) -> Reply | ContentQuestion:
        name = self._request.name
        if unknown := self._unknown_name():
            return unknown
        if name == "not_recorded":
            return Reply(f"The records of {self._place} do not say that.", abstained=True)
        if name == "existence" and self._entities.of_kind("title"):
            return self._check()
        if name == "compare" and (compared := compared_papers(self._all, self._entities)):
            return compare_reply(compared)
        selection = self._selection()
        papers = self._narrowed(selection.papers)
        if name in _CONTENT and papers:
            is_limited = len(papers) < len(self._all)
            scope = _scope(papers) if is_limited else self._context.scope
            return content_question(self._entities, self._request, papers, scope)
        if name in PRESENCE:
            return presence_reply(name, papers, self._noun)
        if not papers:
            return self._none(selection)
        return self._reply(papers, selection)

    def _unknown_name(self) -> Reply | None:
        if name := self._request.unknown_author:
            lead = f"No paper of {self._place} is by {name}."
        elif name := self._request.unknown_venue:
            lead = f"No paper of {self._place} appeared in {name}."
        else:
            return None
        return Reply(lead, abstained=True)

    # -- the papers ---------------------------------------------------------------------------

    def _selection(self) -> Selection:
        """Return the papers that meet the conditions.

        If several authors are named, they have to be coauthors of a paper. If no paper has them
        all, and the question asks for a list, a number or the content, one of the authors is
        enough. If still no paper is found, only the titles in the question count.
        """
        selection = select_papers(self._all, self._entities)
        if not selection.papers and self._request.name in ("list", "count", *_CONTENT):
            selection = select_papers(self._all, self._entities, together=False)
        if not selection.papers and (titles := self._entities.of_kind("title")):
            named = replace(self._entities, mentions=titles, years=())
            selection = select_papers(self._all, named)
        return selection

    def _narrowed(self, papers: Sequence[Paper]) -> Sequence[Paper]:
        """Return those of the papers that also meet the conditions of the request itself."""
        name, topic = self._request.name, self._request.topic
        if self._author_count:
            papers = [paper for paper in papers if len(paper.authors) in self._author_count]
        if name == "as_first_author":
            authors = {one for mention in self._entities.of_kind("author") for one in mention.names}
            papers = [paper for paper in papers if authors.intersection(paper.authors[:1])]
        if topic and papers and name not in _CONTENT:
            papers = self._about(topic, papers)
        if (order := order_in(self._entities)) and (name in _OF_ONE_PAPER or name in _CONTENT):
            papers = extreme(papers, order)
        return papers

    def _about(self, topic: str, papers: Sequence[Paper]) -> Sequence[Paper]:
        library = self._context.library
        scope = _scope(papers) if len(papers) < library.catalogue.count() else EVERYTHING
        if self._request.name in _OF_ONE_PAPER and not self._is_plural():
            paper = described_paper(library, self._context.settings, topic, scope)
            return [paper] if paper else []
        return papers_about(library, topic, scope, papers)

    def _is_plural(self) -> bool:
        return has_plural(self._entities.tokens)

    # -- the answer ---------------------------------------------------------------------------

    def _reply(self, papers: Sequence[Paper], selection: Selection) -> Reply:
        name = self._request.name
        subject = f"the {self._counted(len(papers), selection)}".replace("the 1 ", "the ", 1)
        prefix, _, grouping = name.partition("_")
        if field := FIELDS.get(name):
            return field_reply(field, papers, subject)
        if name == "reference":
            styles = [style for one in self._entities.of_kind("style") for style in one.names]
            return reference_reply(papers, next(iter(styles), ""))
        if name == "details":
            return details_reply(papers, self._listed(papers, selection))
        if name == "coauthors":
            return self._coauthors(papers, subject)
        if name == "year_range":
            return year_range_reply(papers, subject)
        if name in _ORDERS:
            described = conditions(self._entities, self._request, any_author=selection.any_author)
            number = number_in(self._entities)
            return ordered_reply(papers, name, number, self._noun, described)
        if name in ("most_authors", "fewest_authors"):
            return author_extreme_reply(papers, most=name == "most_authors")
        if prefix == "same":
            same = GROUPINGS[grouping]
            return same_reply(same.noun[0], papers, others_with_same(self._all, papers, same))
        if prefix == "top":
            return top_reply(papers, GROUPINGS[grouping])
        if prefix == "per":
            return per_reply(papers, GROUPINGS[grouping], grouping)
        if prefix == "distinct":
            return distinct_reply(papers, GROUPINGS[grouping.removesuffix("s")], subject)
        return self._list(papers, selection)

    def _list(self, papers: Sequence[Paper], selection: Selection) -> Reply:
        lead = self._listed(papers, selection)
        if self._request.name == "existence":
            lead = f"Yes. {lead}"
        is_count_of_all = self._request.name == "count" and len(papers) == len(self._all)
        entries = [] if is_count_of_all else entries_of(papers)
        return Reply(lead, entries, self._notes(selection))

    def _listed(self, papers: Sequence[Paper], selection: Selection) -> str:
        verb = "include" if self._context.scope else "has"
        return f"{capitalised(self._place)} {verb} {self._counted(len(papers), selection)}."

    def _counted(self, count: int, selection: Selection) -> str:
        """Return the number of papers and the conditions that they meet, in words."""
        text = counted(count, self._noun)
        if self._author_count:
            text += f" {self._author_count}"
        if self._request.name == "as_first_author":
            text += " with the first author"
        described = conditions(self._entities, self._request, any_author=selection.any_author)
        if self._request.name == "as_first_author":
            described = described.removeprefix("by ")
        return f"{text} {described}".rstrip()

    def _none(self, selection: Selection) -> Reply:
        verb = "include" if self._context.scope else "has"
        lead = f"{capitalised(self._place)} {verb} {self._counted(0, selection)}."
        if self._request.name == "existence":
            lead = f"No. {lead}"
        others = selection.papers if self._request.topic else ()
        without_topic = replace(self._request, topic="")
        described = conditions(self._entities, without_topic, any_author=selection.any_author)
        # Without a condition in words, nothing relates the other papers to the question.
        if described and 0 < len(others) <= _MAX_OTHERS and len(others) < len(self._all):
            note = f"These are all {self._noun[1]} {described}."
            return Reply(lead, entries_of(others), [note])
        return Reply(lead, (), self._notes(selection), abstained=bool(self._request.topic))

    def _notes(self, selection: Selection) -> list[str]:
        """Return notes on papers whose records are too incomplete to check the conditions."""
        return [
            f"{capitalised(counted(count, ('further paper', 'further papers')))} "
            f"{'gives' if count == 1 else 'give'} no {field}."
            for field, count in selection.unknown
        ]

    def _coauthors(self, papers: Sequence[Paper], subject: str) -> Reply:
        mentions = self._entities.of_kind("author")
        if not mentions:
            return field_reply(FIELDS["authors"], papers, subject)
        authors = frozenset(name for mention in mentions for name in mention.names)
        called = enumeration([author_text(self._entities, mention) for mention in mentions])
        return coauthors_reply(papers, authors, called)

    def _check(self) -> Reply:
        """Return whether the papers that the question names meet its other conditions."""
        named = select_papers(
            self._all, replace(self._entities, mentions=self._entities.of_kind("title"), years=())
        )
        if not named.papers:
            return Reply(f"No. {capitalised(self._place)} has no such paper.", abstained=True)
        meets = select_papers(named.papers, self._entities)
        return Reply(
            f"{'Yes' if meets.papers else 'No'}, according to the record:",
            entries_of(named.papers),
        )


def _author_count(entities: Entities, request: Request) -> AuthorCount | None:
    """Return the condition of a request on the number of authors."""
    if request.name == "sole_author":
        return SINGLE_AUTHOR
    if request.name == "author_count":
        return author_count_in(" ".join(token.text for token in entities.uncovered()))
    return None


def _scope(papers: Sequence[Paper]) -> Scope:
    return Scope(papers=tuple(paper.id for paper in papers))
