"""What is quoted: the words that say who, and the words that say when."""

from muster_extract.evaluate import article
from muster_extract.pipeline import Reader


def quotes(reader: Reader, claim: str, *paragraphs: str) -> dict[str | None, str]:
    told = {"id": "a", "source": "test", "published": "2024-06-24", "title": "The mission in Haiti", "text": "\n".join(paragraphs)}
    return {made.contributor: made.evidence.quote for made in reader.extract(article(told)).claims if type(made).__name__ == claim}


def test_each_giver_of_a_long_list_stands_in_its_own_quote(reader: Reader) -> None:
    found = quotes(
        reader,
        "PledgeAnnounced",
        "In addition to Kenya, Senegal, the Bahamas, Belize, Burundi, Benin, Chad and Jamaica have promised people to the Haiti mission.",
    )
    assert len(found) == 8
    names = {"KE": "Kenya", "SN": "Senegal", "BS": "Bahamas", "BZ": "Belize", "BI": "Burundi", "BJ": "Benin", "TD": "Chad", "JM": "Jamaica"}
    for code, name in names.items():
        assert name in found[code], found[code]
        assert len(found[code].replace(",", "").split()) <= 12


def test_a_schedule_quotes_the_words_that_give_its_day(reader: Reader) -> None:
    found = quotes(
        reader,
        "DeploymentScheduled",
        "Kenyan police officers will leave for Haiti on Thursday, the ministry said.",
        "The president received the 400 officers who will be the first contingent to deploy to Haiti.",
    )
    assert "on Thursday" in found["KE"]
