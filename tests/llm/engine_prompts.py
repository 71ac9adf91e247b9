"""Prompts about two made-up papers, and what the engine makes of them."""

import numpy as np

from assistant.llm import (
    Block,
    Engine,
    KvVectors,
    Prompt,
    Usage,
    read_likelihood_and_state,
    read_question_state,
    read_yes,
    render_prompt,
)

GLACIER = Block(
    "Glacier Melt Seen from Balloons",
    (
        "Cameras on balloons follow 14 glaciers in Norway.",
        "IceTrack finds cracks that satellites miss.",
        "The melt speeds up by 12.5 percent a year.",
    ),
    shown=(0, 2),
)
PARROTS = Block(
    "Teaching Parrots to Count",
    ("Six parrots count walnuts.", "PolyCount rewards each right answer."),
    shown=(1,),
)


def prompt(question: str = "How fast is the melt?", *blocks: Block) -> Prompt:
    return render_prompt("answer", blocks or (GLACIER,), question=question)


def yes(engine: Engine, scored: Prompt) -> tuple[float, Usage]:
    """Return the probability of yes in the reply, and the token counts."""
    [reply] = engine.score_prompts([scored], read_yes)
    return reply


def states(engine: Engine, *prompts: Prompt) -> list[KvVectors]:
    """Return the probe input at the end of the question in each prompt."""
    found = [state for state, _ in engine.score_prompts(prompts, read_question_state)]
    assert all(state is not None for state in found)
    return [state for state in found if state is not None]


def correlation(a: KvVectors, b: KvVectors) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def likelihoods(engine: Engine, question: str) -> list[float]:
    """Return log P(question given paper) for each of the two papers."""
    prompts = [prompt(question, block) for block in (GLACIER, PARROTS)]
    return [
        likelihood
        for (likelihood, _), _ in engine.score_prompts(
            prompts, read_likelihood_and_state, with_likelihood=True
        )
    ]
