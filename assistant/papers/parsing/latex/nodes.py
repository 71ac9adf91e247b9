r"""Converting parsed LaTeX to plain text. Unknown commands are kept as written."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.papers.parsing.latex.commands import (
    ACCENTS,
    ESCAPES,
    MATH_ACCENTS,
    NOTHING,
    QUOTATIONS,
    SHOWN_ARGUMENT,
    SPACES,
    SWITCHES,
    symbols,
)

_FRACTIONS = frozenset(("frac", "dfrac", "tfrac", "sfrac", "nicefrac"))
_DOTLESS = str.maketrans("ıȷ", "ij")
# Needs no parentheses in a fraction, under a root or as an exponent.
_SIMPLE = re.compile(r"[+\-−–]?[\w.]+[\u0300-\u036f]*(?:[\^_][\w.]+)*|[^\w\s]")
_NAME = re.compile(r"[A-Za-z]{2,}")


class UnknownCommandError(ValueError):
    """A formula contains an unknown command."""


@dataclass(frozen=True, slots=True)
class Style:
    """How to convert.

    Attributes:
        is_formula: whether the text is a formula. Braces are then dropped, and an unknown command
            is an error.
        drop_braces: whether braces only group, as in BibTeX. In other text they may be literal.
    """

    is_formula: bool = False
    drop_braces: bool = False


def text_of_nodes(nodes: Sequence[Any], style: Style) -> str:
    """Return the text of parsed nodes.

    Args:
        nodes: nodes parsed by pylatexenc.
        style: how to convert them.

    Raises:
        UnknownCommandError: a formula contains an unknown command.
    """
    return _Converter(style).text_of(nodes)


class _Converter:
    def __init__(self, style: Style) -> None:
        self._style = style
        self._symbols = symbols()

    def text_of(self, nodes: Sequence[Any]) -> str:
        text, after_unknown, is_apart = "", False, False
        for number, node in enumerate(nodes):
            kind = type(node).__name__
            before = text[-1:]
            if after_unknown and kind == "LatexGroupNode":
                text += node.latex_verbatim()  # its argument
                continue
            after_unknown = False
            piece = self._text_of_node(node, kind, nodes[number + 1 : number + 2])
            if piece is None:
                if self._style.is_formula:
                    raise UnknownCommandError
                piece, after_unknown = node.latex_verbatim(), True
            is_wide = kind == "LatexMacroNode" and self._is_wide(node.macroname)
            if (is_apart or is_wide) and before.isalnum() and piece[:1].isalnum():
                piece = f" {piece}"  # 3\frac{1}{2} is not 31/2
            if self._style.is_formula and before in ("_", "^") and kind != "LatexCharsNode":
                piece = _grouped(piece)
            text += piece
            is_apart = is_wide
        return text.replace("^°", "°").replace("^′", "′") if self._style.is_formula else text

    def _text_of_node(self, node: Any, kind: str, after: Sequence[Any]) -> str | None:
        """Return the text of a node; None if it is not understood."""
        match kind:
            case "LatexCharsNode":
                return str(node.chars)
            case "LatexGroupNode":
                return self._group(node, after)
            case "LatexMacroNode":
                return self._command(node)
        return None

    def _group(self, group: Any, after: Sequence[Any]) -> str:
        inside = self.text_of(group.nodelist)
        if self._style.is_formula or self._style.drop_braces:
            return inside
        first = group.nodelist[0] if group.nodelist else None
        is_formatted = type(first).__name__ == "LatexMacroNode" and inside[:1] != "\\"
        follows = str(getattr(after[0], "chars", "")) if after else ""
        # {B}ERT and 10{,}000, but not https://example.org/{name}
        is_glued = follows[:1].isalnum() and (inside.isalpha() or len(inside) == 1)
        is_letter = len(inside) == 1 and inside.isalpha() and not inside.isascii()
        return inside if not inside or is_formatted or is_glued or is_letter else f"{{{inside}}}"

    def _command(self, node: Any) -> str | None:
        name, space = node.macroname, node.macro_post_space
        if name in ACCENTS or name in MATH_ACCENTS:
            return self._accented(name, self._argument(node, 0))
        if name in SHOWN_ARGUMENT:
            return self._shown_argument(node, SHOWN_ARGUMENT[name])
        if name in QUOTATIONS:
            quoted = self._shown_argument(node, 0)
            return quoted and f"“{quoted}”"
        if name in _FRACTIONS:
            return f"{_grouped(self._argument(node, 0))}/{_grouped(self._argument(node, 1))}"
        if name == "sqrt":
            has_degree = node.nodeargd.argnlist[0] is not None
            return None if has_degree else f"√{_grouped(self._argument(node, 1))}"
        if name in ESCAPES:
            return str(name)
        if name in SPACES:
            return " "
        if name in SWITCHES or name in NOTHING:
            return ""
        return self._symbol(name, space)

    def _symbol(self, name: str, space: str) -> str | None:
        text = self._symbols.get(name)
        if text is None:
            return None
        # A space after a command only ends it, but one after a symbol is often intended.
        kind = unicodedata.name(text[0], "")
        is_letter = kind.startswith(("LATIN", "MODIFIER LETTER"))
        return text if len(text) == 1 and (is_letter or text == "/") else text + space

    def _accented(self, name: str, argument: str) -> str | None:
        letter = argument.translate(_DOTLESS).strip()
        accent = ACCENTS.get(name) or MATH_ACCENTS[name]
        composed = unicodedata.normalize("NFC", letter + accent)
        if len(composed) == 1:
            return composed
        # If there is no composed character, it may be an escaped apostrophe: don\'t.
        is_certain = name in MATH_ACCENTS or self._style.drop_braces
        # Indices of crystals have lines over digits.
        is_digit = self._style.is_formula and letter.isdigit()
        is_letter = len(letter) == 1 and (letter.isalpha() or is_digit)
        return composed if is_certain and is_letter else None

    def _shown_argument(self, node: Any, number: int) -> str | None:
        # In plain text, `C:\path\to` is not LaTeX.
        in_braces = type(node.nodeargd.argnlist[number]).__name__ == "LatexGroupNode"
        return self._argument(node, number) if in_braces or self._style.is_formula else None

    def _argument(self, node: Any, number: int) -> str:
        argument = node.nodeargd.argnlist[number]
        if type(argument).__name__ == "LatexGroupNode":
            return self.text_of(argument.nodelist)
        return self.text_of([argument])

    def _is_wide(self, name: str) -> bool:
        is_function = _NAME.fullmatch(self._symbols.get(name, "")) is not None
        return name in _FRACTIONS or (self._style.is_formula and is_function)


def _grouped(text: str) -> str:
    text = text.strip()
    return text if _SIMPLE.fullmatch(text) else f"({text})"
