r"""The LaTeX commands that are converted to plain characters, and the arguments they take.

The symbols are those of pylatexenc. The ones listed here are missing there, or should become plain
letters and signs that people search for, such as ``\phi`` and ``\circ``.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.macrospec import LatexContextDb

ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    # Mathematical Reviews has its own names.
    "ocirc": "\u030a",
    "udot": "\u0323",
    "cftil": "\u0303",
    "polhk": "\u0328",
}
"""The combining character of each accent on a letter."""

MATH_ACCENTS = {
    "grave": "\u0300",
    "acute": "\u0301",
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0305",
    "breve": "\u0306",
    "dot": "\u0307",
    "ddot": "\u0308",
    "mathring": "\u030a",
    "check": "\u030c",
    "vec": "\u20d7",
    "not": "\u0338",
}
"""The combining character of each accent on a symbol."""

SPACES = frozenset((" ", ",", ";", ":", "/", "\\", "quad", "qquad", "enspace", "enskip", "space"))
"""Commands for a space, including the italic correction and the line break."""

NOTHING = frozenset(
    "! relax protect nobreak allowbreak noindent null limits nolimits left right middle big Big "
    "bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr".split()
)
"""Commands without visible output, such as those for bracket sizes."""

SWITCHES = frozenset(
    "em it bf tt sc sf rm sl itshape bfseries ttfamily scshape sffamily rmfamily upshape slshape "
    "mdseries normalfont displaystyle textstyle scriptstyle small large".split()
)
r"""Commands that format the rest of their group, as in ``{\em text}``."""

ESCAPES = frozenset("%&$#_{}")
"""Characters that are escaped with a backslash."""

_FORMATTING = (
    "emph textit textbf texttt textsc textsf textrm textsl textup textmd textnormal underline "
    "uline mathrm mathbf mathbb mathcal mathit mathsf mathtt mathfrak mathscr boldsymbol bm text "
    "mbox hbox operatorname ensuremath mathop mathbin mathrel mathord url path nolinkurl "
    "textsuperscript textsubscript mkbibemph mkbibbold mkbibitalic"
).split()

QUOTATIONS = frozenset(("enquote", "mkbibquote"))
"""Commands that print their argument in quotation marks."""

SHOWN_ARGUMENT = dict.fromkeys(_FORMATTING, 0) | {"href": 1, "textcolor": 1, "texorpdfstring": 1}
"""Commands that print only one of their arguments, and its number, from 0."""

_FURTHER_SYMBOLS = dict(
    pair.split("=")
    for pair in """
    epsilon=ε phi=φ circ=° degree=° textdegree=° prime=′ ne=≠ leqslant=≤ geqslant=≥ neg=¬ lnot=¬
    cdots=… mid=| dag=† ddag=‡ S=§ P=¶ pounds=£ euro=€ copyright=© textless=< textgreater=>
    textbar=| textasciitilde=~ textasciicircum=^ textunderscore=_ textbraceleft={ textbraceright=}
    textdollar=$ ordfeminine=ª ordmasculine=º LaTeX=LaTeX TeX=TeX arg=arg argmax=argmax
    argmin=argmin deg=deg Re=Re Im=Im slash=/ cprime=ʹ cdprime=ʺ textquotesingle='
    """.split()
)


@cache
def symbols() -> dict[str, str]:
    """Return the text of each command without arguments."""
    from pylatexenc.latex2text import get_default_latex_context_db

    specs = get_default_latex_context_db().iter_macro_specs(["latex-base", "advanced-symbols"])
    texts = {spec.macroname: spec.simplify_repl for spec in specs if spec.macroname != "today"}
    known = {name: text for name, text in texts.items() if isinstance(text, str) and text.strip()}
    return {name: text for name, text in known.items() if "%" not in text} | _FURTHER_SYMBOLS


@cache
def arguments() -> "LatexContextDb":
    """Return the parser's database of commands that take arguments."""
    from pylatexenc.macrospec import LatexContextDb, MacroSpec

    patterns = (
        dict.fromkeys([*ACCENTS, *MATH_ACCENTS, *QUOTATIONS], "{")
        | {name: "{" * (number + 1) for name, number in SHOWN_ARGUMENT.items()}
        | {"texorpdfstring": "{{", "frac": "{{", "sfrac": "{{", "sqrt": "[{"}
        | dict.fromkeys(("dfrac", "tfrac", "nicefrac"), "{{")
    )
    database = LatexContextDb()
    specs = [MacroSpec(name, pattern) for name, pattern in patterns.items()]
    database.add_context_category("commands with arguments", macros=specs)
    return database
