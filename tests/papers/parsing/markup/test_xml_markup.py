"""Text with tags of HTML, JATS and MathML becomes plain text."""

import pytest

from assistant.papers.parsing.text_cleaning import clean_text


def mml(inside: str) -> str:
    return f"<mml:math>{inside}</mml:math>"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<jats:title>Abstract</jats:title><jats:p>We x.</jats:p><jats:p>y</jats:p>", "We x. y"),
        ("<jats:ext-link xlink:href='https://a.b'>a.b</jats:ext-link><xref>1</xref>", "a.b"),
        ("<jats:styled-content>s</jats:styled-content> <scp>DNA</scp>", "s DNA"),
        ("<i>E. coli</i> in H<sub>2</sub>O<br/>and air", "E. coli in H2O and air"),
        ("10<sup>-8</sup> and 2<sup>10</sup>, <sup>14</sup>C", "10^-8 and 2^10, 14C"),
        ("a<!-- hidden --> b <![CDATA[c < d]]>", "a b c < d"),
        ("<p>unclosed <b>bold", "unclosed bold"),
    ],
)
def test_tags_are_dropped(markup: str, text: str) -> None:
    assert clean_text(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (mml("<mml:mi>n</mml:mi><mml:mo>=</mml:mo><mml:mn>14</mml:mn>"), "n=14"),
        (mml("<mml:msub><mml:mi>T</mml:mi><mml:mn>0</mml:mn></mml:msub>"), "T_0"),
        (mml("<mml:mfrac><mml:mn>1</mml:mn><mml:mn>25</mml:mn></mml:mfrac>"), "1/25"),
        (mml("<mml:msup><mml:mn>10</mml:mn><mml:mrow>-8</mml:mrow></mml:msup>"), "10^-8"),
        (mml("<mml:mover><mml:mi>θ</mml:mi><mml:mo>^</mml:mo></mml:mover>"), "θ̂"),
        (mml("<mml:msqrt><mml:mi>T</mml:mi></mml:msqrt>"), "√T"),
        (mml("<mml:mi>n</mml:mi> <mml:mi>log</mml:mi> <mml:mi>n</mml:mi>"), "n log n"),
        (
            "<jats:alternatives><jats:inline-graphic xlink:href='a.png'/>"
            "<jats:tex-math>$u_i$</jats:tex-math></jats:alternatives>",
            "u_i",
        ),
        (
            r"<tex-math>\documentclass{x}\begin{document}$$\alpha_{1}$$\end{document}</tex-math>",
            "α_1",
        ),
    ],
)
def test_formula_becomes_text(markup: str, text: str) -> None:
    assert clean_text(f"a {markup} b") == f"a {text} b"


@pytest.mark.parametrize(
    "text", ["p <alpha> q", "a < b and c > d", "if x<y and z>w", "AT&T &copy x", "<"]
)
def test_angle_brackets_and_ampersands_of_plain_text_stay(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        ("p &lt; 0.05 &amp; q", "p < 0.05 & q"),
        ("&lt;jats:p&gt;We find (p &amp;lt; 0.05).&lt;/jats:p&gt;", "We find (p < 0.05)."),
        ("&amp;lt;i&amp;gt;E. coli&amp;lt;/i&amp;gt;", "E. coli"),
    ],
)
def test_text_may_be_escaped_more_than_once(escaped: str, text: str) -> None:
    assert clean_text(escaped) == text
