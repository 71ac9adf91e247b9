"""Groups the papers of a synthesis by clustering the embeddings of their sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.library import Embedder
from assistant.library.cluster_names import name_clusters
from assistant.papers import Paper

_PAPERS_PER_GROUP = 3
_MAX_GROUPS = 4


@dataclass(frozen=True, slots=True)
class Group:
    """A group of papers under a heading.

    Attributes:
        heading: the terms that distinguish the group; empty if there is only one group.
        members: indices of the papers.
    """

    heading: str
    members: tuple[int, ...]


def group_papers(
    papers: Sequence[Paper], sentences: Sequence[str], embedder: Embedder
) -> list[Group]:
    """Return 1 to 4 groups, in the order of their first paper; 1 if there are at most 4 papers.

    The sentences are clustered by cosine distance with average linkage. Each cluster is named with
    terms that distinguish its papers from the others.

    Args:
        papers: most relevant first.
        sentences: what each paper contributes.
        embedder: embeds the sentences.
    """
    count = min(_MAX_GROUPS, round(len(papers) / _PAPERS_PER_GROUP))
    if count < 2:
        return [Group("", tuple(range(len(papers))))]
    from scipy.cluster.hierarchy import fcluster, linkage

    vectors = np.asarray(embedder.embed(list(sentences)))
    tree = linkage(vectors, method="average", metric="cosine")
    labels = fcluster(tree, t=count, criterion="maxclust").tolist()
    order = list(dict.fromkeys(labels))
    members = [tuple(i for i, own in enumerate(labels) if own == label) for label in order]
    centres = np.stack([vectors[list(group)].mean(axis=0) for group in members])
    names = name_clusters(
        [[papers[i] for i in group] for group in members], centres, embedder.embed
    )
    return [
        Group(name[:1].upper() + name[1:] if name else f"Group {number}", group)
        for number, (name, group) in enumerate(zip(names, members, strict=True), 1)
    ]
