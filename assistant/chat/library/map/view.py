"""The map of the papers as an SVG. `map.js` adds the interaction."""

from collections.abc import Collection, Mapping

from markupsafe import Markup

from assistant.chat.library.map.labels import Label, place_labels
from assistant.library.paper_map import PaperMap, Point

_WIDTH, _HEIGHT, _MARGIN = 1000, 640, 36
# (number of points up to which it applies, radius of a point)
_RADII = ((150, 8.0), (600, 6.0), (3000, 4.0))
_MIN_RADIUS = 3.0


def map_view(
    paper_map: PaperMap,
    titles: Mapping[str, str],
    selected: Collection[str] = (),
    matching: Collection[str] | None = None,
    revision: int = 0,
) -> str:
    """Return the map's HTML, escaped.

    Args:
        paper_map: the positions and clusters of the papers.
        titles: the titles, by paper id.
        selected: the ids of the selected papers, which get a ring.
        matching: the ids of the papers that match the search and filters; the others are faint.
            None if all match.
        revision: a number that changes whenever the rings may differ from those shown.
    """
    if not paper_map.points:
        return str(
            Markup('<p class="empty">{}</p>').format(
                "There are no papers yet. Add some: drop files on “Add papers” above."
            )
        )
    count = len(paper_map.points)
    radius = next((r for most, r in _RADII if count <= most), _MIN_RADIUS)
    points = Markup("").join(
        _point(point, radius, titles.get(point.paper, ""), selected, matching)
        for point in paper_map.points
    )
    labels = Markup("").join(
        Markup('<text class="c{}" x="{}" y="{}" text-anchor="middle">{}</text>').format(
            cluster, label.x, label.y, label.text
        )
        for cluster, label in enumerate(_labels(paper_map, radius))
    )
    return str(
        Markup(
            '<figure class="map" data-revision="{}"><svg viewBox="0 0 {} {}" role="group" '
            'aria-label="Map of the papers. Arrow keys move between papers, Enter opens one.">'
            '<g class="points">{}</g><g class="labels" aria-hidden="true">{}</g>'
            '<rect class="lasso"/></svg><div class="tip" hidden></div></figure>{}'
        ).format(revision, _WIDTH, _HEIGHT, points, labels, _legend(paper_map))
    )


def _to_svg(x: float, y: float) -> tuple[float, float]:
    return (
        round(_MARGIN + x * (_WIDTH - 2 * _MARGIN), 1),
        round(_MARGIN + y * (_HEIGHT - 2 * _MARGIN), 1),
    )


def _point(
    point: Point,
    radius: float,
    title: str,
    selected: Collection[str],
    matching: Collection[str] | None,
) -> Markup:
    classes = [f"c{point.cluster}"]
    classes += ["selected"] if point.paper in selected else []
    classes += ["faint"] if matching is not None and point.paper not in matching else []
    x, y = _to_svg(point.x, point.y)
    return Markup(
        '<circle class="{}" cx="{}" cy="{}" r="{}" role="button" tabindex="-1" '
        'data-id="{}" aria-label="{}"/>'
    ).format(" ".join(classes), x, y, radius, point.paper, title)


def _labels(paper_map: PaperMap, radius: float) -> list[Label]:
    """Return the beginning of each cluster's name, with its position."""
    names = list(map(_short_name, paper_map.clusters))
    clusters = [
        [_to_svg(point.x, point.y) for point in paper_map.points if point.cluster == cluster]
        for cluster in range(len(names))
    ]
    return place_labels(names, clusters, _WIDTH, _HEIGHT, radius)


def _short_name(name: str) -> str:
    """Return the first term of a cluster's name; the first two if it is a single word.

    One word, such as "text", says too little.
    """
    first, *others = name.split(", ")
    return first if " " in first else ", ".join([first, *others[:1]])


def _legend(paper_map: PaperMap) -> Markup:
    items = Markup("").join(
        Markup(
            '<li><button type="button" data-action="cluster" data-cluster="{}">'
            '<i class="c{}" aria-hidden="true"></i>{} <span>{:,}</span></button></li>'
        ).format(cluster, cluster, name, len(paper_map.papers_in(cluster)))
        for cluster, name in enumerate(paper_map.clusters)
    )
    return Markup('<ul class="legend" aria-label="Select a cluster\'s papers">{}</ul>').format(
        items
    )
