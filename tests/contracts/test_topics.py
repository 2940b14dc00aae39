import pytest
from muster_contracts.topics import ARTICLE_SUBMISSIONS, ARTICLES, EVENT_TOPICS, MISSION_EVENTS, TOPICS


def test_names_are_unique_and_each_consumer_has_its_dead_letters() -> None:
    names = [topic.name for topic in TOPICS]
    assert len(names) == len(set(names))
    for topic in EVENT_TOPICS:
        for consumer in topic.consumers:
            assert f"{topic.name}-{consumer}-dlq" in names


def test_every_topic_keeps_everything() -> None:
    for topic in TOPICS:
        assert topic.configs["retention.ms"] == topic.configs["retention.bytes"] == "-1", topic.name
        assert topic.configs["cleanup.policy"] == "delete", topic.name


def test_only_a_consumer_of_the_table_has_dead_letters() -> None:
    with pytest.raises(ValueError, match="projection is no consumer of articles"):
        ARTICLES.dead_letters("projection")


def test_types_are_written_out_with_their_version() -> None:
    assert "pledge-announced.v1" in MISSION_EVENTS.models
    assert len(MISSION_EVENTS.models) == 22
    assert set(ARTICLES.models) == {"article-received.v1", "article-revised.v1", "article-retracted.v2"}


def test_a_dead_letter_topic_has_room_for_the_largest_record_and_its_headers() -> None:
    for topic in EVENT_TOPICS:
        for consumer in topic.consumers:
            assert topic.dead_letters(consumer).max_message_bytes > topic.max_message_bytes


def test_an_outside_publisher_does_not_say_when_its_article_entered_the_log() -> None:
    assert ARTICLE_SUBMISSIONS.configs["message.timestamp.type"] == "LogAppendTime"
