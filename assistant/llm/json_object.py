"""The shape of the JSON object that an answer must be."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class JsonObject:
    """A JSON object with string values.

    Attributes:
        keys: the keys, in order; all are required.
        max_value_length: the maximum length of each value, in characters.
    """

    keys: Sequence[str]
    max_value_length: int

    def grammar(self) -> str:
        """Return its grammar in GBNF; values contain no quotation marks."""
        names = [_literal(json.dumps(key, ensure_ascii=False)) for key in self.keys]
        pairs = ' ", " '.join(f'{name} ": " text' for name in names)
        return (
            f'root ::= "{{" {pairs} "}}"\n'
            f'text ::= "\\"" [^"\\\\\\x00-\\x1F]{{0,{self.max_value_length}}} "\\""\n'
        )

    def schema(self) -> dict[str, Any]:
        """Return its JSON Schema."""
        value = {"type": "string", "maxLength": self.max_value_length}
        return {
            "type": "object",
            "properties": dict.fromkeys(self.keys, value),
            "required": list(self.keys),
            "additionalProperties": False,
        }


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
