"""Parts ``cache`` and ``memory``: the size of the reading cache on disk, and peak memory."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answering.prompt_blocks import whole_block
from assistant.llm import Engine, ReadingCache, render_prompt
from assistant.models import locate
from eval.bench import peak_memory
from eval.bench.sections import Progress, Row, Section
from eval.bench.setting import Setting

_PAPERS = 5
_MEGABYTE = 1e6


def cache(setting: Setting, progress: Progress) -> Section:
    """Measure the size on disk of a paper in the reading cache."""
    papers = sorted(setting.assistant.papers(), key=lambda paper: len(paper.abstract))
    middle = papers[len(papers) // 2 :][:_PAPERS]
    blocks = [whole_block(paper) for paper in middle]
    settings = setting.assistant.settings
    progress(0, 1)
    with TemporaryDirectory() as folder:
        readings = ReadingCache(Path(folder), 10**10, "bench")
        engine = Engine(
            locate(settings.model),
            reading_cache=readings,
            threads=settings.threads,
            tuning=setting.tuning(),
        )
        try:
            engine.cache_blocks(render_prompt("answer", blocks, question="")).result()
        finally:
            engine.close()
        # The smallest file is the prefix that all prompts share.
        sizes = sorted(path.stat().st_size for path in Path(folder).iterdir())[1:]
    words = sum(len(paper.abstract.split()) for paper in middle) / len(middle)
    row = Row("cache file per paper", f"{sum(sizes) / len(sizes) / _MEGABYTE:.2f} MB", "< 5 MB")
    about = f"{len(middle)} papers of median length, {words:.0f} words per abstract."
    return Section("Reading cache on disk", about, (row,))


def memory(setting: Setting, progress: Progress) -> Section:
    """Measure the peak memory of a process that answers three questions."""
    settings = setting.assistant.settings
    progress(0, 1)
    task = {
        "library": str(setting.assistant.library.folder),
        "model": settings.model,
        "questions": [question.text for question in setting.questions[:3]],
    }
    finished = subprocess.run(
        [sys.executable, "-m", peak_memory.__name__],
        input=json.dumps(task),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    peak_bytes = int(finished.stdout)
    weights = locate(settings.model).stat().st_size
    without_weights = (peak_bytes - weights) / _MEGABYTE
    rows = (
        Row("peak, with the model's weights", f"{peak_bytes / _MEGABYTE:.0f} MB"),
        Row("peak, without the weights", f"{without_weights:.0f} MB", "< 1000 MB"),
    )
    about = "A separate process: embedder, index and model loaded, three questions answered."
    return Section("Memory", about, rows)
