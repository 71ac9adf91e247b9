"""Decoding lists and objects that a program wrote as text, such as pandas in a CSV cell."""

import ast
import io
import re
import tokenize

from assistant.papers.parsing.json_text import InvalidJsonError, decode_json

_LITERAL = re.compile(r"\s*(?:array\(|list\()?\s*[\[({].*[\])}]\s*", re.DOTALL)
# numpy separates the items by spaces: ['Ada Frost' 'Bo Melt']. Python would join them.
_ADJACENT = re.compile(r"""['"]\s+['"]""")
_MAX_CHARACTERS = 200_000


def decoded(text: str) -> object:
    """Return the list or object that a text encodes in JSON or Python, else the text itself."""
    if len(text) > _MAX_CHARACTERS or not _LITERAL.fullmatch(text):
        return text
    try:
        value = decode_json(text)
    except InvalidJsonError:
        value = _python_value(text)
    return value if isinstance(value, list | dict) else text


def texts_decoded(text: str) -> list[str]:
    """Return the strings of a list that a text encodes, else the text itself as the only one."""
    value = decoded(text)
    is_list_of_texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return value if is_list_of_texts and isinstance(value, list) else [text]


def _python_value(text: str) -> object:
    if "array(" in text or _ADJACENT.search(text):
        return _strings_in(text)
    try:
        value = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return list(value) if isinstance(value, tuple | set) else value


def _strings_in(text: str) -> list[str] | None:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
        strings = [ast.literal_eval(t.string) for t in tokens if t.type == tokenize.STRING]
    except (tokenize.TokenError, SyntaxError, ValueError):
        return None
    return [string for string in strings if isinstance(string, str)] or None
