"""Sentences are bound to the mission that they are about, named or not, and to none where there is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_extract.resolve.catalogue import by_slug
from muster_extract.resolve.missions import bind, bind_article, catalogue, find_missions
from muster_extract.segment import sentences

JUNE_2024 = date(2024, 6, 24)


def bound(text: str, published: date = JUNE_2024, title: str = "") -> list[str | None]:
    return bind(title, sentences(text), published)


def test_the_catalogue_is_in_order() -> None:
    missions = catalogue()
    assert len({mission.slug for mission in missions}) == len(missions) >= 150
    for mission in missions:
        assert mission.end is None or mission.start <= mission.end, mission.slug
        assert mission.successor is None or mission.successor in by_slug(), mission.slug
        assert all(len(host) == 2 for host in mission.hosts), mission.slug
        assert all(ceiling.strength > 0 for ceiling in mission.ceilings), mission.slug


@pytest.mark.parametrize(
    ("text", "published", "wanted"),
    [
        ("the Multinational Security Support mission (MSS)", JUNE_2024, ["haiti-mss", "haiti-mss"]),
        ("the Kenyan-led force", JUNE_2024, ["haiti-mss"]),
        ("the gang suppression force", date(2025, 10, 3), ["haiti-gsf"]),
        ("MINUSTAH and UNIFIL", JUNE_2024, ["haiti-minustah", "lebanon-unifil"]),
        ("the U.N. Interim Force in Lebanon", JUNE_2024, ["lebanon-unifil"]),
        ("the United Nations Stabilization Mission in Haiti", date(2006, 1, 1), ["haiti-minustah"]),
        ("the African Union Mission to Somalia", date(2010, 1, 1), ["somalia-amisom"]),
        ("the United\nNations Peace-keeping Force in Cyprus", date(1964, 6, 20), ["cyprus-unficyp"]),
        # one name, two missions: the day decides
        ("EUFOR has its men", date(2008, 3, 1), ["chad-eufor"]),
        # as programs that reword copies bend the names
        ("the Multinational Safety Help mission", JUNE_2024, ["haiti-mss"]),
        ("the two,500-strong Multinational Safety Assist drive", JUNE_2024, ["haiti-mss"]),
        # the name in small letters is a common phrase, once the mission is long gone
        ("a protection force for the camp", JUNE_2024, []),
        ("the implementation force of the ministry", JUNE_2024, []),
        ("the ISF arrested a man in Tripoli", date(2015, 1, 1), []),
        ("missing in MSSQL and massing", JUNE_2024, []),
    ],
)
def test_a_mission_is_found_by_its_names(text: str, published: date, wanted: list[str]) -> None:
    assert [mention.slug for mention in find_missions(text, published)] == wanted


@pytest.mark.parametrize(
    ("text", "published", "wanted"),
    [
        # people of a known contributor beside the host
        ("Kenyan police officers landed in Haiti on Tuesday. They had waited for a year.", JUNE_2024, "haiti-mss"),
        ("A first Jamaican unit is to follow to Port-au-Prince.", date(2024, 8, 1), "haiti-mss"),
        ("Ugandan soldiers were hurt near Mogadishu, Somalia.", date(2025, 7, 2), "somalia-aussom"),
        ("South African troops left Goma in the Democratic Republic of the Congo.", date(2025, 2, 24), "drc-samidrc"),
        # a general word for the force, and the host on that day
        ("Blue helmets in southern Lebanon came under fire, the United Nations said.", date(2024, 10, 11), "lebanon-unifil"),
        ("The peacekeepers in Mali will go home, the Council decided.", date(2023, 7, 1), "mali-minusma"),
        ("A multinational force for East Timor is to sail from Darwin.", date(1999, 9, 16), "easttimor-interfet"),
        ("The peacekeeping mission in Cyprus stays for six more months.", date(2020, 1, 30), "cyprus-unficyp"),
        # planned and not begun
        ("Kenya is ready to lead a multinational force in Haiti.", date(2023, 7, 30), "haiti-mss"),
        # outside the catalogue
        (
            "An observer mission to Zambia was proposed; the observer mission would count 40 men from Ghana.",
            date(2031, 5, 1),
            "x-zambia-observer-mission",
        ),
        ("An international force for Vanuatu is to have 300 soldiers.", date(2031, 5, 1), "x-vanuatu-international-force"),
        ("The Togo Transition Support Mission (TOTSM) has no helicopters.", date(2031, 5, 1), "x-togo-totsm"),
        ("UNMIZ has 900 soldiers in Zambia, most of them from Ghana.", date(2031, 5, 1), "x-zambia-unmiz"),
        ("Two peacekeepers were hurt in Zambia.", date(2031, 5, 1), "x-zambia-peacekeeping-mission"),
        ("NATO troops landed in Vanuatu.", date(2031, 5, 1), "x-vanuatu-nato-force"),
        ("Ghana will send police officers to Vanuatu. The mission is to last a year.", date(2031, 5, 1), "x-vanuatu-mission"),
        ("An ECOWAS stabilisation force in Togo could count 900 soldiers.", date(2031, 5, 1), "x-togo-ecowas-stabilisation-force"),
    ],
)
def test_an_unnamed_mission_is_implied(text: str, published: date, wanted: str) -> None:
    assert set(bound(text, published)) == {wanted}


@pytest.mark.parametrize(
    "text",
    [
        "Kenya will host the athletics championships, its minister said in Nairobi.",
        "Haiti's prime minister promised jobs for the young people of Port-au-Prince.",
        "Spain sent 500 soldiers to fight the fires in Galicia.",
        "The Turkish army shelled positions in northern Syria.",
        "The Colombian army lost two soldiers near Cali.",
        "Donors promised a billion euros for the people of Sudan.",
        "UNICEF needs money for the schools of Zambia.",
        "The rebels' operation near Lusaka, in Zambia, cost two soldiers their lives.",
        "A rescue mission in Zambia found the miners.",
        "The bank will lay off 300 officers in its New York headquarters.",
        "",
    ],
)
def test_a_text_on_something_else_is_bound_to_nothing(text: str) -> None:
    assert set(bound(text)) <= {None}


def test_a_sentence_without_a_name_has_the_mission_of_the_lead() -> None:
    text = "UNIFIL will lose a battalion.\nFinland is taking 200 soldiers home.\nThe minister gave no date."
    assert bound(text, date(2025, 3, 1)) == ["lebanon-unifil"] * 3


def test_a_mission_named_in_passing_does_not_take_the_article() -> None:
    text = (
        "Kenyan police will fly to Haiti next week to lead the Multinational Security Support mission.\n"
        "Many Haitians remember MINUSTAH, which left in 2017 after an outbreak of cholera.\n"
        "The Kenyans will number 200."
    )
    assert bound(text) == ["haiti-mss", "haiti-minustah", "haiti-mss"]


def test_what_was_before_the_new_mission_began_belongs_to_the_old_one() -> None:
    text = (
        "The Gang Suppression Force has begun its work.\nThe first Kenyan officers had come to Haiti in June 2024.\nIts ceiling is 5,550."
    )
    assert bound(text, date(2026, 2, 7)) == ["haiti-gsf", "haiti-mss", "haiti-gsf"]


def test_the_new_and_the_old_force_are_told_apart() -> None:
    text = (
        "The Gang Suppression Force takes over from the Multinational Security Support mission.\n"
        "The new force will have 5,550 people.\nThe support mission never had half of its 2,500.\nIts successor is better paid."
    )
    assert bound(text, date(2025, 10, 1))[1:] == ["haiti-gsf", "haiti-mss", "haiti-gsf"]


def test_of_two_missions_in_one_sentence_the_nearest_is_taken() -> None:
    text = "AUSSOM was endorsed on Friday and replaces the African Union Transition Mission."
    binding = bind_article("", sentences(text), date(2025, 1, 1))
    assert binding.at(0, text.index("endorsed"), text.index("endorsed") + 8) == "somalia-aussom"
    assert binding.at(0, text.index("replaces"), len(text) - 1) == "somalia-atmis"


def test_the_items_of_a_digest_keep_their_own_missions() -> None:
    text = (
        "LEBANON\n\nUNIFIL loses a unit.\nThe Finns go first.\n\nCYPRUS\n\nUNFICYP stays.\nThe Slovaks remain.\n\n"
        "KOSOVO\n\nKFOR grows.\nThe Italians send 200."
    )
    slugs = bound(text, date(2025, 3, 1))
    assert [slugs[place] for place in (2, 5, 8)] == ["lebanon-unifil", "cyprus-unficyp", "kosovo-kfor"]


@given(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                "UNIFIL ",
                "Haiti. ",
                "Kenyan police ",
                "the new force ",
                "in June 2024 ",
                "peacekeepers in ",
                "Sudan",
                "\n",
                "\n\n",
                "an observer mission to ",
                "ISF ",
                "AUSSOM",
            ]
        ),
        max_size=15,
    ).map("".join),
    st.dates(min_value=date(1945, 1, 1), max_value=date(2100, 1, 1)),
)
def test_any_text_is_bound_sentence_by_sentence(title: str, text: str, published: date) -> None:
    split = sentences(text)
    binding = bind_article(title, split, published)
    assert len(binding.by_sentence) == len(split)
    for mention in binding.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
    for slug in binding.by_sentence:
        assert slug is None or slug.startswith("x-") or slug in by_slug()
