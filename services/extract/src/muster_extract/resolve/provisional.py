"""Missions that no catalogue knows yet: a slug of their own, so that what is told of them is kept and filed under no other."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from muster_extract import lexicons
from muster_extract.resolve.actors import ActorMention, find_actors

_BODY = (
    r"(?:UN|U\.N\.|United Nations|EU|European Union|AU|African Union|NATO|SADC|ECOWAS|EAC|CARICOM|CSTO|OAS"
    r"|OSCE|IGAD|ASEAN|ECCAS|CIS|Commonwealth|Arab League)(?:[’']s)?"
)
_SORT = (
    r"(?:multi-?national|international|intervention|stabili[sz]ation|protection|reassurance|suppression|observer|monitoring|verification"
    r"|peace[- ]?(?:keeping|enforcement|support|monitoring|implementation)|hybrid|naval|maritime|regional|transition(?:al)?|interim|standby"
    r"|assistance|military observer|rapid reaction|ceasefire|cease-fire|truce|coalition|policing)"
)
_HEAD = r"(?:force|mission|operation|contingent|coalition|observers|monitors|authority|presence|taskforce|armada|brigade)"
_GENERAL = re.compile(
    rf"\b(?P<kind>{_BODY}|(?i:{_SORT})|[A-Z][a-z]+-(?:led|backed))"
    rf"(?P<middle>(?:[ -](?!{_HEAD}|the |an? |its |of |Security Council|Council|Commission|Union|General)[A-Za-z-]+){{0,4}}?)"
    rf"[ -](?P<head>(?i:{_HEAD}))\b(?=(?P<after>[^.;!?]{{0,60}}))"
)
_MILITARY = re.compile(
    r"\b(?:military|police|security support|support|training|liaison|advance) (?P<head>mission|deployment)"
    r" (?=(?P<after>(?:in|to|for|at)\b[^.;!?]{0,60}))"
)
_OTHER = re.compile(
    r"\b(?:fact-finding|diplomatic|trade|rescue|space|humanitarian|aid|relief|bombing|permanent|evacuation|medical|electoral|election"
    r"|goodwill|advocacy|training flight|rebel|opposition|governing|ruling)\b",
    re.I,
)
_SPELLED = re.compile(
    r"\b(?P<name>(?:[A-Z][\w’'-]+ )(?:(?:[A-Z][\w’'-]+|of|for|in|to|the|and|on) ){0,9}?[\w’'-]*)\s?\((?P<short>[A-Z][A-Za-z-]{2,11})\)"
)
_HEADED = re.compile(r"\b(?:Mission|Force|Operation|Observers?|Contingent)\b")
_PEACE = re.compile(
    r"\b(?:Observer|Observation|Monitoring|Monitors?|Peace\w*|Truce|Cease-?fire|Verification|Stabili[sz]ation|Transitional|Interim|Military"
    r"|Police|Assistance|Support|Supervisory|Supervision)\b.*\b(?:Authority|Team|Presence|Group|Administration|Centre|Center|Commission|Unit)\b"
)
_SHAPED = re.compile(
    r"\b(?P<short>UN[A-Z]{2,6}|U[Nn]ifil|MINU[A-Z]{2,6}|MONU[A-Z]{1,4}|ONU[A-Z]{1,3}|EUFOR|EUTM|EUMAM"
    r"|EUNAVFOR|ECOM[A-Z]{2,4}|AMI[SAB][A-Z]*|ATMIS|AUSSOM"
    r"|[A-Z]{2,6}MIS|[A-Z]{2,4}MIL|[A-Z]{1,2}FOR|MIS[A-Z]{2,4}|SAMI[A-Z-]{1,5}|IN[A-Z]{2}RFET)\b"
)
_OPERATION = re.compile(r"\bOperation (?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?)\b")
_JOINT = re.compile(
    r"\b(?:NATO|EU|European Union|ECOWAS|SADC|African Union|allied|alliance|multi-?national|frigates?|peace-?keep\w+)\b", re.I
)
_KEEPERS = re.compile(r"\b(?:peace-?keep(?:ers?|ing)|blue[- ](?:helmet|beret)s?|military observers?|ceasefire monitors?)\b", re.I)
_MISSION_WORD = re.compile(
    r"\b(?:(?:the|a|its|their|this|that|new) (?:[\w-]+ ){0,2}mission|multi-?national|foreign force|international"
    r" force|mandate|peace force|deployment)\b",
    re.I,
)
_INTERNATIONAL = re.compile(r"multi-?national|foreign|international|peace", re.I)
_POLICE = re.compile(r"\b(?:police|policemen|gendarmes)\b", re.I)
_SOLDIERS = re.compile(r"\b(?:troops|soldiers|army|air ?strikes|military|forces|marines)\b", re.I)
_SERVING = re.compile(
    r"[’']?s? (?:[\w-]+ ){0,3}?(?:police|troops|soldiers|officers?|marines|gendarmes|contingents?|personnel"
    r"|army|navy|battalion|engineers|medics|policemen)\b"
    r"|[ ,\w’']{0,30}\b(?:will |would |is to |are to |has |have |had )?(?:send|sends|sent|deploy\w*|pledg\w*"
    r"|offer\w*|contribut\w*|dispatch\w*|put|lend|lends|lent|commit\w*|provid\w*|withdr\w+)\b"
)
_PLACED = re.compile(
    r"\b(?:in|for|to|into|off|inside|across|within|from|reach(?:es|ed)?|left|leav(?:e|es|ing)) (?:the"
    r" |eastern |western |northern |southern |south |north )*$"
)
_BODY_PEOPLE = re.compile(
    rf"\b(?P<body>{_BODY}) (?:[a-z-]+ ){{0,2}}(?:troops|forces|soldiers|police officers|battalion|helmets|convoy|patrol)\b"
)
_BOUND_FOR = re.compile(
    r"\b(?:police|troops|soldiers|officers|marines|gendarmes|contingent|personnel|battalion|men) (?:[\w’'-]+"
    r" ){0,4}(?:to|for|into|in) (?:the )?$"
)
_HEAD_END = 400
"""Where an article's head ends: what stands before is what it is about."""

_NOUNS = {"observers": "observer-mission", "monitors": "monitoring-mission", "contingent": "force"}
_DESCRIBES = ("observer", "monitoring", "peacekeeping", "stabilisation", "stabilization", "training", "protection", "naval", "maritime")


def provisional_slug(text: str, hosts: Counter[str], actors: Sequence[ActorMention]) -> str | None:
    """A slug for a mission outside the catalogue: `x-<host>-<what it is>`; None where the text speaks of no such thing.

    Taken, in this order: a name with its abbreviation, a general word for such a force, an abbreviation of the usual shape, a named
    operation of several states, peacekeepers, and people of one country sent to another where the text speaks of a mission. The host is the
    country named right behind (`an observer mission to Sudan`), else the one that the text is most about, else left out.
    """
    host = next((code for code, weight in hosts.most_common() if weight >= 3), None)
    for found in _SPELLED.finditer(text):
        if (
            (_HEADED.search(found["name"]) or _PEACE.search(found["name"]))
            and not _OTHER.search(found["name"])
            and found["short"] not in _no_missions()
        ):
            return _slug(_named_in(found["name"]) or host, found["short"].lower())
    for found in _GENERAL.finditer(text):
        if not _OTHER.search(text[max(0, found.start() - 20) : found.end()]):
            return _slug(_place_in(found["after"]) or host, _described(found))
    for found in _SHAPED.finditer(text):
        if found["short"] not in _no_missions():
            return _slug(host, found["short"].lower())
    for found in _OPERATION.finditer(text):
        if _JOINT.search(text, max(0, found.start() - 150), found.end() + 150):
            return _slug(host, f"operation {found['name'].lower()}")
    if host is None:
        return None
    for keepers in _KEEPERS.finditer(text):
        if re.match(r"(?:[ -]\w+)? (?:missions|operations)\b", text[keepers.end() :][:40]):
            continue  # missions in general are none
        near = _place_in(text[keepers.start() : keepers.end() + 60])
        if near == host or (near is None and (keepers.start() < _HEAD_END or _is_named_near(actors, host, keepers))):
            return _slug(host, "peacekeeping mission")
    if military := _MILITARY.search(text):
        return _slug(_place_in(military["after"]) or host, military["head"])
    if of_body := _BODY_PEOPLE.search(text):
        return _slug(host, f"{_short(of_body['body'])} force")
    others = [mention for mention in actors if mention.code not in (None, host) and mention.form in ("demonym", "name", "capital")]
    sent = any(_SERVING.match(text, mention.end) for mention in others) or (
        bool(others)
        and any(mention.code == host and _BOUND_FOR.search(text, max(0, mention.start - 80), mention.start) for mention in actors)
    )
    if not sent or not (spoken := _MISSION_WORD.search(text)):
        return None
    # One state's soldiers in another's country are no international mission: others have to be with them, or a word that says so.
    several = len({mention.code for mention in others if _SERVING.match(text, mention.end)}) > 1
    police = _POLICE.search(text) is not None and _SOLDIERS.search(text) is None
    return _slug(host, "mission") if several or police or _INTERNATIONAL.search(spoken.group()) else None


@cache
def _no_missions() -> frozenset[str]:
    """Abbreviations of the usual shape that are no missions: agencies, parties, words in capitals."""
    return frozenset(lexicons.read("bodies")["decoys"]["abbreviations"])


def _is_named_near(actors: Sequence[ActorMention], host: str, found: "re.Match[str]") -> bool:
    """Whether the host is named in the words around: peacekeepers elsewhere make no mission here."""
    return any(m.code == host and m.start < found.end() + 150 and m.end > found.start() - 150 for m in actors)


def host_of(slug: str) -> str | None:
    """The country of a provisional slug, None where it has none."""
    rest = slug.removeprefix("x-")
    named = [code for code in lexicons.read("countries") if rest == _host_slug(code) or rest.startswith(f"{_host_slug(code)}-")]
    return max(named, key=lambda code: len(_host_slug(code)), default=None) if rest != slug else None


def _slug(host: str | None, what: str) -> str:
    parts = ["x", *([_host_slug(host)] if host else []), re.sub(r"[^a-z0-9]+", "-", what.lower()).strip("-")]
    return "-".join(parts)[:80].strip("-")


def _described(found: "re.Match[str]") -> str:
    """What a general word calls it: `observer-mission`, `multinational-force`."""
    head = found["head"].lower()
    kind = _short(found["kind"])
    middle = [word for word in _DESCRIBES if word in found["middle"].lower()]
    return _NOUNS.get(head, "-".join(dict.fromkeys([kind, *middle, head])))


def _short(body: str) -> str:
    """A body or a sort of force as part of a slug."""
    named = (
        re.sub(r"[’']s$", "", body.lower()).replace("united nations", "un").replace("european union", "eu").replace("african union", "au")
    )
    return re.sub(r"[^a-z]+", "-", named.replace(".", "")).strip("-")


def _named_in(name: str) -> str | None:
    """The country in the name of a mission."""
    return next((mention.code for mention in find_actors(name) if mention.form in ("name", "host-city")), None)


def _place_in(text: str) -> str | None:
    """The country that a few words name as a place."""
    return next(
        (
            mention.code
            for mention in find_actors(text)
            if mention.form in ("name", "host-city", "capital") and _PLACED.search(text[: mention.start])
        ),
        None,
    )


@cache
def _host_slug(code: str) -> str:
    forms = lexicons.read("countries").get(code, {})
    name = str(forms.get("names", [code])[0]).removeprefix("the ").lower()
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-") or code.lower()
