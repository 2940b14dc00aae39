"""The model behind the rules' own interface: `extract(article) -> Extraction`."""

from muster_contracts.articles import ArticleContent

from muster_extract.coder import Coder
from muster_extract.gate import is_relevant
from muster_extract.llm import restate
from muster_extract.llm.asking import Asking, NoReading
from muster_extract.llm.grounding import ground
from muster_extract.llm.prompt import messages, prompt
from muster_extract.llm.quoted import Quoted
from muster_extract.llm.survey import Survey
from muster_extract.llm.union import union
from muster_extract.merge import merge
from muster_extract.pipeline import Extraction
from muster_extract.settings import CoderName, CoderSettings


class LlmCoder:
    """Reads by a model, alone or together with the rules; by the rules where the model gives nothing.

    The extraction says who read in the end: its extractor is `llm`, `both`, or the rules' own. Its notes tell what was dropped and why
    the rules had to stand in. Not for several threads at once, and not inside a running event loop.
    """

    def __init__(self, rules: Coder, asking: Asking, settings: CoderSettings) -> None:
        self._rules, self._asking = rules, asking
        self._longest = settings.llm.longest_article
        self._both = settings.extract.coder is CoderName.BOTH
        self._made_by = (f"llm:{settings.llm.model}", prompt().name)
        self._notes: tuple[str, ...] = (asking.trouble,) if asking.trouble else ()

    def extract(self, article: ArticleContent) -> Extraction:
        """Every claim that the article makes about a mission, in the order of its text."""
        survey = Survey(article)
        try:
            told, notes = self._told(survey)
        except NoReading as why:
            read = self._rules.extract(article)
            return Extraction(read.claims, read.completed, read.dropped, read.reads, (*self._notes, f"read by the rules: {why}"))
        noted = (*self._notes, *notes)
        return self._united(survey, told, noted) if self._both else self._alone(survey, told, noted)

    def close(self) -> None:
        """Closes the file of answers and the connections."""
        self._asking.close()

    def _told(self, survey: Survey) -> tuple[list[Quoted], list[str]]:
        article = survey.article
        if not is_relevant(article.title, article.text):
            return [], []
        if len(article.text) > self._longest:
            raise NoReading(f"the text is longer than {self._longest} characters")
        if not survey.missions:
            return [], []  # nothing that it could tell would bind to a mission, so nothing is spent on it
        told = self._asking.told(messages(article, survey.missions))
        return ground(survey, told.events, self._made_by[0])

    def _alone(self, survey: Survey, told: list[Quoted], notes: tuple[str, ...]) -> Extraction:
        kept, dropped = merge(told)
        claims = restate.in_order(restate.claim(survey.article, candidate, restate.LLM, self._made_by) for candidate in kept)
        return Extraction(claims, restate.completed(survey.article, claims, restate.LLM), tuple(dropped), (), notes)

    def _united(self, survey: Survey, told: list[Quoted], notes: tuple[str, ...]) -> Extraction:
        read = self._rules.extract(survey.article)
        claims, dropped = union(survey, read.claims, told, self._made_by)
        completed = restate.completed(survey.article, claims, restate.BOTH)
        return Extraction(claims, completed, (*read.dropped, *dropped), read.reads, notes)
