"""The benchmark's ratios, tables and plot. `make bench` takes the measurements."""

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from run_factories import make_question

from assistant import Assistant, Settings
from eval.bench.engine import Growth
from eval.bench.plot import growth_plot
from eval.bench.sections import Row, Section, ratio_of_medians, ratio_of_sums
from eval.bench.setting import Setting

SVG = "{http://www.w3.org/2000/svg}"


def test_ratio_of_medians_is_within_its_interval() -> None:
    ratio = ratio_of_medians([8.0, 10.0, 60.0], [1.0, 2.0, 3.0])
    assert ratio.value == pytest.approx(5)
    assert ratio.low is not None
    assert ratio.high is not None
    assert ratio.low <= 5 <= ratio.high


def test_ratio_of_sums_resamples_pairs() -> None:
    theirs = [1.0, 5.0, 20.0, 100.0]
    ratio = ratio_of_sums([4 * value for value in theirs], theirs)
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((4, 4, 4))


def test_section_markdown_has_a_table_with_targets() -> None:
    text = Section("Decoding", "Ten questions.", (Row("pace", "20 tokens/s", ">= 18"),)).markdown()
    assert text.startswith("## Decoding\n\nTen questions.\n")
    assert "| pace | 20 tokens/s | >= 18 |" in text


def test_plot_has_a_point_per_number_of_papers_higher_for_more_seconds() -> None:
    counts = (1, 2, 8)
    growth = Growth(
        {count: [0.5, 0.6, 0.7] for count in counts}, {count: [3.0 * count] for count in counts}
    )
    drawing = ElementTree.fromstring(growth_plot(growth))
    recalled, read = drawing.findall(f"{SVG}polyline")
    heights = [
        [float(point.split(",")[1]) for point in str(line.get("points")).split()]
        for line in (recalled, read)
    ]
    assert len(set(heights[0])) == 1
    assert heights[1] == sorted(heights[1], reverse=True)
    assert all(low > high for low, high in zip(*heights, strict=True))
    assert "8 papers 24.00 s" in str(drawing.get("aria-label"))


def test_unknown_bench_part_is_rejected() -> None:
    command = [sys.executable, "-m", "eval.bench", "--parts", "writing,speed"]
    outcome = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    assert outcome.returncode == 2
    assert "There is no part 'speed'" in outcome.stderr
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize(("reranked", "read"), [(8, 8), (0, 5)])
def test_papers_to_read_are_the_reranked_ones_but_at_least_five(
    sample_library_folder: Path, tmp_path: Path, reranked: int, read: int
) -> None:
    library = tmp_path / "library"
    shutil.copytree(sample_library_folder, library)
    with Assistant.open(library, settings=Settings(papers_reranked=reranked)) as assistant:
        setting = Setting(
            assistant, [make_question(text="How do models learn from human feedback?")]
        )
        [found] = setting.found.values()
        assert setting.papers_to_read() == [ranked.paper for ranked in found.papers[:read]]
        assert len(setting.papers_to_read()) == read
