"""The links between papers and their PDFs."""

import json
from collections.abc import Collection

from assistant.library.storage.database import Database
from assistant.papers.pdf_file import PdfFile


class PdfLinks:
    """The PDFs of a catalogue's papers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, paper_ids: Collection[str]) -> dict[str, PdfFile]:
        """Return the PDFs of papers by paper id; papers without one are left out."""
        rows = self._database.rows(
            "SELECT id, pdf, abstract_page FROM papers "
            "WHERE pdf IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
            json.dumps(list(paper_ids)),
        )
        return {str(id_): PdfFile(str(pdf), int(str(page))) for id_, pdf, page in rows}

    def paper_with(self, sha256: str) -> str | None:
        """Return the id of a paper whose PDF has a digest; None if there is none."""
        rows = self._database.rows("SELECT id FROM papers WHERE pdf = ? LIMIT 1", sha256)
        return str(rows[0][0]) if rows else None

    def used(self) -> frozenset[str]:
        """Return the digests of papers' PDFs, and of PDFs that undoing a merge would restore."""
        rows = self._database.rows(
            "SELECT pdf FROM papers WHERE pdf IS NOT NULL "
            "UNION SELECT json_extract(before, '$.pdf.sha256') FROM merges "
            "UNION SELECT json_extract(merged, '$.pdf.sha256') FROM merges"
        )
        return frozenset(str(row[0]) for row in rows if row[0] is not None)
