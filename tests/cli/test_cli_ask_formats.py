"""``assistant ask --format``: text, Markdown and JSON."""

from pathlib import Path

from command_line import Run

QUESTION = "What do lighthouse keepers read at night?"
WRITES = ("--model", "smollm2-135m-instruct", "--set", "abstention_threshold=0")


def test_all_formats_have_the_same_answer_and_citations(run: Run, library_folder: Path) -> None:
    answer = run("ask", QUESTION, "--format", "json", *WRITES).data
    text = run("ask", QUESTION, "--format", "text", *WRITES).out
    markdown = run("ask", QUESTION, "--format", "md", *WRITES).out
    assert text.startswith(answer["answer"])
    assert markdown.startswith(f"## {QUESTION}\n")
    assert "### References" in markdown
    for cited in answer["citations"]:
        assert f"[{cited['number']}]" in markdown
        assert f"> {cited['quote']}" in markdown


def test_json_and_another_format_are_rejected_together(run: Run, library_folder: Path) -> None:
    asked = run("ask", QUESTION, "--json", "--format", "md", *WRITES)
    assert asked.code == 2
    assert "Use only one of them" in asked.err
