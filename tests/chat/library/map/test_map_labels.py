"""Positions of the labels on the map."""

import numpy as np

from assistant.chat.library.map.labels import Label, place_labels
from assistant.chat.library.map.view import map_view
from assistant.library.paper_map import PaperMap, Point

_WIDTH, _HEIGHT, _RADIUS = 1000, 640, 8.0


def _cluster(x: float, y: float, spread: float, count: int = 30) -> list[tuple[float, float]]:
    random = np.random.default_rng(int(x))
    return [(float(a), float(b)) for a, b in random.normal((x, y), spread, size=(count, 2))]


def _covered(label: Label, points: list[tuple[float, float]]) -> int:
    left, top, right, bottom = label.box
    return sum(left < x < right and top < y < bottom for x, y in points)


def test_labels_cover_no_points_and_no_other_labels() -> None:
    clusters = [_cluster(300, 300, 20), _cluster(380, 320, 20), _cluster(700, 200, 30)]
    names = ["continual learning", "reinforcement learning", "images"]
    labels = place_labels(names, clusters, _WIDTH, _HEIGHT, _RADIUS)
    points = [point for cluster in clusters for point in cluster]
    assert [label.text for label in labels] == names
    assert [_covered(label, points) for label in labels] == [0, 0, 0]
    boxes = [label.box for label in labels]
    assert boxes[0][3] <= boxes[1][1] or boxes[1][3] <= boxes[0][1] or boxes[0][2] <= boxes[1][0]


def test_label_of_one_word_has_a_second_term() -> None:
    points = tuple(Point(f"p{number}", number / 10, 0.5, number % 2) for number in range(10))
    html = map_view(PaperMap(points, ("text, prompts, search", "continual learning, replay")), {})
    assert ">text, prompts</text>" in html
    assert ">continual learning</text>" in html


def test_labels_are_near_their_cluster_and_within_the_map() -> None:
    clusters = [_cluster(5, 5, 3), _cluster(995, 635, 3)]
    for label, (x, y) in zip(
        place_labels(["a long name of a cluster", "b"], clusters, _WIDTH, _HEIGHT, _RADIUS),
        [(5, 5), (995, 635)],
        strict=True,
    ):
        left, top, right, bottom = label.box
        assert 0 <= left < right <= _WIDTH
        assert 0 <= top < bottom <= _HEIGHT
        assert abs(label.y - y) < 80
        assert abs(label.x - x) < 200
