"""Whose a noun is: 'Fiji's pledge', 'its offer', 'Chad voiced its intent', 'notifications have been received from Belize'."""

from spacy.tokens import Token

from muster_extract.lexicon import forms_of
from muster_extract.modality import Stance, stance
from muster_extract.predicates import Phrase, governing_verb, predicate
from muster_extract.reading import Actor, Read, codes
from muster_extract.story import Story

BECOMING = frozenset({"is", "are", "was", "were", "be", "became", "become", "becomes"})


def above(read: Read, token: Token) -> tuple[Token | None, Stance | None]:
    """The verb that a noun hangs on, and how it is held; none in a fragment."""
    verb = governing_verb(token)
    return (verb, stance(read, verb)) if verb.tag_[0] == "V" else (None, None)


def owners(read: Read, token: Token) -> tuple[str, ...]:
    """Whose noun it is by the words at it: 'a Kenyan offer', 'a pledge of 500 soldiers by Mongolia', 'an offer from Chad'."""
    left = [a for a in read.actors if a.last <= token.i and token.i - a.last <= 4 and _owns(read, a, token)]
    if left:
        chain = next(chain for chain in read.chains if left[-1] in chain)
        return codes(chain)
    whole = Phrase(read, token)
    return next((codes(c) for c in read.chains if c[0].role == "source" and c[0].first in whole.tokens and c[0].first > token.i), ())


def _owns(read: Read, actor: Actor, token: Token) -> bool:
    between = read.words[actor.last : token.i]
    if actor.role == "possessive":
        return not any(read.doc[i].tag_[0] in "VI" for i in range(actor.last, token.i))
    if actor.form == "body":
        return not between  # "an EU contribution"
    return actor.form == "demonym" and all(read.doc[i].tag_ in {"JJ", "NN"} for i in range(actor.last, token.i)) and len(between) <= 2


def whose(read: Read, story: Story, noun: Token) -> tuple[str, ...]:
    """Whose offer a noun is: by the words at it, else by the verb that voices or receives it."""
    own = owners(read, noun)
    if own:
        return own
    if any(c.tag_ == "PRP$" for c in noun.children):
        return story.givers(Phrase(read, noun))
    if noun.dep_ == "pobj" and noun.head.head.tag_[0] == "N":
        return whose(read, story, noun.head.head)  # "confirmation of its intent", "a letter of intent"
    verb, _ = above(read, noun)
    if verb is None:
        return ()
    source = [c for c in read.chains if c[0].role == "source" and c[0].first > noun.i]
    said = predicate(read, verb)
    came = verb.lower_ in {"come", "came", "arrive", "arrived"} and not said.after("with")
    if verb.lower_ in forms_of("offers", "receive") or came:
        return codes(source[0]) if source else ()
    if verb.lower_ not in forms_of("offers", "voice"):
        return ()
    return story.givers(said.doer) or first_to(read, story, verb)


def first_to(read: Read, story: Story, verb: Token) -> tuple[str, ...]:
    """The subject of 'was the first nation to express', 'is among the states to have voiced'."""
    noun = verb.head
    be = next((a for a in noun.ancestors if a.tag_[0] == "V"), None)
    if verb.dep_ not in {"acl", "relcl"} or be is None or be.lower_ not in BECOMING:
        return ()
    return story.givers(predicate(read, be).subject)
