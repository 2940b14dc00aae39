"""People, counted: a number with the state that the people come from, wherever the sentence puts the two.

"1,000 Kenyan police officers", "75 from Guatemala and eight from El Salvador", "Djibouti with 1,520", "Jordan's 1,800 soldiers".
"""

from dataclasses import dataclass, replace

from muster_extract.lexicon import words_of
from muster_extract.reading import Actor, Amount, Read, codes

REACH = 5
"""Most tokens between a number and its noun: "400 heavily armed Kenyan police officers" has four."""

FORMATIONS = frozenset(
    {"battalions", "companies", "units", "platoons", "teams", "brigades", "contingents", "groups", "battalion", "squadrons"}
)

STOPS = frozenset(
    {
        ",",
        ".",
        ";",
        ":",
        "(",
        ")",
        "and",
        "or",
        "in",
        "to",
        "for",
        "at",
        "on",
        "by",
        "with",
        "who",
        "which",
        "that",
        "as",
        "from",
        "of",
        "each",
        "while",
        "whereas",
        "but",
        "because",
        "when",
        "after",
        "before",
        "-",
        "—",
        "–",
    }
)


@dataclass(frozen=True)
class Group:
    """Some people, as one phrase tells them."""

    first: int
    last: int
    amount: Amount
    states: tuple[str, ...]
    unit: str | None
    bare: bool = False
    """A number alone, of which only the verb says that it counts people: 'another 34 landed'."""

    part: bool = False
    """A share of what was counted before: '11 of them Italians'."""


def groups(read: Read) -> list[Group]:
    """The counted groups of a sentence, in the order of the text."""
    found: list[Group] = []
    for amount in read.amounts:
        group = _group(read, amount, found)
        if group and found and group.amount.kind != "money" and _is_whole_of(read, found[-1], group):
            found[-1] = replace(found[-1], states=found[-1].states or group.states, unit=group.unit, last=group.last, bare=False)
        elif group and not (group.amount.kind != "money" and _is_most_of(read, amount)):
            found.append(group)
    return found


def _is_whole_of(read: Read, part: Group, whole: Group) -> bool:
    """'244 of the 344 Filipino soldiers': the second number only says of how many."""
    between = read.words[part.amount.last : whole.amount.first]
    return between[:1] == ["of"] and len(between) == 2 and between[1] in {"the", "its", "their", "these", "those"}


def _is_most_of(read: Read, amount: Amount) -> bool:
    """'Most of its 15,000 troops': how many, nobody says."""
    left = read.words[max(0, amount.first - 4) : amount.first]
    return bool({"most", "some", "half", "part", "bulk", "majority", "third", "many"} & set(left)) and left[-2:-1] == ["of"]


def _group(read: Read, amount: Amount, before: list[Group]) -> Group | None:
    if amount.kind not in {"people", "other", "money"}:
        return None
    words = read.words
    if amount.kind == "money":
        after = _from(read, amount.last)
        gapped = _gapped(read, amount) if not after and any(g.amount.kind == "money" for g in before) else None
        whole = next((c for c in read.chains if gapped is not None and gapped in c), ())
        each = len(whole) > 1 and bool({"each", "apiece"} & set(words[amount.last : amount.last + 2]))
        donors = codes(after) or (codes(whole) if each else codes([gapped]) if gapped else ())
        return Group(amount.first, after[-1].last if after else amount.last, amount, donors, amount.unit)
    if is_strength(read, amount):
        return None
    if _counts_formations(words[amount.last : amount.last + 4]):
        return None  # "two more battalions": how many people that is, nobody says
    end = amount.last
    limit = min(len(words), amount.last + REACH)
    while end < limit and words[end] not in STOPS and read.doc[end].tag_ not in {"VBD", "VBZ", "VBP", "MD"}:
        end += 1
    inside = [a for a in read.actors if a.first >= amount.first and a.first < end and a.role not in {"place"}]
    people = amount.kind == "people" or any(w in words_of("sorts", "people") for w in words[amount.last : end]) or _plural(inside, words)
    chain = next((c for c in read.chains if inside and inside[0] in c and inside[0].form == "demonym"), ())
    states: tuple[str, ...] = codes([a for a in chain if a in inside]) or codes(inside[:1])
    last = max([end, *(a.last for a in inside)])
    part = words[amount.last : amount.last + 2] in (["of", "them"], ["of", "whom"], ["of", "those"])
    if not states or (states[0] == "UN" and _from(read, end)):
        after = _from(read, end)
        if after:
            states, last = codes(after), after[-1].last
            people = people or amount.kind == "other"
        else:
            of_them = _of_them(read, amount.last)
            if of_them:
                states, last, people = codes(of_them), of_them[-1].last, True
            people = people or part
    if not states:
        left = _owner(read, amount) or (_gapped(read, amount) if before else None)
        if left and (people or before):
            states = codes([left])
            people = people or bool(before)
    counted = [g for g in before if g.amount.kind != "money"]
    unit = amount.unit if amount.kind == "people" else (counted[-1].unit if counted else None)
    if not people and not _stands_alone(read, amount):
        return None
    return Group(amount.first, last, amount, states, unit, bare=not people, part=part)


def _counts_formations(behind: list[str]) -> bool:
    """'Two more battalions', and not '150 battalion members' or 'a 200-strong battalion'."""
    at = next((i for i, word in enumerate(behind[:3]) if word in FORMATIONS), None)
    if at is None or STRONG & set(behind[:2]):
        return False
    return not (set(behind[at + 1 : at + 2]) & {"members", "soldiers", "troops", "officers", "personnel", "men"})


def _stands_alone(read: Read, amount: Amount) -> bool:
    """Whether a number counts nothing that stands beside it: 'a further 300', '65 landed'."""
    if amount.noun is not None or amount.kind != "other" or amount.amount < 2:
        return False
    token = read.doc[amount.last - 1]
    if token.dep_ == "nummod" and token.head.i > token.i:
        return token.head.lower_ in words_of("sorts", "people")
    following = read.words[amount.last] if amount.last < len(read.words) else "."
    return following not in {"-", "%", "per", "percent", "p.m.", "a.m.", "°"} and token.dep_ not in {"npadvmod", "compound"}


def is_strength(read: Read, amount: Amount) -> bool:
    """Whether the number is the size of a mission: '2,500-strong mission', 'a force of 5,500'."""
    near = read.words[amount.first : amount.last + 6]
    if any(near[i : i + 2] in (["defence", "force"], ["defense", "force"]) for i in range(len(near))):
        return False  # "a 62-strong Defence Force contingent"
    if {"council", "body", "panel", "committee", "bloc", "commission"} & set(near[:5]):
        return False  # "the 15-member Council authorized the force"
    strong = next((i for i, word in enumerate(near[:5]) if word in STRONG), None)
    if strong is not None and set(near[strong + 1 : strong + 3]) & {"contingent", "battalion", "unit", "team", "company", "group"}:
        return False  # "its 300-strong contingent in the mission"
    return strong is not None and any(w in {"mission", "force", "operation"} for w in near)


STRONG = frozenset({"strong", "member", "man", "person", "troop", "officer", "soldier"})
"""What stands behind the hyphen of a mission's size: '2,500-strong', 'the 8,000-member force'."""


def _plural(actors: list[Actor], words: list[str]) -> bool:
    """Whether a demonym itself is the noun: '400 Kenyans', '500 Poles'."""
    return any(a.form == "demonym" and words[a.last - 1].endswith(("s", "ese", "men")) for a in actors)


def _from(read: Read, at: int) -> list[Actor]:
    """The actors of 'from X, Y and Z' near `at`."""
    for i in range(at, min(at + 3, len(read.words))):
        if read.words[i] == "from":
            chain = next((list(chain) for chain in read.chains if 0 <= chain[0].first - i <= 2), [])
            return [] if chain and is_a_missions(read, chain[0]) else chain
        if read.words[i] in {",", ".", ";", "and", "to", "in", "for"}:
            return []
    return []


def is_a_missions(read: Read, actor: Actor) -> bool:
    """Whether an actor only names a mission: who withdraws 250 troops 'from the UN mission' has none of the UN's."""
    near = set(read.words[actor.last : actor.last + 3])
    return bool(near & {"mission", "force", "operation"}) or any(first <= actor.first < last for first, last, _ in read.named)


def _of_them(read: Read, at: int) -> list[Actor]:
    """The state of '11 of them Italians', '19 of whom were Kenyan', '700 of them from Kenya'."""
    if read.words[at : at + 2] in (["of", "them"], ["of", "whom"]):
        return [a for a in read.actors if (a.form == "demonym" or a.role == "source") and 0 <= a.first - (at + 2) <= 2][:1]
    return []


LINKS = frozenset({"with", "for", ":", "(", "'s", "’s", "'", "’"})


def _owner(read: Read, amount: Amount) -> Actor | None:
    """The actor before a number that it belongs to: 'Djibouti with 1,520', 'Jordan's 1,800', 'Kenya: 400', 'Uruguay for 550'."""
    left = [a for a in read.actors if a.last <= amount.first and amount.first - a.last <= 4 and a.role != "place"]
    if not left:
        return None
    actor = left[-1]
    between = read.words[actor.last : amount.first]
    if between and between[0] in LINKS and not any(w in {"and", ","} for w in between):
        if between[0] in {"with", "for"} and len(between) > 2:
            return None
        return actor
    return None


def _gapped(read: Read, amount: Amount) -> Actor | None:
    """The actor of a list that drops its verb: 'Benin will send 300 men, Guinea 150, and Togo a total of 540'."""
    for actor in reversed([a for a in read.actors if a.last <= amount.first]):
        between = read.words[actor.last : amount.first]
        opener = read.words[actor.first - 1] if actor.first else ""
        if between in ([], ["("], ["another"], ["a", "further"], ["a", "total", "of"], ["some"], ["about"], ["around"]) or (
            between[:1] in (["-"], ["–"], ["—"]) and len(between) <= 3
        ):
            twin = next((a for a in read.actors if a.last == actor.first and a.code == actor.code), None)
            opener = read.words[twin.first - 1] if twin and twin.first else opener
            if opener == "the" and actor.first > 1:
                opener = read.words[actor.first - 2]
            if opener == "by" and "followed" in read.words[max(0, actor.first - 3) : actor.first]:
                opener = ","
            return actor if opener in {",", "and", ";", ":"} and actor.form in {"name", "capital"} else None
        return None
    return None


def listed(read: Read, start: list[Group], everything: list[Group]) -> list[Group]:
    """The groups of `start` with those that go on in the same list: no finite verb stands between them."""
    chosen = list(start)
    for group in everything:
        again = read.words[max(0, group.first - 1) : group.first + 1]
        if group in chosen or not chosen or not (group.states or {"another", "further"} & set(again)):
            continue
        before = [g for g in chosen if g.last <= group.first]
        if not before or (group.amount.kind == "money") != (before[-1].amount.kind == "money"):
            continue
        if group.part:
            chosen.append(group)
            continue
        between = range(before[-1].last, group.first)
        alone = not any(before[-1].last <= a.first < group.first and a.role == "plain" for a in read.actors)
        if {"another", "further"} & set(again) and len(between) <= 12 and alone:
            chosen.append(group)
            continue
        if len(between) <= 12 and not any(
            read.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} or read.words[i] in {";", "but", "while"} for i in between
        ):
            chosen.append(group)
    return chosen


def side_by_side(read: Read, inside: list[Group]) -> list[Group]:
    """Two counts of different people that stand beside each other: '170 soldiers and 30 police officers'."""
    two = inside[:2]
    between = read.words[two[0].last : two[1].first]
    different = {two[0].unit, two[1].unit} == {"troops", "police"}
    return two if len(inside) == 2 and different and between == ["and"] and not any(g.part for g in two) else []
