"""What arXiv answers, written for the tests: feeds of papers about snails."""

from collections.abc import Sequence
from html import escape

from replayed import Reply

_FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">A search</title>
  <id>http://arxiv.org/api/x</id>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{found}\
</opensearch:totalResults>
  <opensearch:startIndex xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">0\
</opensearch:startIndex>
{entries}</feed>
"""

_ENTRY = """  <entry>
    <id>http://arxiv.org/abs/{arxiv_id}v2</id>
    <updated>2024-02-01T09:00:00Z</updated>
    <published>2024-01-03T10:00:00Z</published>
    <title>{title}</title>
    <summary>  {abstract}
</summary>
    <author><name>Ann Slow</name></author>
    <author><name>Ben Shell</name></author>
    <link href="http://arxiv.org/abs/{arxiv_id}v2" rel="alternate" type="text/html"/>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
"""

_ERROR = """  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format</id>
    <title>Error</title>
    <summary>{reason}</summary>
  </entry>
"""


def snail_id(number: int) -> str:
    return f"2401.{number:05}"


def snail_title(number: int) -> str:
    return f"Snail Mail, Part {number}"


def feed(numbers: Sequence[int], found: int | None = None) -> Reply:
    """A page with the papers of these numbers, of so many that were found."""
    entries = [
        _ENTRY.format(
            arxiv_id=snail_id(number),
            title=escape(snail_title(number)),
            abstract=f"Snail {number} carries letters\n  at {number} &lt; 9999 metres an hour.",
        )
        for number in numbers
    ]
    total = len(numbers) if found is None else found
    return Reply(_FEED.format(found=total, entries="".join(entries)))


def error_feed(reason: str) -> Reply:
    return Reply(_FEED.format(found=1, entries=_ERROR.format(reason=escape(reason))))
