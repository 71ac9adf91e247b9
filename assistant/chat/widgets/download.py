"""Files for the browser to save."""

from typing import TypedDict


class TextFile(TypedDict):
    """A text file for the browser to save."""

    name: str
    text: str


SAVE_FILE = """(file) => {
  if (!file) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([file.text], {type: 'text/plain'}));
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
}"""
"""The script of an event whose input is a `TextFile` or nothing."""
