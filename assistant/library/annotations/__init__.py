"""Tags, collections, notes and reading marks: what people note about the papers of a library."""

from assistant.library.annotations.store import KINDS, Annotations, LabelKind, label_name

__all__ = ["KINDS", "Annotations", "LabelKind", "label_name"]
