"""The wheel carries everything that the package needs outside the source tree."""

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel, as pip would lay it into site-packages."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=SOURCE,
        check=True,
        capture_output=True,
    )
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site-packages")
    return folder / "site-packages"


def run(installed: Path, *arguments: str) -> str:
    """Run Python outside the source tree with the unpacked wheel in front of everything."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=installed.parent,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_the_command_line_runs_and_knows_the_models(installed: Path) -> None:
    listed = json.loads(run(installed, "-m", "assistant", "models", "list", "--json"))
    assert "all-minilm-l6-v2" in json.dumps(listed)


def test_the_package_that_runs_is_the_one_in_the_wheel(installed: Path) -> None:
    assert run(installed, "-c", "import assistant; print(assistant.__file__)").startswith(
        str(installed)
    )


def test_prompts_samples_questions_and_calibrations_are_found(installed: Path) -> None:
    script = (
        "from assistant.llm import render_prompt\n"
        "from assistant.papers import sample_papers\n"
        "from assistant.evaluation import load_questions\n"
        "from assistant.package_data import packaged_data\n"
        "from assistant.settings import Settings\n"
        "print(len(render_prompt('answer', question='Why?').messages), len(sample_papers()),"
        " len(load_questions('sample')) > 300,"
        " packaged_data('models', 'calibration', f'{Settings().model}.json').exists())"
    )
    assert run(installed, "-c", script).split() == ["2", "109", "True", "True"]


def test_every_file_of_the_package_is_in_it(installed: Path) -> None:
    """Among them the schemas, templates, styles and scripts."""
    files = files_of(SOURCE / "assistant")
    assert {".css", ".jinja", ".js", ".py", ".sql", ".toml", ".typed"} <= {
        file.suffix for file in files
    }
    assert [file for file in files if not (installed / "assistant" / file).exists()] == []


def test_every_data_file_is_in_it(installed: Path) -> None:
    project = tomllib.loads((SOURCE / "pyproject.toml").read_text("utf-8"))
    data = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for source, target in data.items():
        files = files_of(SOURCE / source)
        assert [file for file in files if not (installed / target / file).exists()] == []


def files_of(folder: Path) -> list[Path]:
    """Return the files under a folder, relative to it; for a file only that."""
    if folder.is_file():
        return [Path()]
    files = (file for file in folder.rglob("*") if file.is_file())
    return [file.relative_to(folder) for file in files if "__pycache__" not in file.parts]


def test_pytest_finds_the_plugin_of_the_wheel(installed: Path) -> None:
    assert "--assistant-questions" in run(installed, "-m", "pytest", "--help")
