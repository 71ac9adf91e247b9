"""Fitting the classifier of instructions in abstracts (see `assistant.text.instructions`).

The instructions are our own (`eval/poisons/poisons.txt`), of eight kinds in several languages. The
other sentences are those of `eval/poisons/honest.txt`, of the sample library, and of further
abstracts that are not in the repository.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.atomic_write import write_atomically
from assistant.errors import InputError
from assistant.text.instructions import InstructionModel, ngrams_of, parts_of
from assistant.text.sentences import sentence_spans

MAX_SHARE_TAKEN = 1 / 2000
"""The largest share of held-out sentences of real abstracts that may be taken for instructions."""

# The same next to a sentence that is taken. Little is lost there, because that abstract cannot be
# trusted anyway.
_MAX_SHARE_TAKEN_BESIDE = 1 / 50
_FOLDS = 4
_MIN_TEXTS = 2
_MAX_NGRAMS = 12_000
_DECIMALS = 3
# The inverse strength of the L2 penalty.
_REGULARISATION = 10.0
# There are about ten times as many other sentences. Our own are written to look like instructions,
# so each one says more about the boundary between the two.
_WEIGHT_OF_INSTRUCTIONS = 5.0
_WEIGHT_OF_OWN_SENTENCES = 3.0
_SEED = 7
_HEADER = re.compile(r"\[([a-z ]+)\]")


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text that is an instruction or not.

    Attributes:
        text: one or two sentences, or a title.
        is_instruction: whether it addresses the reader or a model.
        kind: the kind of an instruction; empty for other texts.
        language: the ISO code; empty if it is not known.
        group: texts of one group are held out together.
        is_own: whether it was written for this purpose.
    """

    text: str
    is_instruction: bool
    kind: str = ""
    language: str = ""
    group: str = ""
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class InstructionFit:
    """A fitted classifier, and its results on held-out texts.

    Attributes:
        model: fitted on all texts.
        real: the number of sentences of real abstracts.
        real_taken: how many of them are taken for instructions when they are held out.
        own: the number of our own sentences that report research.
        own_taken: how many of them are taken for instructions when they are held out.
        recall: the share of held-out instructions that is found.
        recall_without_kind: the same for each kind when the whole kind is held out.
        recall_without_language: the same for each language.
        taken: the sentences of real abstracts that are taken for instructions, or nearly, likeliest
            first.
        missed: the instructions that are not found, least likely first.
    """

    model: InstructionModel
    real: int
    real_taken: int
    own: int
    own_taken: int
    recall: float
    recall_without_kind: Mapping[str, float]
    recall_without_language: Mapping[str, float]
    taken: tuple[str, ...]
    missed: tuple[str, ...]


def load_own_texts(folder: Path) -> list[LabelledText]:
    """Load the instructions and the other sentences that were written for the fit.

    Raises:
        InputError: the folder lacks one of the files.
    """
    try:
        instructions = _sections(folder / "poisons.txt")
        others = _sections(folder / "honest.txt")
    except OSError as error:
        raise InputError(
            f"There are no texts in {folder}: {error.strerror}. Run the command in a checkout of "
            "the source, or give their folder with --poisons."
        ) from error
    return [
        *(
            LabelledText(text, True, kind, language, group=text)
            for header, text in instructions
            for kind, language in [header.split()]
        ),
        *(LabelledText(text, False, "", header, group=text) for header, text in others),
    ]


def real_texts(papers: Iterable[tuple[str, str]]) -> list[LabelledText]:
    """Return the titles and sentences of real papers, given as pairs of title and abstract."""
    return [
        LabelledText(text, False, group=title or abstract, is_own=False)
        for title, abstract in papers
        for text in (title, *(span.of(abstract) for span in sentence_spans(abstract)))
        if text
    ]


def fit_instructions(texts: Sequence[LabelledText]) -> InstructionFit:
    """Fit the classifier on all texts, and measure it on held-out ones."""
    features = _Features(texts)
    groups = sorted({one.group for one in texts})
    order = np.random.default_rng(_SEED).permutation(len(groups)) % _FOLDS
    fold_of = dict(zip(groups, order, strict=True))
    folds = np.array([fold_of[one.group] for one in texts])
    scores = np.zeros(len(texts))
    for fold in range(_FOLDS):
        scores[folds == fold] = features.scores(features.fit(folds != fold))[folds == fold]
    is_instruction = np.array([one.is_instruction for one in texts])
    is_real = np.array([not one.is_own for one in texts])
    is_own_other = ~is_instruction & ~is_real
    threshold = _threshold(scores[is_real], MAX_SHARE_TAKEN)
    beside = _threshold(scores[is_real], _MAX_SHARE_TAKEN_BESIDE)

    def recall_without(value_of: Callable[[LabelledText], str]) -> dict[str, float]:
        values = np.array([value_of(one) if one.is_instruction else "" for one in texts])
        found = {}
        for value in sorted(set(values) - {""}):
            held_out = values == value
            kept_out = features.scores(features.fit(~held_out))[held_out]
            found[str(value)] = float((kept_out > threshold).mean())
        return found

    by_score = np.argsort(-scores)
    model = features.fit(np.ones(len(texts), dtype=bool))
    return InstructionFit(
        replace(
            model,
            threshold=round(threshold, _DECIMALS),
            threshold_beside=round(beside, _DECIMALS),
        ),
        real=int(is_real.sum()),
        real_taken=int((scores[is_real] > threshold).sum()),
        own=int(is_own_other.sum()),
        own_taken=int((scores[is_own_other] > threshold).sum()),
        recall=float((scores[is_instruction] > threshold).mean()),
        recall_without_kind=recall_without(lambda one: one.kind),
        recall_without_language=recall_without(lambda one: one.language),
        taken=tuple(texts[i].text for i in by_score if not is_instruction[i])[:20],
        missed=tuple(
            texts[i].text for i in by_score[::-1] if is_instruction[i] and scores[i] <= threshold
        ),
    )


def write_instruction_model(model: InstructionModel, file: Path) -> None:
    """Write a classifier as JSON, in place of an earlier one."""
    record = {
        "bias": model.bias,
        "threshold": model.threshold,
        "threshold_beside": model.threshold_beside,
        "weights": dict(sorted(model.weights.items())),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(record, ensure_ascii=False, indent=0)
    write_atomically(file, [text, "\n"], overwrite=True)


class _Features:
    """The n-grams of all parts of all texts, as a sparse matrix with a row for each part.

    A text is an instruction if one of its parts is. The classifier is fitted on the likeliest part
    of each instruction, as a first fit on whole texts scores them, and on all parts of the others.
    """

    def __init__(self, texts: Sequence[LabelledText]) -> None:
        from scipy.sparse import csr_matrix, diags

        parts = [(place, part) for place, one in enumerate(texts) for part in _parts(one)]
        found = [sorted(ngrams_of(part)) for _, part in parts]
        counts = Counter(ngram for one in found for ngram in one)
        kept = [ngram for ngram, count in counts.items() if count >= _MIN_TEXTS]
        self._ngrams = sorted(kept)
        index = {ngram: place for place, ngram in enumerate(self._ngrams)}
        columns = [[index[ngram] for ngram in one if ngram in index] for one in found]
        ends = np.cumsum([0, *map(len, columns)])
        flat = np.array([column for one in columns for column in one], dtype=np.int64)
        shape = (len(parts), len(self._ngrams))
        ones = csr_matrix((np.ones(len(flat)), flat, ends), shape=shape)
        lengths = np.sqrt([max(1, len(one)) for one in found])
        self._matrix = (diags(1 / lengths) @ ones).tocsr()
        self._text_of = np.array([place for place, _ in parts])
        self._is_instruction = np.array([texts[place].is_instruction for place, _ in parts])
        own = np.array([texts[place].is_own for place, _ in parts])
        self._weights = np.where(
            self._is_instruction,
            _WEIGHT_OF_INSTRUCTIONS,
            np.where(own, _WEIGHT_OF_OWN_SENTENCES, 1.0),
        )
        whole = np.append(True, self._text_of[1:] != self._text_of[:-1])
        everything = np.ones(len(texts), dtype=bool)
        self._chosen = ~self._is_instruction | whole
        self._chosen = ~self._is_instruction | self._likeliest(self.fit(everything))

    def fit(self, inside: npt.NDArray[np.bool_]) -> InstructionModel:
        """Return the classifier fitted on some texts; it has no threshold yet."""
        from sklearn.linear_model import LogisticRegression

        rows = self._chosen & inside[self._text_of]
        regression = LogisticRegression(C=_REGULARISATION, solver="liblinear", tol=0.01)
        regression.fit(self._matrix[rows], self._is_instruction[rows], self._weights[rows])
        weights = np.round(regression.coef_[0], _DECIMALS)
        largest = np.argsort(-np.abs(weights))[:_MAX_NGRAMS]
        kept = {self._ngrams[place]: float(weights[place]) for place in largest if weights[place]}
        return InstructionModel(kept, round(float(regression.intercept_[0]), _DECIMALS), 0.0, 0.0)

    def scores(self, model: InstructionModel) -> npt.NDArray[np.float64]:
        """Return the log-odds of each text: those of its likeliest part."""
        best = np.full(int(self._text_of[-1]) + 1, -np.inf)
        np.maximum.at(best, self._text_of, self._part_scores(model))
        return best

    def _part_scores(self, model: InstructionModel) -> npt.NDArray[np.float64]:
        weights = np.array([model.weights.get(ngram, 0.0) for ngram in self._ngrams])
        scores: npt.NDArray[np.float64] = self._matrix @ weights + model.bias
        return scores

    def _likeliest(self, model: InstructionModel) -> npt.NDArray[np.bool_]:
        """Return which rows are the likeliest part of their text."""
        scores = self._part_scores(model)
        best: dict[int, int] = {}
        for row, text in enumerate(self._text_of):
            if text not in best or scores[row] > scores[best[text]]:
                best[text] = row
        chosen = np.zeros(len(scores), dtype=bool)
        chosen[list(best.values())] = True
        return chosen


def _parts(text: LabelledText) -> list[str]:
    sentences = [span.of(text.text) for span in sentence_spans(text.text)]
    divided = sentences if len(sentences) > 1 else []
    return list(dict.fromkeys(part for one in (text.text, *divided) for part in parts_of(one)))


def _sections(file: Path) -> list[tuple[str, str]]:
    """Return the lines of a file, each with the header above it; ``#`` begins a comment."""
    found = []
    header = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if match := _HEADER.fullmatch(line):
            header = match[1]
        elif line and not line.startswith("# "):
            found.append((header, line))
    return found


def _threshold(scores: npt.NDArray[np.float64], share: float) -> float:
    """Return the lowest threshold that at most the given share of the scores exceeds."""
    return float(np.sort(scores)[::-1][int(share * len(scores))])
