"""People who are there, and people who are hurt, as news pages tell them: a failure class each, in sentences of our own."""

import pytest
from muster_extract.pipeline import Reader
from muster_testkit.essences import told

MALI, LEBANON, CONGO = "UN mission in Mali", "UNIFIL in Lebanon", "The UN mission in Congo"
HAITI = "The multinational security mission in Haiti"

CASES: dict[str, tuple[str, str, tuple[str, ...], list[str]]] = {
    "stationed": (
        "2025-04-01",
        "KFOR in Kosovo",
        ("The newcomers will work beside about 180 Slovenian soldiers already stationed in Kosovo with KFOR.",),
        ["StrengthReported SI 180 2025-04-01"],
    ),
    "numbering": (
        "2011-12-20",
        "AMISOM in Somalia",
        ("Ugandan and Burundian troops, currently numbering 9,500, are in Mogadishu with AMISOM.",),
        ["StrengthReported - 9500 2011-12-20"],
    ),
    "the size is": (
        "2007-12-10",
        "EUFOR in Bosnia",
        ("The current size of EUFOR in Bosnia is some 2,400 soldiers.",),
        ["StrengthReported - 2400 2007-12-10"],
    ),
    "the day of the attack before": (
        "2019-01-21",
        MALI,
        (
            "Gunmen attacked a base of the UN mission in northern Mali on Sunday, the mission said.",
            "Ten Chadian peacekeepers were killed and at least 25 others were injured.",
        ),
        ["CasualtyReported TD 10 2019-01-20", "CasualtyReported TD 25 2019-01-20"],
    ),
    "the day of the attack behind, and not that of the saying": (
        "2025-12-16",
        "UNISFA in Abyei",
        (
            "Five Ghanaian peacekeepers of UNISFA were killed in a drone attack, officials said on Monday.",
            "Seven others were wounded in the strike, which happened on Saturday.",
        ),
        ["CasualtyReported GH 5 2025-12-13", "CasualtyReported GH 7 2025-12-13"],
    ),
    "one breath, one day": (
        "2023-02-06",
        CONGO,
        ("A South African soldier of MONUSCO was killed and another wounded when their helicopter came under fire on Sunday.",),
        ["CasualtyReported ZA 1 2023-02-05", "CasualtyReported ZA 1 2023-02-05"],
    ),
    "others with a noun of their own are nobody's": (
        "2022-12-15",
        LEBANON,
        ("A Polish soldier of UNIFIL was killed and two other soldiers injured in south Lebanon on Wednesday, the force said.",),
        ["CasualtyReported - 2 2022-12-14", "CasualtyReported PL 1 2022-12-14"],
    ),
    "hurt people of a sentence before": (
        "2021-12-09",
        MALI,
        (
            "Seven Togolese peacekeepers of the UN mission in Mali died on Wednesday when their lorry hit a mine.",
            "Three more were badly hurt.",
        ),
        ["CasualtyReported TG 3 2021-12-08", "CasualtyReported TG 7 2021-12-08"],
    ),
    "a toll brought to a new total": (
        "2025-01-28",
        CONGO,
        ("Two more soldiers died, bringing the number of peacekeepers of MONUSCO killed in the fighting to 17, the UN said.",),
        ["CasualtyReported - 17", "CasualtyReported - 2"],
    ),
    "three of its soldiers serving with": (
        "2025-01-28",
        "SADC mission in Congo",
        ("Malawi's army confirmed that three of its soldiers serving with the SADC mission in Congo had been killed on Monday.",),
        ["CasualtyReported MW 3 2025-01-27"],
    ),
    "made up of": (
        "2023-06-14",
        "EULEX in Kosovo",
        ("The reserve police unit of EULEX in Kosovo is currently made up of 21 Spanish officers.",),
        ["StrengthReported ES 21 2023-06-14"],
    ),
    "more than so many are no more of them": (
        "2017-12-01",
        "AMISOM in Somalia",
        ("There are currently more than 20,000 soldiers serving in Somalia under AMISOM.",),
        ["StrengthReported - 20000 2017-12-01"],
    ),
    "hurt in passing": (
        "2010-05-07",
        "UNAMID in Darfur",
        ("Gunmen set upon a patrol of UNAMID in Darfur on Friday, killing two Nigerian soldiers and badly injuring three.",),
        ["CasualtyReported NG 2 2010-05-07", "CasualtyReported NG 3 2010-05-07"],
    ),
    "other people are not the mission's": (
        "2018-01-06",
        CONGO,
        ("Twelve Malawian peacekeepers of MONUSCO were killed and 43 other people were wounded on 2 January.",),
        ["CasualtyReported MW 12 2018-01-02"],
    ),
    "killed in an attack just told is of this month": (
        "2005-02-25",
        CONGO,
        ("At least eight peacekeepers of MONUC have been killed in an ambush by militiamen in Congo.",),
        ["CasualtyReported - 8 2005-02"],
    ),
    "dead of another land and year": (
        "2017-12-08",
        CONGO,
        (
            "Fourteen peacekeepers of MONUSCO were killed on Thursday in eastern Congo.",
            "The attack was the deadliest on peacekeepers since 1993, when 23 were slain in Mogadishu.",
        ),
        ["CasualtyReported - 14 2017-12-07"],
    ),
    "had been deployed is not now": (
        "2023-06-14",
        "EULEX in Kosovo",
        ("The 12 gendarmes had been deployed to Kosovo to strengthen the police unit of EULEX.",),
        [],
    ),
    "policemen of whom nobody says whose they are": (
        "2024-10-05",
        HAITI,
        ("The multinational mission patrols the port.", "Two police officers were shot dead in the capital on Friday."),
        [],
    ),
}


@pytest.mark.parametrize(("published", "title", "paragraphs", "events"), CASES.values(), ids=CASES.keys())
def test_a_story_gives_its_strengths_and_losses_and_no_others(
    reader: Reader, published: str, title: str, paragraphs: tuple[str, ...], events: list[str]
) -> None:
    assert told(reader, published, title, *paragraphs) == sorted(events)
