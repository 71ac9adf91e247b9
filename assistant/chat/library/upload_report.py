"""What became of the papers that were dropped on the page, file by file."""

from collections.abc import Sequence

from markupsafe import Markup

from assistant.library import AddReport, FileReport, SkippedRecords


def add_report(report: AddReport) -> str:
    """Return the report's HTML, escaped."""
    files = Markup("").join(map(_file, report.files))
    return str(
        Markup('<div class="report" role="status"><p>{}</p><ul>{}</ul></div>').format(
            _headline(report), files
        )
    )


def _headline(report: AddReport) -> str:
    done = []
    if report.added:
        done.append(f"{report.added:,} {_papers(report.added)} added")
    if report.updated:
        done.append(f"{report.updated:,} updated with what the files say more")
    if report.unchanged:
        done.append(f"{report.unchanged:,} known already")
    if report.skipped:
        done.append(f"{report.skipped:,} skipped")
    return ", ".join(done) + "." if done else "No papers were added."


def _papers(count: int) -> str:
    return "paper" if count == 1 else "papers"


def _file(file: FileReport) -> Markup:
    counts = {"added": file.added, "updated": file.updated, "known already": file.unchanged}
    said = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    return Markup("<li><strong>{}</strong> {}{}</li>").format(
        file.name, said, _skipped(file.skipped)
    )


def _skipped(skipped: Sequence[SkippedRecords]) -> Markup:
    if not skipped:
        return Markup("")
    reasons = Markup("").join(Markup("<li>{}</li>").format(str(one)) for one in skipped)
    return Markup('<ul class="skipped">{}</ul>').format(reasons)
