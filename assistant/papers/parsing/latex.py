r"""Convert LaTeX in titles and abstracts to plain text: ``Fr\'echet`` becomes Fréchet.

Most abstracts are plain text, so the conversion is conservative. A ``%`` does not begin a comment,
a single ``$`` does not begin a formula, and unknown commands are left unchanged.
"""

import re
import unicodedata

_ACCENTS = {
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
}
_DOTLESS = {"i": "i", "j": "j", "\\i": "i", "\\j": "j"}

# Letters. A space after the command only ends it and is dropped.
_LETTERS = dict(
    pair.split("=")
    for pair in (
        "ss=ß o=ø O=Ø l=ł L=Ł ae=æ AE=Æ oe=œ OE=Œ aa=å AA=Å dh=ð DH=Ð th=þ TH=Þ i=ı j=ȷ"
    ).split()
)
_SYMBOLS = dict(
    pair.split("=")
    for pair in """
    alpha=α beta=β gamma=γ delta=δ epsilon=ε varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι
    kappa=κ lambda=λ mu=μ nu=ν xi=ξ pi=π rho=ρ sigma=σ tau=τ upsilon=υ phi=φ varphi=φ chi=χ psi=ψ
    omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Phi=Φ Psi=Ψ Omega=Ω ell=ℓ
    times=× cdot=· pm=± mp=∓ div=÷ ast=∗ star=⋆ circ=° degree=° textdegree=° prime=′
    leq=≤ le=≤ geq=≥ ge=≥ neq=≠ ne=≠ approx=≈ sim=∼ simeq=≃ equiv=≡ propto=∝ ll=≪ gg=≫
    lesssim=≲ gtrsim=≳ leqslant=≤ geqslant=≥
    to=→ rightarrow=→ leftarrow=← leftrightarrow=↔ Rightarrow=⇒ Leftrightarrow=⇔ mapsto=↦
    uparrow=↑ downarrow=↓ infty=∞ partial=∂ nabla=∇ sum=∑ prod=∏ int=∫ in=∈ notin=∉
    subset=⊂ subseteq=⊆ cup=∪ cap=∩ emptyset=∅ forall=∀ exists=∃ neg=¬ wedge=∧ vee=∨ otimes=⊗
    oplus=⊕ odot=⊙ perp=⊥ parallel=∥ langle=⟨ rangle=⟩ lceil=⌈ rceil=⌉ lfloor=⌊ rfloor=⌋ mid=|
    ldots=… dots=… cdots=… textellipsis=… dag=† ddag=‡ S=§ pounds=£ euro=€ texteuro=€ copyright=©
    textregistered=® texttrademark=™ textmu=µ textendash=– textemdash=— textquoteright=’
    textquoteleft=‘ textquotedblleft=“ textquotedblright=” LaTeX=LaTeX TeX=TeX
    log=log exp=exp max=max min=min arg=arg argmax=argmax argmin=argmin lim=lim sup=sup inf=inf
    """.split()
)
# Commands for characters with a meaning in LaTeX. They are mapped to the private use area first, so
# that the other rules do not touch them, and back at the end.
_LITERALS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textunderscore": "_",
    "textbar": "|",
    "textless": "<",
    "textgreater": ">",
    "textdollar": "$",
}
_PRIVATE_USE = 0xE000
_PROTECTED = re.compile("[\ue000-\ue07f]")
# Commands that only format their argument.
_FORMATTING = (
    "emph textit textbf texttt textsc textsf textrm textsl textup textmd textnormal underline "
    "uline mathrm mathbf mathbb mathcal mathit mathsf mathtt mathfrak boldsymbol bm text mbox "
    "hbox operatorname ensuremath mathop url path textsuperscript textsubscript"
).split()
# Formatting switches: {\em text}.
_SWITCHES = "em it bf tt sc sf rm sl itshape bfseries ttfamily scshape displaystyle".split()

_ACCENT = re.compile(
    r"""\\(?:([`'^~=."])\s*|([urHvdckb])(?:\s+|(?=\{)))(?:\{\s*(\\?[A-Za-z])\s*\}|(\\?[A-Za-z]))"""
)
_BRACED_LETTER = re.compile(r"\{([^\W\d_a-zA-Z])\}")
_BRACED_COMMAND = re.compile(r"\{\s*\\([a-zA-Z]+)\s*\}")
_FORMATTED = re.compile(rf"\\(?:{'|'.join(_FORMATTING)})\s*\{{([^{{}}]*)\}}")
_SWITCH = re.compile(rf"\{{\s*\\(?:{'|'.join(_SWITCHES)})\b\s*([^{{}}]*)\}}")
_LITERAL = re.compile(rf"\\({'|'.join(_LITERALS)})(?![a-zA-Z])(?:\{{\}}|\s*)")
_COMMAND = re.compile(r"\\([a-zA-Z]+)(?![a-zA-Z])(\{\}|\s*)")
_ESCAPED = re.compile(r"\\([%&$#_{}])")
_SPACE = re.compile(r"\\[,;:! /\\]|(?<=[\w.])~(?=[\w(\\])")
# Pandoc's rule to distinguish formulas from prices: no space inside the dollar signs, and no digit
# after the second one unless the formula has a command.
_FORMULA = re.compile(r"(?<![\\$])\$(?![\s$])([^$]{0,300}?[^\s$\\])\$(?!\$)")
_GROUP = re.compile(r"\{([^{}\\]*)\}")
_MAX_NESTING = 4


def without_latex(text: str) -> str:
    """Return a text with LaTeX commands replaced by plain characters."""
    if "\\" not in text and "$" not in text and "``" not in text:
        return text
    return _unprotected(_with_plain_characters(text))


def without_braces(text: str) -> str:
    """Return a BibTeX value without LaTeX and without the braces that protect capitals."""
    return _unprotected(_with_plain_characters(text).replace("{", "").replace("}", ""))


def typeset(text: str) -> str:
    """Return a BibTeX value as typeset: `without_braces`, with double hyphens as dashes."""
    return without_braces(text.replace("---", "—").replace("--", "–"))


def _with_plain_characters(text: str) -> str:
    text = _LITERAL.sub(lambda literal: chr(_PRIVATE_USE + ord(_LITERALS[literal.group(1)])), text)
    text = _BRACED_LETTER.sub(r"\1", _ACCENT.sub(_accented, text))
    text = _with_plain_commands(_FORMULA.sub(_formula, text))
    text = _ESCAPED.sub(r"\1", text)
    return text.replace("``", "“").replace("''", "”") if "``" in text else text


def _unprotected(text: str) -> str:
    return _PROTECTED.sub(lambda protected: chr(ord(protected.group()) - _PRIVATE_USE), text)


def _accented(match: re.Match[str]) -> str:
    accent = match.group(1) or match.group(2)
    letter = match.group(3) or match.group(4)
    if letter.startswith("\\") and letter not in _DOTLESS:
        return match.group()
    accented = unicodedata.normalize("NFC", _DOTLESS.get(letter, letter) + _ACCENTS[accent])
    # Without a precomposed character it is not an accent but an escaped apostrophe (don\\'t), say.
    return accented if len(accented) == 1 else match.group()


def _formula(match: re.Match[str]) -> str:
    if "\\" not in match.group() and match.string[match.end() : match.end() + 1].isdigit():
        return match.group()
    inside = _with_plain_commands(match.group(1))
    for _ in range(_MAX_NESTING):
        inside = _GROUP.sub(r"\1", inside)
    inside = inside.replace("^°", "°")
    # Leave a formula unchanged rather than convert only a part of it.
    return match.group() if re.search(r"\\[a-zA-Z]", inside) else inside


def _with_plain_commands(text: str) -> str:
    if "\\" not in text:
        return text
    for _ in range(_MAX_NESTING):
        text = _SWITCH.sub(r"\1", _FORMATTED.sub(r"\1", _BRACED_COMMAND.sub(_symbol_alone, text)))
    return _SPACE.sub(" ", _COMMAND.sub(_symbol, text))


def _symbol_alone(match: re.Match[str]) -> str:
    name = match.group(1)
    return _LETTERS.get(name) or _SYMBOLS.get(name) or match.group()


def _symbol(match: re.Match[str]) -> str:
    name, after = match.groups()
    if name in _LETTERS:
        return _LETTERS[name]
    return _SYMBOLS[name] + after.removeprefix("{}") if name in _SYMBOLS else match.group()
