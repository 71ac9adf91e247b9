"""The examples that a calibration is fitted on, stored as they are collected.

An interrupted collection resumes, and examples from several libraries or question sets can be
collected in one file and fitted together.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

from assistant.errors import InputError
from assistant.jsonl_store import JsonlStore


class StoredExample(Protocol):
    """An example with a JSON form."""

    def to_record(self) -> dict[str, Any]:
        """Return the JSON form."""

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Convert the JSON form.

        Raises:
            KeyError, TypeError, ValueError: the record is of another kind.
        """


Example = TypeVar("Example", bound=StoredExample)


def append_examples(out: Path, made_by: str, examples: Iterable[StoredExample]) -> None:
    """Append examples to a file, one JSON object per line.

    Args:
        out: the file; created if it does not exist.
        made_by: the model and the prompts.
        examples: the examples to append.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        JsonlStore(out).append({"made_by": made_by, **one.to_record()} for one in examples)
    except OSError as error:
        raise InputError(
            f"The replies cannot be written to {out}: {error.strerror}. Choose another --out."
        ) from error


def load_examples(out: Path, made_by: str, example_type: type[Example]) -> list[Example]:
    """Load the examples of a file; an empty list if it does not exist.

    Args:
        out: the file.
        made_by: the model and the prompts.
        example_type: the kind of examples to expect.

    Raises:
        InputError: the file holds examples of another model, prompts or kind, or something else.
    """
    not_examples = f"{out} is not a file of replies. Choose another file with --out."
    try:
        lines = JsonlStore(out).lines()
        is_empty = not out.stat().st_size
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(
            f"{out} cannot be read: {error.strerror}. Choose another --out."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(not_examples) from error
    if not lines and not is_empty:
        raise InputError(not_examples)
    examples = []
    for line in lines:
        try:
            record = json.loads(line)
            if record["made_by"] != made_by:
                raise InputError(
                    f"{out} holds replies of another model, to other prompts, or to questions of "
                    "another kind (verdicts, or others). Choose another file with --out."
                )
            examples.append(example_type.from_record(record))
        except (ValueError, TypeError, KeyError) as error:
            raise InputError(not_examples) from error
    return examples
