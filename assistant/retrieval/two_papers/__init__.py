"""Questions about two papers: finding the second one, and decomposing the question.

Design notes: docs/design/two-papers.md
"""
