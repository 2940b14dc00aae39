"""Numbers have the amount, the qualifier and the unit that the text gives them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_extract.resolve.numbers import NumberMention, find_numbers
from muster_extract.resolve.singles import find_singles


def only(text: str, kind: str) -> NumberMention:
    found = [mention for mention in find_numbers(text) if mention.kind == kind]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "amount", "qualifier", "unit"),
    [
        ("a 2,500-strong force", 2500, "exact", "personnel"),
        ("They were 230 strong.", 230, "exact", "personnel"),
        ("fifteen hundred soldiers", 1500, "exact", "troops"),
        ("17.500 troops are there.", 17500, "exact", "troops"),
        ("Two dozen policemen left.", 24, "exact", "police"),
        ("ten thousand eight hundred soldiers and civilians", 10800, "exact", "personnel"),
        ("one hundred and five constables", 105, "exact", "police"),
        ("a hundred marines", 100, "exact", "troops"),
        ("half a thousand gendarmes", 500, "exact", "police"),
        ("Some 600 or so troops are on board.", 600, "about", "troops"),
        ("almost 3,800 troops", 3800, "about", "troops"),
        ("close to 400 police officers", 400, "about", "police"),
        ("round 500 troopers", 500, "about", "troops"),
        ("an estimated 40 observers", 40, "about", "personnel"),
        ("more than 300 infantry soldiers from Ethiopia", 300, "at_least", "troops"),
        ("no fewer than 1,000 peacekeepers", 1000, "at_least", "personnel"),
        ("a minimum of 70 military observers", 70, "at_least", "personnel"),
        ("300-plus soldiers", 300, "at_least", "troops"),
        ("1,500 to 2,000 troops", 1500, "at_least", "troops"),
        ("between 600 and 800 soldiers", 600, "at_least", "troops"),
        ("three to four thousand newcomers", 3000, "at_least", "personnel"),
        ("200 or 300 officers", 200, "at_least", "police"),
        ("up to 5,500 police and military personnel", 5500, "at_most", "personnel"),
        ("a maximum of 900 monitors", 900, "at_most", "personnel"),
        ("no more than 250 men", 250, "at_most", "troops"),
        ("1,200 soldiers at the most", 1200, "at_most", "troops"),
        ("up to another 1,000 police", 1000, "at_most", "police"),
        ("a force of 2,500", 2500, "exact", "personnel"),
        ("a contingent of about 170", 170, "about", "personnel"),
        ("the 150-member team", 150, "exact", "personnel"),
        ("a 600-man battalion", 600, "exact", "troops"),
        ("230 Kenyans stepped off", 230, "exact", "personnel"),
        ("84 Japanese army engineers", 84, "exact", "personnel"),
        ("18 of its soldiers", 18, "exact", "troops"),
        ("5000 U.S. troops", 5000, "exact", "troops"),
        ("the 3,500\npersonnel of the operation", 3500, "exact", "personnel"),
        ("161 soldiers, marines and technicians", 161, "exact", "personnel"),
        ("400 additional Kenyan police officers", 400, "exact", "police"),
        ("a two,500-strong drive", 2500, "exact", "personnel"),
        ("11 600 soldiers", 11600, "exact", "troops"),
        ("12\u202f500 soldiers", 12500, "exact", "troops"),
    ],
)
def test_people_are_counted(text: str, amount: int, qualifier: str, unit: str) -> None:
    mention = only(text, "people")
    assert (mention.amount, mention.qualifier, mention.unit) == (amount, qualifier, unit)


@pytest.mark.parametrize(
    ("text", "amount", "qualifier", "unit"),
    [
        ("C$40 million", 40_000_000, "exact", "CAD"),
        ("€10m for the fund", 10_000_000, "exact", "EUR"),
        ("EUR 2.3 billion", 2_300_000_000, "exact", "EUR"),
        ("US$300,000", 300_000, "exact", "USD"),
        ("$13.3 million", 13_300_000, "exact", "USD"),
        ("nearly $600 million", 600_000_000, "about", "USD"),
        ("123 million Canadian dollars", 123_000_000, "exact", "CAD"),
        ("half a million euros", 500_000, "exact", "EUR"),
        ("two and a half million dollars", 2_500_000, "exact", "USD"),
        ("ten million dollars", 10_000_000, "exact", "USD"),
        ("at least £70m", 70_000_000, "at_least", "GBP"),
        ("$200-300 million", 200_000_000, "at_least", "USD"),
        ("between $200 million and $250 million", 200_000_000, "at_least", "USD"),
        ("up to 50 million Swiss francs", 50_000_000, "at_most", "CHF"),
        ("USD15 million", 15_000_000, "exact", "USD"),
        ("Sh1.5 billion", 1_500_000_000, "exact", "KES"),
        ("NZ$5 million", 5_000_000, "exact", "NZD"),
        ("3 billion Kenyan shillings", 3_000_000_000, "exact", "KES"),
    ],
)
def test_money_is_in_whole_units_of_its_currency(text: str, amount: int, qualifier: str, unit: str) -> None:
    mention = only(text, "money")
    assert (mention.amount, mention.qualifier, mention.unit) == (amount, qualifier, unit)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("20 armored vehicles", 20, "armoured vehicle"),
        ("two UH-1N helicopters", 2, "helicopter"),
        ("a dozen lorries", 12, "truck"),
        ("three mine-resistant vehicles", 3, "mine-resistant vehicle"),
        ("two Italian frigates", 2, "frigate"),
        ("a pair of patrol boats", 2, "patrol boat"),
    ],
)
def test_equipment_has_its_noun_in_the_singular(text: str, amount: int, unit: str) -> None:
    mention = only(text, "equipment")
    assert (mention.amount, mention.unit) == (amount, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 2699 was adopted under Chapter 7.",
        "It has been so since 2019.",
        "On 25 June 2024 it began.",
        "They wait for Sept. 30.",
        "At 18:05 the line went dead.",
        "the M23 took Route 4",
        "60 per cent of the area",
        "for 18 months and two weeks",
        "40 kilometres away",
        "a 45-year-old man",
        "by 12 votes",
        "hundreds of thousands, dozens, several hundred",
        "No one came, and one could hear it.",
        "Some 10m deep",
    ],
)
def test_decoys_are_neither_people_nor_money_nor_equipment(text: str) -> None:
    assert [mention for mention in find_numbers(text) if mention.kind in ("people", "money", "equipment")] == []


def test_an_object_that_is_handed_over_is_not_more_than_itself() -> None:
    assert only("It handed over two helicopters.", "equipment").qualifier == "exact"
    assert only("Well over two hundred soldiers went.", "people").qualifier == "at_least"


def test_a_bare_number_shares_the_people_counted_before_it() -> None:
    found = find_numbers("Uganda gives 4,500 soldiers, Ethiopia 2,500, Kenya 1,410 and, in all, eight states sat down for 9 hours.")
    assert [(mention.amount, mention.unit) for mention in found if mention.kind == "people"] == [
        (4500, "troops"),
        (2500, "troops"),
        (1410, "troops"),
    ]


def test_a_bare_number_in_a_sentence_of_its_own_stays_bare() -> None:
    found = find_numbers("They sent 300 soldiers. The budget line is 2,500, the committee says. It met 12 times.")
    assert [mention.amount for mention in found if mention.kind == "people"] == [300]


def test_a_part_of_a_number_counts_what_the_whole_counts() -> None:
    found = find_numbers("Only 400 of the promised 1,000 police officers, that is 40 per cent, went.")
    assert [(mention.amount, mention.unit) for mention in found if mention.kind == "people"] == [(400, "police"), (1000, "police")]


def test_two_counts_side_by_side_keep_their_units() -> None:
    found = find_numbers("They sent 750 soldiers and 250 police officers.")
    assert [(mention.amount, mention.unit) for mention in found] == [(750, "troops"), (250, "police")]


def test_a_raise_from_one_number_to_another_is_two_numbers() -> None:
    assert [mention.amount for mention in find_numbers("It raised the ceiling from 1,000 to 2,500 troops.")] == [1000, 2500]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A Kenyan police officer was hurt.", [("A Kenyan police officer", "police")]),
        ("Italy offers a field hospital and a frigate.", [("a field hospital", "field hospital"), ("a frigate", "frigate")]),
        ("The Belgian frigate Marie sailed.", [("The Belgian frigate", "frigate")]),
        ("It lost its first helicopter.", [("its first helicopter", "helicopter")]),
        ("The soldier said that a police force and a military operation were planned.", []),
        ("A ship of the line, a plan.", [("A ship", "ship")]),
    ],
)
def test_one_is_told_of_without_a_numeral(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(text[mention.start : mention.end], mention.unit) for mention in find_singles(text)] == wanted


_NEWS = st.lists(
    st.sampled_from(
        [
            "1,500",
            "two",
            " thousand",
            " million",
            "$",
            "€",
            "-strong",
            " to ",
            " and ",
            " soldiers",
            " police",
            " officers",
            ", ",
            ". ",
            "half a",
            " a",
            " over ",
            "up to ",
            "2024",
            "Jan. 3",
            "%",
            "first",
            "\n",
            "-",
            "k",
            "bn",
            "999999999999999999",
        ]
    ),
    max_size=14,
).map("".join)


@given(st.one_of(st.text(max_size=200), _NEWS))
def test_numbers_of_any_text_stand_in_it_in_order(text: str) -> None:
    for found in (find_numbers(text), find_singles(text)):
        behind = 0
        for mention in found:
            assert behind <= mention.start < mention.end <= len(text)
            assert mention.amount >= 0
            assert (mention.unit is not None) == (mention.kind in ("people", "money", "equipment"))
            behind = mention.end


@given(st.integers(min_value=1, max_value=99_999_999))
def test_a_count_in_digits_is_read_as_it_is(count: int) -> None:
    assert only(f"They sent {count:,} soldiers there.", "people").amount == count
