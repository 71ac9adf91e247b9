"""What is chosen in the library, and what can be done with it."""

from markupsafe import Markup

from assistant.library.browse import Listing


def choice_bar(chosen: int, listing: Listing, listed: int) -> str:
    """Return the bar's HTML, escaped; empty if nothing is chosen and all papers are listed.

    Args:
        chosen: how many papers are chosen.
        listing: what the table shows.
        listed: how many papers that is.
    """
    if chosen:
        said = f"{_papers(chosen)} chosen"
        doings = [("ask", "Ask about them"), ("remove", "Remove"), ("none", "Choose none")]
    elif listed and not listing.is_everything:
        said = f"{_papers(listed)} {'fits' if listed == 1 else 'fit'}"
        doings = [("ask", "Ask about these"), ("all", "Choose all")]
    else:
        return ""
    buttons = Markup("").join(
        Markup('<button type="button" class="{}" data-do="{}">{}</button>').format(
            "main" if do == "ask" else "quiet", do, name
        )
        for do, name in doings
    )
    return str(
        Markup('<div class="choice" role="status"><span>{}</span>{}</div>').format(said, buttons)
    )


def removed_notice(count: int) -> str:
    """Return the HTML that says how many papers were removed and offers them back."""
    return str(
        Markup(
            '<div class="choice" role="status"><span>{} removed.</span>'
            '<button type="button" class="main" data-do="undo">Undo</button></div>'
        ).format(_papers(count))
    )


def _papers(count: int) -> str:
    return f"{count:,} {'paper' if count == 1 else 'papers'}"
