"""Annotations: the tags, collections, notes and reading marks that people give to papers."""

from assistant.library.annotations.store import KINDS, Annotations, LabelKind, label_name

__all__ = ["KINDS", "Annotations", "LabelKind", "label_name"]
