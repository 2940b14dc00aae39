import subprocess
import sys

from muster_contracts.ids import article_id, canonical_json, claim_id, completion_id, revision_id, text_hash

PROBE = """
from muster_contracts.ids import *
a = article_id(url="https://example.org/a", source="Example", guid=None, content="")
r = revision_id(a, 1, text_hash("title", "text"))
print(claim_id(r, "rules/1.0.0", {"type": "pledge-announced.v1", "contributor": "KE", "quantity": {"unit": "police", "amount": 1000}}))
"""


def test_the_order_of_keys_changes_no_id() -> None:
    revision = revision_id(article_id(url=None, source="Example", guid="7", content=""), 1, text_hash("a", "b"))
    assert claim_id(revision, "rules/1.0.0", {"a": 1, "b": 2}) == claim_id(revision, "rules/1.0.0", {"b": 2, "a": 1})


def test_another_process_under_another_hash_seed_makes_the_same_id() -> None:
    made = {
        subprocess.run([sys.executable, "-c", PROBE], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_an_id_does_not_change_between_releases() -> None:
    # Ids stand on the log for ever: a change here makes every old event a second one.
    article = article_id(url="https://example.org/a", source="Example", guid=None, content="")
    revision = revision_id(article, 1, text_hash("title", "text"))
    assert str(article) == "b39bcdc9-4216-5ebd-a295-69d7614f1ee0"
    assert str(revision) == "ee381807-d2a1-5a94-a69c-3207086f6d44"
    assert str(completion_id(revision, "rules/1.0.0")) == "f3d3fe22-3cea-5764-bf50-b5b85de84bd3"


def test_the_address_comes_before_the_guid_and_the_guid_before_the_text() -> None:
    by_url = article_id(url="https://example.org/a", source="One", guid="7", content="x")
    assert by_url == article_id(url="https://example.org/a", source="Two", guid="8", content="y")
    assert article_id(url=None, source="One", guid="7", content="x") == article_id(url=None, source="One", guid="7", content="y")
    assert article_id(url=None, source="One", guid=None, content="x") != article_id(url=None, source="One", guid=None, content="y")


def test_going_back_to_an_earlier_wording_is_a_new_revision() -> None:
    article = article_id(url=None, source="One", guid="7", content="")
    assert revision_id(article, 1, "hash") != revision_id(article, 3, "hash")


def test_parts_of_a_text_hash_do_not_run_into_each_other() -> None:
    assert text_hash("ab", "c") != text_hash("a", "bc")


def test_canonical_json_keeps_letters_as_they_are() -> None:
    assert canonical_json({"name": "Geneus “Été”", "at": [1, None]}) == '{"at":[1,null],"name":"Geneus “Été”"}'
