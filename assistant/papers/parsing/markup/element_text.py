"""The text of an element of HTML, JATS or PubMed XML, with its formulas in MathML or LaTeX."""

import re
import unicodedata
from xml.etree.ElementTree import Element

_BLOCKS = frozenset(
    "p title sec div section br li list list-item ul ol dl dt dd h1 h2 h3 h4 h5 h6 td tr table "
    "blockquote disp-formula disp-quote def-item label".split()
)
# The forms of a formula, in order of preference.
_FORMS = ("math", "tex-math", "textual-form")
_GRAPHICS = frozenset(("inline-graphic", "graphic", "annotation", "annotation-xml", "mglyph"))
_TEX_DOCUMENT = re.compile(r"\\begin\{document\}(.*)\\end\{document\}", re.DOTALL)
_REFERENCE_MARK = re.compile(r"[\d\s,;–-]*")
_SIGNED_NUMBER = re.compile(r"\s*([-+−–]?\s?\d{1,3})\s*")
_SIMPLE = re.compile(r"[+\-−–]?[\w.]*[\u0300-\u036f\u20d7]*|\W")
# Accents above a symbol in MathML, as combining characters.
_ACCENTS = {
    "^": "\u0302",
    "ˆ": "\u0302",
    "~": "\u0303",
    "˜": "\u0303",
    "∼": "\u0303",
    "¯": "\u0304",
    "‾": "\u0305",
    "_": "\u0305",
    "˙": "\u0307",
    ".": "\u0307",
    "¨": "\u0308",
    "ˇ": "\u030c",
    "→": "\u20d7",
    "⃗": "\u20d7",
}


def element_text(element: Element) -> str:
    """Return the text of an element, including nested elements.

    Powers are written with a caret: 10<sup>6</sup> becomes "10^6". Formulas become text, such as
    "1/25" for a fraction and "x_i" for an index.
    """
    return _text(element).strip()


def _text(element: Element) -> str:
    text = element.text or ""
    for child in element:
        name = local_name_of(child)
        inside = _text_of_child(child, name, text)
        text += f" {inside} " if name in _BLOCKS else inside
        text += child.tail or ""
    return text


def _text_of_child(child: Element, name: str, before: str) -> str:
    if name == "math":
        return " ".join(_formula(child).split())
    if name == "alternatives":
        forms = {local_name_of(form): form for form in child}
        chosen = next((forms[form] for form in _FORMS if form in forms), None)
        return "" if chosen is None else _text_of_child(chosen, local_name_of(chosen), before)
    if name == "tex-math":
        return _tex(child)
    if name in _GRAPHICS:
        return ""
    inside = _text(child)
    if name == "title" and inside.strip()[-1:].isalnum():
        return f"{inside.strip()}:"  # the label of a section
    if name == "xref" and _REFERENCE_MARK.fullmatch(inside):
        return ""
    power = _SIGNED_NUMBER.fullmatch(inside) if name == "sup" and before[-1:].isdigit() else None
    return f"^{power.group(1)}" if power else inside


def local_name_of(element: Element) -> str:
    """Return an element's name without namespace or prefix."""
    name = element.tag if isinstance(element.tag, str) else ""
    return name.rpartition("}")[2].rpartition(":")[2]


def _tex(element: Element) -> str:
    text = "".join(element.itertext()).strip()
    document = _TEX_DOCUMENT.search(text)
    text = (document.group(1) if document else text).strip()
    return text if text.startswith(("$", "\\(", "\\[")) or not text else f"${text}$"


def _formula(element: Element) -> str:
    """Return the text of an element of MathML."""
    parts = [_formula(child) for child in element]
    name = local_name_of(element)
    match name, parts:
        case (("annotation" | "annotation-xml" | "mglyph" | "mphantom"), _):
            return ""
        case "semantics", [first, *_]:
            return first
        case "mspace", _:
            return " "
        case "mfrac", [above, below]:
            return f"{_grouped(above)}/{_grouped(below)}"
        case "msqrt", _:
            return f"√{_grouped(''.join(parts))}"
        case "mroot", [base, degree]:
            return f"{_grouped(base)}^(1/{degree})"
        case (("msub" | "munder"), [base, index]):
            return f"{base}_{_grouped(index)}"
        case "msup", [base, power]:
            return _raised(base, power)
        case "mover", [base, above]:
            return _accented(base, above)
        case (("msubsup" | "munderover"), [base, index, power]):
            return _raised(f"{base}_{_grouped(index)}", power)
        case "mfenced", _:
            return f"({','.join(parts)})"
        case "mtable", _:
            return f"({'; '.join(parts)})"
        case "mtr", _:
            return ", ".join(parts)
        case _:
            return _joined([" ".join((element.text or "").split()), *parts])


def _joined(parts: list[str]) -> str:
    text = ""
    for part in parts:
        # "log" and "n" are separate words; "x" and "y" are a product.
        is_function = part[:1].isalpha() and (len(part) > 1 or text[-2:].isalpha())
        text += f" {part}" if text[-1:].isalpha() and is_function else part
    return text


def _raised(base: str, power: str) -> str:
    return f"{base}{power}" if power in ("′", "°", "'") else f"{base}^{_grouped(power)}"


def _accented(base: str, above: str) -> str:
    if len(base) == 1 and above in _ACCENTS:
        return unicodedata.normalize("NFC", base + _ACCENTS[above])
    return f"{base}^{_grouped(above)}"


def _grouped(text: str) -> str:
    text = text.strip()
    return text if _SIMPLE.fullmatch(text) else f"({text})"
