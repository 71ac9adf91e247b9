r"""Converting LaTeX in titles and abstracts to plain text: ``Fr\'echet`` becomes Fréchet.

Most abstracts are plain text, so the conversion is conservative. A ``%`` does not begin a comment,
a single ``$`` does not begin a formula, and unknown commands are kept as written. A formula is
converted as a whole or not at all.
"""

import re

from assistant.papers.parsing.latex.commands import arguments
from assistant.papers.parsing.latex.nodes import Style, UnknownCommandError, text_of_nodes

# Pandoc's rule to distinguish formulas from prices: no space inside the dollar signs, and no digit
# after the second one unless the formula has a command.
_FORMULA = re.compile(
    r"(?<![\\$])\$(?![\s$])(?P<dollars>[^$]{0,300}?[^\s$\\])\$(?!\$)"
    r"|(?<![\\$])\$\$\s*(?P<display>[^$]{1,300}?)\s*(?<!\\)\$\$"
    r"|\\\((?P<brackets>(?:(?!\\[()])[^$]){1,300})\\\)"
)
# APS writes each accent twice, for text and for formulas.
_CONDITIONAL = re.compile(r"\\ifmmode\b[^$]{0,100}?\\else\b\s*([^$]{0,100}?)\\fi\b\s*(?:\{\})?")
_TIE = re.compile(r"(?<=[\w.])~(?=[\w(\\])")
_TIE_IN_BIBTEX = re.compile(r"(?<!\\)~")
# What has a meaning for the parser but not in plain text.
_NOT_MARKUP = re.compile(r"(?<!\\)[%$]|\\(?=[()\[\]]|\s*$)|\\(?:begin|end)\s*\{[^{}]*\}")
_NO_MARKUP_IN_ADDRESS = re.compile(r"(?<!\\)[~$]")
# Not after a backslash, which makes the first mark an accent.
_OPENING_QUOTATION_MARK = re.compile(r"(?<!\\)``")
_BRACE = re.compile(r"\\[{}\\]|[{}]")
# Words that are not next to a command or brace. The parser takes 0.1 ms per character, so each run
# of such words is replaced by one character.
_PLAIN_WORDS = re.compile(r"\\(?:[a-zA-Z]+\s*[^\s\\{}]*|.)|(\s[^\\{}]{8,}\s)")
# A text with more than this many characters left is not converted; abstracts have a few hundred.
_MAX_PARSED = 5_000
_FIRST_STAND_IN = 0xF0000
_LAST_STAND_IN = 0x10FFFF
_STAND_IN = re.compile(f"[{chr(_FIRST_STAND_IN)}-{chr(_LAST_STAND_IN)}]")
_BIBTEX_MARKUP = re.compile(r"[\\{}$~]")

# Characters that the parser must not see are mapped to the private use area.
_PRIVATE_USE = 0xE000
_PROTECTED = re.compile("[\ue000-\ue07f]")


def without_latex(text: str) -> str:
    """Return a text with LaTeX commands replaced by plain characters."""
    if "\\" not in text and "$" not in text and "``" not in text:
        return text
    return _converted(_TIE.sub(" ", text), Style())


def without_braces(text: str) -> str:
    """Return a BibTeX value without LaTeX and without the braces that protect capitals."""
    if not _BIBTEX_MARKUP.search(text) and "``" not in text:
        return text
    return _converted(_TIE_IN_BIBTEX.sub(" ", text), Style(drop_braces=True))


def typeset(text: str) -> str:
    """Return a BibTeX value as typeset: `without_braces`, with double hyphens as dashes."""
    return without_braces(text.replace("---", "—").replace("--", "–"))


def verbatim(text: str) -> str:
    """Return a BibTeX value that is an address or an id, without braces and escapes."""
    return _converted(_NO_MARKUP_IN_ADDRESS.sub(_protect, text), Style(drop_braces=True))


def _converted(text: str, style: Style) -> str:
    if not _BIBTEX_MARKUP.search(text):
        return _unprotected(_with_quotation_marks(text))
    text = _CONDITIONAL.sub(r"\1", text)
    text = _FORMULA.sub(_formula, text)
    # Before braces are removed: an empty group separates two marks.
    text = _with_quotation_marks(_NOT_MARKUP.sub(_protect, text))
    words: list[str] = []

    def stand_in(match: re.Match[str]) -> str:
        if match.group(1) is None or _FIRST_STAND_IN + len(words) > _LAST_STAND_IN:
            return match.group()
        words.append(match.group())
        return chr(_FIRST_STAND_IN + len(words) - 1)

    short = _with_balanced_braces(_PLAIN_WORDS.sub(stand_in, _STAND_IN.sub("\ufffd", text)))
    parsed = _parsed(short, style)
    if parsed is not None:
        text = _STAND_IN.sub(lambda one: words[ord(one.group()) - _FIRST_STAND_IN], parsed)
    return _unprotected(text)


def _formula(match: re.Match[str]) -> str:
    """Return a formula as plain text, or unchanged; either way protected from the parser."""
    inside = next(filter(None, match.groups()))
    is_amount = match.string[match.end() : match.end() + 1].isdigit() and "\\" not in inside
    if is_amount and match.lastgroup == "dollars":
        return _protected(match.group())
    text = _parsed(_with_balanced_braces(_NOT_MARKUP.sub(_protect, inside)), Style(is_formula=True))
    if text is None:
        return _protected(match.group())
    before = match.string[match.start() - 1 : match.start()] if match.start() else ""
    gap = " " if before.isdigit() and text[:1].isdigit() else ""  # 3$\frac{1}{2}$ is not 31/2
    return gap + _protected(_unprotected(text))


def _parsed(text: str, style: Style) -> str | None:
    """Return LaTeX as plain text; None if it cannot be parsed or has an unknown command."""
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerError

    if len(text) > _MAX_PARSED:
        return None
    walker = LatexWalker(text, latex_context=arguments(), tolerant_parsing=False)
    try:
        return text_of_nodes(walker.get_latex_nodes()[0], style)
    # The parser raises the last two for some missing arguments.
    except (LatexWalkerError, UnknownCommandError, RecursionError, IndexError, AttributeError):
        return None


def _with_balanced_braces(text: str) -> str:
    """Protect unbalanced braces."""
    opened: list[int] = []
    alone: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace.group() == "{":
            opened.append(brace.start())
        elif brace.group() == "}":
            if opened:
                opened.pop()
            else:
                alone.append(brace.start())
    characters = list(text)
    for place in (*opened, *alone):
        characters[place] = _protected(characters[place])
    return "".join(characters)


def _with_quotation_marks(text: str) -> str:
    if not _OPENING_QUOTATION_MARK.search(text):
        return text
    return _OPENING_QUOTATION_MARK.sub("“", text).replace("''", "”")


def _protected(text: str) -> str:
    return "".join(chr(_PRIVATE_USE + ord(sign)) if sign in "\\{}$%~`'" else sign for sign in text)


def _protect(match: re.Match[str]) -> str:
    return _protected(match.group())


def _unprotected(text: str) -> str:
    return _PROTECTED.sub(lambda protected: chr(ord(protected.group()) - _PRIVATE_USE), text)
