"""LaTeX becomes plain text, or is kept as written where it is not understood."""

import pytest

from assistant.papers.parsing.latex.text import typeset, verbatim, without_latex


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"a gain of $\frac{1}{25}$", "a gain of 1/25"),
        (r"$3\frac{1}{2}x$ and 3$\frac12$", "3 1/2 x and 3 1/2"),
        (r"$\frac{a+b}{\epsilon^2}$", "(a+b)/ε^2"),
        (r"$\hat{\theta}$, $\bar\psi$ and $\tilde{\chi}_1^0$", "θ̂, ψ̄ and χ̃_1^0"),
        (r"$\tilde{O}(\sqrt{T})$", "Õ(√T)"),
        (r"$O(n\log n)$", "O(n log n)"),
        (r"$x_{i}^{2}$ in $\mathbb{R}^{n+1}$", "x_i^2 in R^(n+1)"),
        (r"$10^{-8}$ at $90^{\circ}$", "10^-8 at 90°"),
        (r"\(\alpha\beta\)", "αβ"),
        (r"$(000\overline{1})$ and $[11\overline20]$", "(0001̅) and [112̅0]"),
        (r"$$ {Pa}_{{O_{2}}} $$", "Pa_O_2"),
    ],
)
def test_formula_becomes_text(latex: str, text: str) -> None:
    assert without_latex(latex) == text
    assert typeset(latex) == text


@pytest.mark.parametrize(
    "latex",
    [
        r"\cite{foo2018}",
        r"\footnote{a note}",
        r"\unknown{x}{y}",
        r"$\bar{AB} + \alpha$",
        r"$\sqrt[3]{x}$",
        r"\begin{itemize}\item a\end{itemize}",
        r"don\'t",
    ],
)
def test_command_that_is_not_understood_is_kept_with_its_arguments(latex: str) -> None:
    assert without_latex(f"see {latex} here") == f"see {latex} here"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Tr{\^a}n {\DJ}{\'u}c", "Trân Đúc"),
        (r"{\v{C}}ernot{\'\i}k", "Černotík"),
        (r"{\ifmmode \check{C}\else \v{C}\fi{}ernot{\'\i}k}", "Černotík"),
        (r"\L{}\'od\'z, Stra\ss e, \O re", "Łódź, Straße, Øre"),
        (r"{\relax Ch}arles", "Charles"),
        (r"{\em snow} and \textbf{ice}", "snow and ice"),
        (r"{\textquotesingle}so{\textquotesingle}", "'so'"),
        (r"\href{https://a.b}{link}", "link"),
        (r"the set \{a, b\} of 5\%", "the set {a, b} of 5%"),
        (r"\alpha-helix", "α-helix"),
        (r"snow\slash ice and \enquote{rain}", "snow/ice and “rain”"),
        (r"Vasil\cprime ev and Franc\ocirc{u}", "Vasilʹev and Franců"),
    ],
)
def test_text_commands_become_characters(latex: str, text: str) -> None:
    assert without_latex(latex) == text
    assert typeset(latex) == text


@pytest.mark.parametrize(
    "text",
    [
        "33% of {a, b} cost $5 to $6 -- ~7 & more #1",
        "braces } without { partners",
        r"C:\path\file",
        "\\",
        "{" * 3000 + "}" * 3000,
    ],
)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert without_latex(text) == text


def test_plain_braces_in_text_with_latex_stay_but_those_around_capitals_do_not() -> None:
    assert (
        without_latex(r"the set {a, b} of {B}ERT by Fr\'echet")
        == "the set {a, b} of BERT by Fréchet"
    )


def test_tie_is_a_space_in_bibtex_but_not_in_an_address() -> None:
    assert typeset("Part~2") == "Part 2"
    assert typeset("D.~E. Ice") == "D. E. Ice"
    assert verbatim(r"https://example.org/~ada/a\_b") == "https://example.org/~ada/a_b"
