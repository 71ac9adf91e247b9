"""Answers with the newest or the oldest of papers."""

from collections.abc import Sequence

from assistant.answering.metadata.replies.fields import publication_date
from assistant.answering.metadata.replies.reply import Reply, entries_of
from assistant.answering.metadata.replies.wording import capitalised, counted, enumeration, quoted
from assistant.answering.metadata.selection import by_date, date_of, extreme
from assistant.papers import Paper


def ordered_reply(
    papers: Sequence[Paper], order: str, number: int, noun: tuple[str, str], described: str
) -> Reply:
    """Return the newest or the oldest of papers.

    Args:
        papers: the papers to choose from.
        order: "newest" or "oldest".
        number: how many are asked for.
        noun: the singular and plural of what the papers are called.
        described: the conditions that the papers meet, in words.
    """
    dated = [paper for paper in by_date(papers) if date_of(paper)]
    undated = len(papers) - len(dated)
    verb = "gives" if undated == 1 else "give"
    notes = [f"{capitalised(counted(undated, noun))} {verb} no year."] if undated else []
    if not dated:
        return Reply(notes[0], entries_of(papers))
    if order == "oldest":
        dated.reverse()
    if number > 1 and len(dated) > 1:
        shown = dated[:number]
        of = f" {described}" if described else ""
        lead = f"These are the {len(shown)} {order} {noun[1]}{of}."
        return Reply(lead, entries_of(shown), notes)
    best = extreme(dated, order)
    name, be = (noun[0], "is") if len(best) == 1 else (noun[1], "are")
    titles = enumeration([quoted(paper.title) for paper in best])
    subject = " ".join(filter(None, (f"The {order} {name}", described, be)))
    return Reply(
        f"{subject} {titles}, published in {publication_date(best[0])}.", entries_of(best), notes
    )
