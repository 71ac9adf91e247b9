"""The lists of reference styles and export formats agree."""

from typing import get_type_hints

from assistant.answering.metadata.words.vocabulary import vocabulary
from assistant.chat.library.export_papers import FORMATS
from assistant.chat.library.paper_view import paper_view
from assistant.cli.papers.cite import cite
from assistant.cli.papers.export import Format
from assistant.papers import Paper
from assistant.papers.references import STYLE_NAMES, STYLES, format_reference
from assistant.papers.writers import FOLDER_WRITERS, WRITERS

PAPER = Paper(title="Dough", abstract="It rises.", authors=("Ada Frost",), year=2021)


def test_every_style_has_a_name_and_writes_a_reference() -> None:
    assert set(STYLE_NAMES) == set(STYLES)
    assert all("Dough" in format_reference(PAPER, style) for style in STYLES)


def test_command_line_has_every_style_and_format() -> None:
    [option] = get_type_hints(cite, include_extras=True)["style"].__metadata__
    assert all(style in option.help for style in STYLES)
    assert set(Format) == {*WRITERS, *FOLDER_WRITERS, *STYLES}


def test_page_has_every_style_and_format() -> None:
    assert set(FORMATS) == {*WRITERS, *STYLES}
    html = paper_view(PAPER)
    assert all(f">{name}</button>" in html for name in STYLE_NAMES.values())


def test_every_style_can_be_asked_for_by_name() -> None:
    words = vocabulary()
    assert {style: words.style_names[style] for style in STYLES} == STYLE_NAMES
    assert set(words.styles.values()) >= set(STYLES)
