"""Words by which a text means whom it has named: pronouns, 'the officers', 'the government', and the state at the head of a list's line."""

from muster_extract.reading import Read

THINGS = frozenset({"it", "its", "they", "their", "them", "we", "our", "who", "which", "that", "these", "those", "this"})
PERSONS = frozenset({"he", "his", "she", "her", "him"})
BACKWARD = THINGS | PERSONS
"""Words that point back to somebody named before."""

AGAIN = BACKWARD | {"the", "another", "further", "more", "additional", "remaining", "rest", "first", "second", "next", "last", "some"}
"""Words by which people without a nation are those that the story is about: 'the officers', 'another 34'."""

MIXED = frozenset(
    {"foreign", "international", "other", "african", "european", "asian", "regional", "multinational", "western", "various", "several"}
)
"""Words by which people are of no one state."""

COLLECTIVES = frozenset(
    {"contingent", "party", "team", "batch", "group", "detachment", "unit", "deployment", "platoon", "tranche", "company", "battalion"}
)
"""People who come as one body, and so from one state."""

INSTITUTIONS = frozenset({"government", "administration", "cabinet", "country", "nation", "army", "military", "kingdom", "republic"})
"""Nouns by which a text goes on about a state that it has named."""

GOES_ON = frozenset(
    {"troops", "soldiers", "officers", "police", "personnel", "men", "peacekeepers", "forces", "state", "states", "countries"}
)
"""Nouns that 'these' and 'that' point back with."""

OF_A_BODY = frozenset({"powers", "allies", "members", "countries", "nations", "states", "governments"})
"""States that a body's name only tells the sort of: 'EU powers', 'NATO allies'."""

BESIDE = frozenset(
    {"neighbor", "neighbour", "neighbors", "neighbours", "ally", "allies", "rival", "partner", "partners", "counterpart", "foe"}
)
"""Nouns whose owner is another one than who they are: 'Indonesia's neighbour'."""

BODIES = frozenset({"UN", "EU", "AFU", "NATO", "ECOWAS", "SADC", "EAC", "CARICOM", "OAS", "CSTO"})


def line_owner(read: Read) -> str | None:
    """The state whose line of a list a sentence is: 'CANADA: ready to send 600', 'FRANCE -- says it will take part'."""
    first = next(iter(read.chains), ())
    if len(first) != 1 or first[0].first > 1 or first[0].form not in {"name", "body"}:
        return None
    return first[0].code if read.words[first[0].last : first[0].last + 1] in ([":"], ["--"], ["—"], ["–"]) else None
