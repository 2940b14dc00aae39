from pathlib import Path

from muster_contracts.topics import EVENT_TOPICS, TOPICS

README = (Path(__file__).parents[2] / "contracts" / "README.md").read_text("utf-8")


def test_every_topic_is_in_the_readme() -> None:
    assert [topic.name for topic in TOPICS if f"`{topic.name}`" not in README] == []


def test_every_event_is_in_the_readme() -> None:
    assert [name for topic in EVENT_TOPICS for name in topic.models if f"`{name}`" not in README] == []
