"""Names in parts."""

import pytest

from assistant.papers.names import Name, uncertain_parts


@pytest.mark.parametrize(
    ("inverted", "name"),
    [
        ("García Márquez, Gabriela", Name(family="García Márquez", given="Gabriela")),
        ("Frost, III, Ada", Name(family="Frost", given="Ada", suffix="III")),
        ("van der Berg, Bo", Name(family="Berg", given="Bo", particle="van der")),
        ("Melt, Cy, Jr.", Name(family="Melt", given="Cy", suffix="Jr.")),
        ("Ada Frost", Name(family="Frost", given="Ada")),
        ("Plato", Name(family="Plato")),
    ],
)
def test_inverted_name_is_split(inverted: str, name: Name) -> None:
    assert Name.from_inverted(inverted) == name


@pytest.mark.parametrize(
    ("natural", "name"),
    [
        ("Ada B. Frost", Name(family="Frost", given="Ada B.")),
        ("Bo van der Berg", Name(family="Berg", given="Bo", particle="van der")),
        ("John Smith Jr.", Name(family="Smith", given="John", suffix="Jr.")),
        ("Vasco da Gama", Name(family="Gama", given="Vasco", particle="da")),
        ("Snow Consortium", Name(literal="Snow Consortium")),
        ("Nuts and Sons", Name(literal="Nuts and Sons")),
    ],
)
def test_parts_of_natural_name_are_guessed(natural: str, name: Name) -> None:
    assert Name.from_natural(natural) == name
    assert str(name) == natural


def test_inverted_form_is_parsed_back() -> None:
    name = Name(family="Berg", given="Bo", particle="van der", suffix="Jr.")
    assert name.inverted == "van der Berg, Jr., Bo"
    assert Name.from_inverted(name.inverted) == name


def test_only_parts_that_cannot_be_guessed_are_uncertain() -> None:
    double = Name(family="García Márquez", given="Gabriela")
    assert uncertain_parts((Name(family="Frost", given="Ada"), double)) == (double,)
