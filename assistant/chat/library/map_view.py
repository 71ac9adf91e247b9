"""The map of the papers as an SVG of our own: nothing is fetched to draw it.

`map.js` makes it a place to walk in: titles on hover, arrow keys, a rectangle that chooses papers.
"""

from collections.abc import Collection, Mapping, Sequence

from markupsafe import Markup

from assistant.library.paper_map import PaperMap, Point

_WIDTH, _HEIGHT, _MARGIN = 1000, 640, 36
# A point's radius, by how many points there are at most.
_RADII = ((150, 8.0), (600, 6.0), (3000, 4.0))
_LEAST_RADIUS = 3.0


def map_view(
    drawn: PaperMap,
    titles: Mapping[str, str],
    chosen: Collection[str] = (),
    shown: Collection[str] | None = None,
    redrawn: int = 0,
) -> str:
    """Return the map's HTML, escaped.

    Args:
        drawn: where the papers lie.
        titles: of the papers, by id.
        chosen: the ids of papers that are ringed.
        shown: the ids of papers that stand out; None if all do.
        redrawn: another number each time that the rings may differ from those shown.
    """
    if not drawn.points:
        return str(
            Markup('<p class="empty">{}</p>').format(
                "There are no papers yet. Add some: drop files on “Add papers” above."
            )
        )
    radius = next((r for count, r in _RADII if len(drawn.points) <= count), _LEAST_RADIUS)
    points = Markup("").join(
        _point(point, radius, titles.get(point.paper, ""), chosen, shown) for point in drawn.points
    )
    names = Markup("").join(
        _name(name, [point for point in drawn.points if point.cluster == cluster])
        for cluster, name in enumerate(drawn.clusters)
    )
    return str(
        Markup(
            '<figure class="map" data-drawn="{}"><svg viewBox="0 0 {} {}" role="group" '
            'aria-label="Map of the papers. Arrow keys go from paper to paper, Enter opens one.">'
            '<g class="points">{}</g><g class="names" aria-hidden="true">{}</g>'
            '<rect class="shell"/></svg><div class="tip" hidden></div></figure>{}'
        ).format(redrawn, _WIDTH, _HEIGHT, points, names, _legend(drawn))
    )


def _at(x: float, y: float) -> tuple[float, float]:
    return (
        round(_MARGIN + x * (_WIDTH - 2 * _MARGIN), 1),
        round(_MARGIN + y * (_HEIGHT - 2 * _MARGIN), 1),
    )


def _point(
    point: Point,
    radius: float,
    title: str,
    chosen: Collection[str],
    shown: Collection[str] | None,
) -> Markup:
    classes = [f"c{point.cluster}"]
    classes += ["chosen"] if point.paper in chosen else []
    classes += ["faint"] if shown is not None and point.paper not in shown else []
    x, y = _at(point.x, point.y)
    return Markup(
        '<circle class="{}" cx="{}" cy="{}" r="{}" role="button" tabindex="-1" '
        'data-id="{}" aria-label="{}"/>'
    ).format(" ".join(classes), x, y, radius, point.paper, title)


def _name(name: str, points: Sequence[Point]) -> Markup:
    """Write a cluster's first term where the middle one of its papers lies."""
    xs, ys = sorted(point.x for point in points), sorted(point.y for point in points)
    x, y = _at(xs[len(xs) // 2], ys[len(ys) // 2])
    return Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(
        min(max(x, 120), _WIDTH - 120), y, name.partition(",")[0]
    )


def _legend(drawn: PaperMap) -> Markup:
    items = Markup("").join(
        Markup(
            '<li><button type="button" data-do="cluster" data-cluster="{}">'
            '<i class="c{}" aria-hidden="true"></i>{} <span>{:,}</span></button></li>'
        ).format(cluster, cluster, name, len(drawn.of_cluster(cluster)))
        for cluster, name in enumerate(drawn.clusters)
    )
    return Markup('<ul class="legend" aria-label="Clusters: choose their papers">{}</ul>').format(
        items
    )
