"""Texts for the page, which name files without the folders they are in."""

import os
import re
from pathlib import PurePath

# A slash that begins a path; not one within a path, a URL or "and/or".
_START = re.compile(r"(?<![\w:/.~])/(?=\w)")
_WORD_END = re.compile(r"\S(?=\s|$)")
_PUNCTUATION = ".,;:!?)]}'\"’”`"
# How many words of a path are tried; a name with more spaces is cut.
_MAX_WORDS = 12


def without_paths(text: str) -> str:
    """Return a text in which each absolute path is reduced to the name of its file or folder.

    Errors name the files of this machine for the person at its terminal. On the page, which others
    may see, folders would reveal who runs the assistant and where. Other texts with slashes, such
    as "GET /papers", stay as they are.
    """
    parts, done = [], 0
    for match in _START.finditer(text):
        start = match.start()
        path = _path_at(text, start)
        if start >= done and _is_of_this_machine(path):
            parts += [text[done:start], PurePath(path).name]
            done = start + len(path)
    return "".join([*parts, text[done:]])


def _is_of_this_machine(path: str) -> bool:
    """Return whether a path begins in a folder of this machine; the rest of it may be missing."""
    root, first, *_ = PurePath(path).parts
    return os.path.lexists(root + first)


def _path_at(text: str, start: int) -> str:
    """Return the longest path at a position that exists, else the one up to the next space."""
    ends = [match.end() for match in _WORD_END.finditer(text, start)][:_MAX_WORDS]
    paths = [text[start:end].rstrip(_PUNCTUATION) for end in ends]
    return next((path for path in reversed(paths) if os.path.lexists(path)), paths[0])
