"""States and bodies are found by their names and by nothing that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_extract.resolve.actors import find_actors


def codes(text: str) -> list[str | None]:
    return [mention.code for mention in find_actors(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the US and the U.S. told us of it", ["US", "US"]),
        ("The United States, the United Kingdom and the UAE", ["US", "GB", "AE"]),
        ("Kenyan police met 40 Poles, two Danes and some Nepalese", ["KE", "PL", "DK", "NP"]),
        ("Jamaica, the Bahamas, Barbados, Chad and Bangladesh", ["JM", "BS", "BB", "TD", "BD"]),
        ("the Gambia, St. Vincent and the Grenadines and Trinidad and Tobago", ["GM", "VC", "TT"]),
        ("Côte d’Ivoire, Cote d'Ivoire and Ivory Coast", ["CI", "CI", "CI"]),
        ("Türkiye and Turkey", ["TR", "TR"]),
        ("Nigerien and Nigerian soldiers", ["NE", "NG"]),
        ("Guinea, Equatorial Guinea, Guinea-Bissau and Papua New Guinea", ["GN", "GQ", "GW", "PG"]),
        ("the Gulf of Guinea and New Guinea", []),
        ("North Korea and South Korea, North Korean and South Korean", ["KP", "KR", "KP", "KR"]),
        ("South African and Central African troops", ["ZA", "CF"]),
        ("African, Latin American and South American states", []),
        ("New Mexico, Northern Ireland, the South China Sea and the Indian Ocean", []),
        ("Atlanta, Georgia", []),
        ("Georgia sends soldiers", ["GE"]),
        ("Michael Jordan played; Jordan Smith said no; Chad Baker, 40, left", []),
        ("Jordan and Chad said yes", ["JO", "TD"]),
        ("The Washington Post, Voice of America and Agence France-Presse", []),
        ("40 million Canadian dollars and 3,000 Kenyan shillings", []),
        ("he said in French", []),
        ("French-speaking countries", []),
        ("the Democratic Republic of the Congo", ["CD"]),
        ("DR Congo and the DRC", ["CD", "CD"]),
        ("the Republic of Congo, that is Brazzaville, not the other Congo", ["CG", "CG", "CG"]),
        ("Congolese troops near Goma", ["CD", "CD"]),
        ("The Dominican Republic's Dominican officers", ["DO", "DO"]),
        ("Dominica will help, the Dominican minister said", ["DM", "DM"]),
        ("UN, U.N. and the United Nations; UNIFIL", ["UN", "UN", "UN"]),
        ("the Security Council and the National Security Council", ["UN"]),
        ("the African Union, the AU, its Peace and Security Council", ["AFU", "AFU", "AFU"]),
        (
            "CARICOM, the Caribbean Community, ECOWAS, SADC, the East African Community, NATO, OAS and CSTO",
            ["CARICOM", "CARICOM", "ECOWAS", "SADC", "EAC", "NATO", "OAS", "CSTO"],
        ),
        ("the Arab League", [None]),
        ("Kosovo and East Timor, Timor-Leste", ["XK", "TL", "TL"]),
        ("Myanmar, Burma, Czechia and Eswatini", ["MM", "MM", "CZ", "SZ"]),
        ("a Frenchman, an Irishman and an Englishman", ["FR", "IE", "GB"]),
        ("unusually, Unified and Unesco", []),
        ("the United\nNations and South\nAfrica", ["UN", "ZA"]),
        ("KENYA SENDS POLICE", ["KE"]),
        ("the UPDF and the Kenya Defence Forces", ["UG", "KE"]),
        ("Central Americans and Latin Americans, not Americans", ["US"]),
    ],
)
def test_who_is_named(text: str, wanted: list[str | None]) -> None:
    assert codes(text) == wanted


@pytest.mark.parametrize(
    ("text", "code", "form"),
    [
        ("Nairobi wants to go.", "KE", "capital"),
        ("Ottawa will pay.", "CA", "capital"),
        ("Brussels will pay.", "EU", "capital"),
        ("the White House said", "US", "leader"),
        ("President Ruto said", "KE", "leader"),
        ("gangs in Port-au-Prince", "HT", "host-city"),
        ("Kenyan officers", "KE", "demonym"),
        ("Kenya", "KE", "name"),
        ("the European Union", "EU", "body"),
    ],
)
def test_how_it_is_named(text: str, code: str, form: str) -> None:
    (mention,) = find_actors(text)
    assert (mention.code, mention.form) == (code, form)


def test_the_place_of_a_dateline_is_no_actor() -> None:
    assert codes("NAIROBI, Feb 7 — Uganda said so.\nKAMPALA (Agency) - Kenya said so.") == ["UG", "KE"]


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from(
                ["the ", "US", "U.S.", " ", "Congo", "Guinea", "Republic of ", "Jordan", ", ", "New ", "\n", "Kenyans", "’s", "NAIROBI — "]
            ),
            max_size=12,
        ).map("".join),
    )
)
def test_actors_of_any_text_stand_in_it_in_order(text: str) -> None:
    behind = 0
    for mention in find_actors(text):
        assert behind <= mention.start < mention.end <= len(text)
        assert " ".join(text[mention.start : mention.end].split()) == " ".join(mention.text.split())
        behind = mention.end
