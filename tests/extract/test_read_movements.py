"""People who come and go, as news pages tell them: a failure class each, in sentences of our own."""

import pytest
from muster_extract.pipeline import Reader
from muster_testkit.essences import told

MALI, LEBANON, CONGO = "UN mission in Mali", "UNIFIL in Lebanon", "The UN mission in Congo"
HAITI = "The multinational security mission in Haiti"

CASES: dict[str, tuple[str, str, tuple[str, ...], list[str]]] = {
    "a purpose is no move of its own": (
        "2013-07-10",
        MALI,
        ("An advance team of 140 Chinese peacekeepers touched down in Bamako on Tuesday to join the UN mission in Mali, MINUSMA.",),
        ["ContingentArrived CN 140 2013-07-09"],
    ),
    "the naming of an act is no act": (
        "2024-02-01",
        HAITI,
        ("A judge in Nairobi found fault with the whole idea of deploying police officers to Haiti for the multinational mission.",),
        [],
    ),
    "an act as subject is no act": (
        "2024-02-01",
        HAITI,
        ("Deploying police officers to Haiti would strain the Kenyan budget, a lawmaker said of the multinational mission.",),
        [],
    ),
    "yet to leave": (
        "2024-06-01",
        HAITI,
        ("The Kenyan officers trained for months, but they are yet to arrive in Haiti for the multinational mission.",),
        [],
    ),
    "people who landed while somebody was there to greet them": (
        "2011-12-20",
        "African Union mission in Somalia",
        ("The premier was there to greet the Sierra Leonean soldiers of AMISOM as they landed in Mogadishu on Monday.",),
        ["ContingentArrived SL 2011-12-19"],
    ),
    "an offer without a day is no schedule": (
        "2025-12-11",
        HAITI,
        ("By September, several states had offered to deploy soldiers to Haiti; Ghana has promised to send 200 men to the mission.",),
        [],
    ),
    "a plan without count or time is none": (
        "2013-01-23",
        "African mission in Mali, AFISMA",
        ("The president visited the Chadian troops of AFISMA as they prepared to cross into Mali.",),
        [],
    ),
    "sent running is not sent": (
        "2013-06-11",
        "UNDOF on the Golan Heights",
        ("Mortar fire sent the Filipino soldiers of UNDOF running for shelter on the Golan Heights.",),
        [],
    ),
    "no part of the mission": (
        "2012-12-20",
        "African mission in Mali, AFISMA",
        ("The French troops who landed in Mali on Tuesday are no part of the African-led mission AFISMA.",),
        [],
    ),
    "a party made of so many": (
        "2011-12-20",
        "AMISOM in Somalia",
        (
            "Guinea's soldiers are joining the African Union mission in Somalia, AMISOM.",
            "An advance party consisting of 90 troops, led by a colonel, arrived at the airport of Mogadishu this morning.",
        ),
        ["ContingentArrived GN 90 2011-12-20"],
    ),
    "a group of two sorts": (
        "2024-09-13",
        HAITI,
        ("Jamaica's group, consisting of 20 soldiers and four police officers, left for Haiti on Thursday to join the mission.",),
        ["ContingentDeparted JM 20 2024-09-12", "ContingentDeparted JM 4 2024-09-12"],
    ),
    "the state that they leave is theirs": (
        "2025-12-05",
        HAITI,
        ("A team of about 170 officers is due to leave Kenya this weekend for the mission in Haiti.",),
        ["DeploymentScheduled KE 170 2025-12"],
    ),
    "African soldiers are no one state's": (
        "2013-01-23",
        "African mission in Mali, AFISMA",
        (
            "Nigeria has a company of 100 soldiers in Mali with the African mission, AFISMA.",
            "Some 2,000 African soldiers are expected in Mali by 26 January.",
        ),
        ["DeploymentScheduled - 2000 2013-01-26", "StrengthReported NG 100 2013-01-23"],
    ),
    "the rest has no count of its own": (
        "2013-01-23",
        "African mission in Mali, AFISMA",
        ("The rest of the Togolese contingent of 500 soldiers of AFISMA is expected in Bamako on Friday.",),
        ["DeploymentScheduled TG 2013-01-25"],
    ),
    "troops of a body": (
        "2017-01-23",
        "Crisis in The Gambia",
        ("ECOWAS troops entered The Gambia on Sunday to see the new president into his office.",),
        ["ContingentArrived ECOWAS 2017-01-22"],
    ),
    "soldiers sent into a war are not the mission's": (
        "2011-12-20",
        "AMISOM in Somalia",
        ("The army of Kenya is fighting the militants as well: it sent its soldiers into Somalia two months ago.",),
        [],
    ),
    "have deployed, without a count, is an arrival": (
        "2023-03-31",
        "East African regional force in Congo",
        ("Burundi and Uganda have deployed troops to Congo since the East African regional force was founded.",),
        ["ContingentArrived BI", "ContingentArrived UG"],
    ),
    "deployed since a year is no arrival": (
        "2022-12-15",
        LEBANON,
        ("UNIFIL is a peacekeeping force that has been deployed in south Lebanon since 1978.",),
        [],
    ),
    "a mission that was deployed": (
        "2014-10-10",
        "MINUSCA in the Central African Republic",
        ("MINUSCA was deployed in September to protect civilians in the Central African Republic.",),
        ["ContingentArrived - 2014-09"],
    ),
    "had been deployed, hung wherever the parser likes": (
        "2023-10-15",
        "KFOR in Kosovo",
        ("The alliance said in a note that 150 Danish soldiers of KFOR had been deployed earlier this month.",),
        ["ContingentArrived DK 150 2023-10"],
    ),
    "a time behind 'ahead of' is another thing's": (
        "2024-04-10",
        "SAMIM in Mozambique",
        ("Lesotho is the first country whose troops are leaving ahead of the closure of the mission, SAMIM, in July.",),
        ["ContingentWithdrawn LS 2024-04-10"],
    ),
    "out of, however far from its verb": (
        "2024-12-19",
        "African Union mission in Somalia",
        ("Burundi will pull all of its 3,000 troops out of the African Union mission in Somalia by 31 December.",),
        ["ContingentWithdrawn BI 3000 2024-12-31"],
    ),
    "a leaving told by a noun": (
        "2017-04-17",
        "UN mission in South Sudan",
        ("Mongolia has started the pullout of its soldiers from the UN mission in South Sudan, UNMISS.",),
        ["ContingentWithdrawn MN 2017-04"],
    ),
    "relieved by others": (
        "2026-03-18",
        HAITI,
        ("The 230 Kenyan police officers who came home from the mission in Haiti on Tuesday were replaced by a new team.",),
        [],
    ),
    "cut by so many": (
        "2026-02-10",
        LEBANON,
        ("The number of UNIFIL's troops in Lebanon is falling: its troop levels have been cut by nearly 1,800.",),
        ["ContingentWithdrawn - 1800 2026-02"],
    ),
    "a mission's its is not a state's": (
        "2026-02-10",
        LEBANON,
        ("UNIFIL is preparing to withdraw most of its peacekeepers by June, Israel and Lebanon were told.",),
        ["ContingentWithdrawn - 2026-06"],
    ),
    "brought to a new total": (
        "2025-01-18",
        HAITI,
        ("Kenya flew 217 officers to Haiti on Saturday, bringing the number of its police there to more than 600, the mission said.",),
        ["ContingentDeparted KE 217 2025-01-18", "StrengthReported KE 600 2025-01-18"],
    ),
    "the latest group is the subject's": (
        "2025-12-11",
        HAITI,
        (
            "Ghana and Peru offered soldiers to the mission.",
            "Kenya has 700 officers in Haiti, with the latest deployment making it to the country this week.",
        ),
        ["ContingentArrived KE 2025-12", "StrengthReported KE 700 2025-12-11"],
    ),
    "being deployed": (
        "2012-05-18",
        "ECOWAS force in Guinea-Bissau",
        ("The official said that 80 soldiers from Togo are being deployed in Guinea-Bissau with the ECOWAS mission.",),
        ["ContingentArrived TG 80 2012-05-18"],
    ),
    "a mission that sends out patrols": (
        "2019-05-03",
        "EU NAVFOR Atalanta off Somalia",
        ("EU NAVFOR dispatched air and sea forces within the hour and found the dhow.",),
        [],
    ),
    "the country of whoever speaks": (
        "2024-09-17",
        HAITI,
        (
            "Kenyan officers patrol the port with the mission.",
            "The Belize Defence Force said the country is expected to deploy a six-member team to Haiti on Friday.",
        ),
        ["DeploymentScheduled BZ 6 2024-09-20"],
    ),
    "a battalion left below its strength left nobody": (
        "2024-10-04",
        LEBANON,
        ("This leaves the Irish battalion of UNIFIL about a quarter below its strength.",),
        [],
    ),
    "begun by troops behind a dateline": (
        "2024-03-01",
        CONGO,
        ("BUKAVU, Congo: United Nations troops began their gradual withdrawal from eastern Congo on Wednesday, the mission said.",),
        ["ContingentWithdrawn - 2024-02-28"],
    ),
    "announced by the mission": (
        "2025-04-01",
        "KFOR in Kosovo",
        ("NATO's peacekeeping force in Kosovo, KFOR, announced on Tuesday the deployment of a unit of 240 troops from Croatia.",),
        ["ContingentArrived HR 240 2025-04-01"],
    ),
    "left the country may be home": (
        "2013-07-27",
        "UNDOF on the Golan Heights",
        ("The Fijian soldiers who left the country on Friday for the Golan Heights with UNDOF were told to follow good advice.",),
        ["ContingentDeparted FJ 2013-07-26"],
    ),
    "arrived from the mission is home": (
        "2014-11-28",
        "UNAMID in Darfur",
        ("The last Gambian peacekeepers arrived from the mission in Darfur, UNAMID, on Thursday and were given a feast.",),
        [],
    ),
    "sent off with its count": (
        "2010-12-06",
        "UNAMID in Darfur",
        ("Thailand sent off a battalion consisting of 812 soldiers to UNAMID in Darfur on Saturday.",),
        ["ContingentDeparted TH 812 2010-12-04"],
    ),
    "a body that cuts its troops": (
        "2017-11-07",
        "AMISOM in Somalia",
        ("The African Union will cut 900 troops from its mission in Somalia by the end of this year.",),
        ["ContingentWithdrawn - 900 2017-12"],
    ),
    "including officers": (
        "2019-12-20",
        MALI,
        ("A party of 106 Nepalese soldiers of MINUSMA, including six officers, arrived in Bamako on Thursday.",),
        ["ContingentArrived NP 106 2019-12-19"],
    ),
    "sent since a year, on many missions": (
        "2012-07-20",
        "UN mission in Liberia",
        ("Since 2000 China has sent 1,700 police officers on missions of the UN, UNMIL in Liberia among them.",),
        [],
    ),
    "expected back home": (
        "2019-04-12",
        "AMISOM in Somalia",
        ("The 159 Sierra Leonean officers of AMISOM are expected back home on 17 April.",),
        [],
    ),
    "have been deployed by a body": (
        "2012-05-18",
        "ECOWAS force in Guinea-Bissau",
        ("Around 70 soldiers from Benin have been deployed in Guinea-Bissau by ECOWAS as part of its mission.",),
        ["ContingentArrived BJ 70 2012-05"],
    ),
    "so many of so many peacekeepers are the mission's": (
        "2008-08-18",
        "UNAMID in Darfur",
        (
            "Nepal has promised a company to UNAMID.",
            "Only 12,000 of the 26,000 peacekeepers for Darfur will be deployed by the end of the year.",
        ),
        ["DeploymentScheduled - 12000 2008-12"],
    ),
    "the main body": (
        "2009-04-21",
        "UNAMID in Darfur",
        ("Egypt's main body is scheduled to arrive in Darfur with UNAMID in August.",),
        ["DeploymentScheduled EG 2009-08"],
    ),
}


@pytest.mark.parametrize(("published", "title", "paragraphs", "events"), CASES.values(), ids=CASES.keys())
def test_a_story_gives_its_movements_and_no_others(
    reader: Reader, published: str, title: str, paragraphs: tuple[str, ...], events: list[str]
) -> None:
    assert told(reader, published, title, *paragraphs) == sorted(events)
