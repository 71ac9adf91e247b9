"""Serve a library to many browsers and programs at once, for long; nothing may fail, mix or grow.

Usage: python tests/trust/load.py [--seconds 300] [--browsers 20] [--searches 50] [--soak 1000]

For some seconds, browsers open the page, ask and leave, again and again, while programs search.
Then clients leave in the middle of an answer. At the end comes a soak: further questions, each
asked by a new page. Each visitor asks about a paper of their own and must get an answer that shows
this paper first; so must each search. Each line shows what the server holds after a round.
"""

import argparse
import asyncio
import math
import os
import random
import re
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import httpx
from playwright.async_api import Browser, async_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from chromium import ARGUMENTS, find_chromium
from server_process import Held, ServerProcess, served_library

from assistant.library import Embedder, Library
from assistant.models import locate
from assistant.papers import Paper
from assistant.settings import Settings

_SYLLABLES = "ba co di fu ge ha lo ka mi no pe ri so tu ve wi za".split()
_THINGS = "bridge glacier bakery lighthouse tram orchard parrot violin harbour quarry".split()
_SEARCHES_AT_ONCE = 100
_ANSWER_TIMEOUT_MS = 300_000
_LEAVERS = 5
# What the promises allow: growth of the resident memory over the soak, and a leaver's delay.
_MOST_GROWTH, _LONGEST_LEAVING_S = 0.05, 1.0


@dataclass
class Outcome:
    """What went wrong, and how long things took, in seconds."""

    problems: list[str] = field(default_factory=list)
    answers_s: list[float] = field(default_factory=list)
    searches_s: list[float] = field(default_factory=list)

    def note(self, problem: str) -> None:
        """Record a problem and print it."""
        self.problems.append(problem)
        print(f"PROBLEM {problem}", flush=True)


def made_up_papers(count: int) -> list[Paper]:
    """Return papers, each about a place that no other one names."""
    rng = random.Random(1)
    places: dict[str, None] = {}
    while len(places) < count:
        places["".join(rng.sample(_SYLLABLES, 4)).capitalize()] = None
    return [_paper(place, _THINGS[number % len(_THINGS)]) for number, place in enumerate(places)]


def _paper(place: str, thing: str) -> Paper:
    height = 10 + sum(map(ord, place)) % 90
    return Paper(
        title=f"The {thing} of {place}",
        abstract=f"We measure the {thing} of {place}. The {thing} of {place} is {height} metres "
        f"high. People of {place} visit it twice a year.",
    )


def question_about(paper: Paper) -> str:
    """Return a question that only this paper answers."""
    return f"How high is {paper.title[0].lower()}{paper.title[1:]}?"


async def visit(browser: Browser, url: str, paper: Paper, outcome: Outcome) -> None:
    """Open the page as a new visitor, ask about a paper, check the answer, and leave."""
    context = await browser.new_context()
    context.set_default_timeout(_ANSWER_TIMEOUT_MS)
    page = await context.new_page()
    page.on("pageerror", lambda error: outcome.note(f"script error: {error}"))
    page.on(
        "console",
        lambda message: outcome.note(message.text) if message.type == "error" else None,
    )
    page.on(
        "response",
        lambda reply: outcome.note(f"{reply.status} {reply.url}") if reply.status >= 500 else None,
    )
    question = question_about(paper)
    try:
        await page.goto(url)
        await page.locator("#live .welcome").wait_for()
        await page.get_by_role("textbox", name="Question", exact=True).fill(question)
        started = time.monotonic()
        await page.get_by_role("button", name="Send").click()
        await page.locator("#live .details, #live .problem").first.wait_for()
        outcome.answers_s.append(time.monotonic() - started)
        asked = await page.locator("#live .question").inner_text()
        titles = await page.locator("#sources .source h4").all_inner_texts()
        if asked.strip() != question or not titles or paper.title not in titles[0]:
            shown = await page.locator("#live").inner_text()
            outcome.note(f"{question!r} got {asked!r}, {titles[:1]}: {shown[:200]!r}")
    except Exception as error:
        outcome.note(f"{question!r}: {type(error).__name__}: {str(error)[:300]}")
    finally:
        await context.close()


def turn_of(papers: list[Paper], count: int, first: int = 0) -> list[Paper]:
    """Return the papers of the next visitors: all papers in turn, again and again."""
    return [papers[number % len(papers)] for number in range(first, first + count)]


async def visits(browser: Browser, url: str, papers: list[Paper], outcome: Outcome) -> None:
    """Let a visitor for each of some papers come at the same time."""
    await asyncio.gather(*(visit(browser, url, paper, outcome) for paper in papers))


async def search(client: httpx.AsyncClient, paper: Paper, outcome: Outcome) -> None:
    """Search for a paper, which has to be the first one found."""
    started = time.monotonic()
    try:
        reply = await client.get("/search", params={"q": question_about(paper), "limit": 3})
        found = reply.raise_for_status().json()["papers"]
    except (httpx.HTTPError, ValueError, KeyError) as error:
        outcome.note(f"search: {type(error).__name__}: {error}")
        return
    outcome.searches_s.append(time.monotonic() - started)
    if not found or found[0]["title"] != paper.title:
        outcome.note(f"search for {paper.title!r} found {[one['title'] for one in found]}")


@asynccontextmanager
async def searching(
    url: str, papers: list[Paper], per_second: float, outcome: Outcome
) -> AsyncIterator[None]:
    """Start ``per_second`` searches each second of the block, or as many as are answered."""
    running: set[asyncio.Task[None]] = set()

    async def keep_on(client: httpx.AsyncClient) -> None:
        while True:
            if len(running) < _SEARCHES_AT_ONCE:
                task = asyncio.create_task(search(client, random.choice(papers), outcome))
                running.add(task)
                task.add_done_callback(running.discard)
            await asyncio.sleep(1 / per_second)

    if not per_second:
        yield
        return
    # The server closes idle connections after 5 s: not at the moment of the next search.
    limits = httpx.Limits(max_connections=_SEARCHES_AT_ONCE, keepalive_expiry=2)
    async with httpx.AsyncClient(
        base_url=url, timeout=120, limits=limits, trust_env=False
    ) as client:
        keeping = asyncio.create_task(keep_on(client))
        try:
            yield
        finally:
            keeping.cancel()
            await asyncio.gather(*running)


async def leaving_seconds(url: str, paper: Paper) -> float:
    """Leave in the middle of an answer; return the seconds until no question is answered."""
    body = {"question": question_about(paper), "stream": True}
    async with httpx.AsyncClient(base_url=url, timeout=120, trust_env=False) as client:
        async with client.stream("POST", "/ask", json=body) as reply:
            async for line in reply.aiter_lines():
                if line == "event: evidence":
                    break
        left = time.monotonic()
        while True:
            metrics = (await client.get("/metrics")).text
            if re.search(r"^assistant_questions_running 0\.0$", metrics, re.MULTILINE):
                return time.monotonic() - left
            await asyncio.sleep(0.01)


async def run(options: argparse.Namespace, server: ServerProcess, papers: list[Paper]) -> bool:
    """Put the load on a server; print the figures. Return whether the promises were kept."""
    outcome = Outcome()
    held: list[Held] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_chromium() or None, args=ARGUMENTS
        )
        started = time.monotonic()
        async with searching(server.url, papers, options.searches, outcome):
            while time.monotonic() - started < options.seconds:
                await visits(
                    browser,
                    server.url,
                    [papers[i % len(papers)] for i in range(options.browsers)],
                    outcome,
                )
                print(f"{len(outcome.answers_s)} visits: {server.held()}", flush=True)
        seconds = time.monotonic() - started
        print(
            f"load of {seconds:.0f} s: {len(outcome.answers_s)} questions by "
            f"{options.browsers} browsers, {len(outcome.searches_s) / seconds:.1f} searches/s"
        )
        _print_times("answer", outcome.answers_s)
        _print_times("search", outcome.searches_s)
        leaving = [await leaving_seconds(server.url, paper) for paper in papers[:_LEAVERS]]
        print(
            f"the model is free {max(leaving):.2f} s after a client has left (worst of {_LEAVERS})"
        )
        for number in range(math.ceil(options.soak / options.at_once)):
            turn = turn_of(papers, options.at_once, number * options.at_once)
            await visits(browser, server.url, turn, outcome)
            held.append(server.held())
            print(f"soak, {(number + 1) * options.at_once} visits: {held[-1]}", flush=True)
        await browser.close()
    growth = _growth(held)
    print(f"problems: {len(outcome.problems)}; memory over the soak: {growth:+.1%}")
    return (
        not outcome.problems
        and growth <= _MOST_GROWTH
        and max(leaving) <= _LONGEST_LEAVING_S
        and (not held or held[-1].handles <= held[len(held) // 3].handles)
    )


def _print_times(name: str, seconds: list[float]) -> None:
    if seconds:
        late = sorted(seconds)[int(0.95 * len(seconds))]
        print(f"{name}: median {median(seconds):.2f} s, 95th percentile {late:.2f} s", flush=True)


def _growth(held: list[Held]) -> float:
    """Return by which share the memory of the last third exceeds that of the second."""
    third = len(held) // 3
    if not third:
        return 0.0
    before, after = (
        median(one.memory_mb for one in held[part:][:third]) for part in (third, -third)
    )
    return after / before - 1


def main() -> int:
    """Serve made-up papers and put load on the server; return 0 if the promises were kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--browsers", type=int, default=20)
    parser.add_argument("--searches", type=float, default=50, help="a second")
    parser.add_argument("--soak", type=int, default=1000, help="questions")
    parser.add_argument("--papers", type=int, default=40)
    parser.add_argument("--library", type=Path, default="build/load/library", help="made if new")
    parser.add_argument("--at-once", type=int, default=5, help="visitors during the soak")
    options = parser.parse_args()
    papers = made_up_papers(options.papers)
    library: Path = options.library
    if not library.exists():
        name = Settings().embedder
        with closing(Library(library, Embedder(name, locate(name)))) as new:
            new.add(papers)
    with served_library(library, library.parent / "load.log") as server:
        kept = asyncio.run(run(options, server, papers))
    return 0 if kept else 1


if __name__ == "__main__":
    os.environ.setdefault("NO_PROXY", "127.0.0.1")
    sys.exit(main())
