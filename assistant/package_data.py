"""Where the data files that ship with the package lie."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def packaged_data(*parts: str) -> Path:
    """Return the path of a shipped data file, such as ``packaged_data("prompts", "answer.jinja")``.

    A wheel carries the top-level ``prompts/`` and ``models/`` folders inside the package as
    ``assistant/_data/``; in a source tree (or an editable install) they stand beside the package.
    """
    installed = _PACKAGE / "_data"
    root = installed if installed.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)
