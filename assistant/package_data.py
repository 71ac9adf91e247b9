"""The paths of the data files shipped with the package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def packaged_data(*parts: str) -> Path:
    """Return the path of a shipped data file, such as ``packaged_data("prompts", "answer.jinja")``.

    A wheel contains the top-level folders ``prompts/``, ``models/`` and ``eval/questions/`` as
    ``assistant/_data/``. In a source tree or an editable install they are beside the package.
    """
    installed = _PACKAGE / "_data"
    root = installed if installed.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)
