"""The result of an upload, file by file."""

from collections.abc import Sequence

from markupsafe import Markup

from assistant.library import AddReport, FileReport, SkippedRecords


def upload_report(report: AddReport) -> str:
    """Return the report's HTML, escaped."""
    files = Markup("").join(map(_file, report.files))
    return str(
        Markup('<div class="report" role="status"><p>{}</p><ul>{}</ul></div>').format(
            _summary(report), files
        )
    )


def _summary(report: AddReport) -> str:
    counts = []
    if report.added:
        counts.append(f"{report.added:,} {'paper' if report.added == 1 else 'papers'} added")
    if report.updated:
        counts.append(f"{report.updated:,} updated with new details")
    if report.unchanged:
        counts.append(f"{report.unchanged:,} already in the library")
    if report.skipped:
        counts.append(f"{report.skipped:,} skipped")
    return ", ".join(counts) + "." if counts else "No papers were added."


def _file(file: FileReport) -> Markup:
    counts = {
        "added": file.added,
        "updated": file.updated,
        "already in the library": file.unchanged,
        "without an abstract: findable, but never cited": file.without_abstract,
    }
    text = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    return Markup("<li><strong>{}</strong> {}{}</li>").format(
        file.name, text, _skipped(file.skipped)
    )


def _skipped(skipped: Sequence[SkippedRecords]) -> Markup:
    if not skipped:
        return Markup("")
    reasons = Markup("").join(Markup("<li>{}</li>").format(str(one)) for one in skipped)
    return Markup('<ul class="skipped">{}</ul>').format(reasons)
