"""What a coder is: something that reads articles."""

from typing import Protocol

from muster_contracts.articles import ArticleContent

from muster_extract.pipeline import Extraction


class Coder(Protocol):
    """Reads articles, one at a time."""

    def extract(self, article: ArticleContent) -> Extraction:
        """Every claim that the article makes about a mission, in the order of its text."""
        ...

    def close(self) -> None:
        """Lets go of connections and files."""
        ...
