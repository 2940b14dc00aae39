"""The tables of the schema `ingest`."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Index, Integer, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

SCHEMA = "ingest"
metadata = MetaData(schema=SCHEMA)

revisions = Table(
    "revisions",
    metadata,
    Column("article_id", Uuid, primary_key=True),
    Column("revision", Integer, primary_key=True, comment="the primary key lets only one instance make an article's next revision"),
    Column("event_id", Uuid, nullable=False, comment="id of the event on the topic articles"),
    Column("retracts", Boolean, nullable=False),
    Column("content", Text, nullable=False, comment="hash of title and text; of a retraction, the wording it takes back"),
    Column("url", Text),
    Column("source", Text, nullable=False),
    Column("origin", Text),
    Column("origin_id", Uuid, nullable=False),
    Column("title", Text, nullable=False),
    Column("published_on", Date, nullable=False),
    Column("known_on", Date, nullable=False),
    Column("modified_on", Date),
    Column("submitted_at", DateTime(timezone=True), nullable=False, comment="when the submission entered the log"),
    Column("bands", ARRAY(BigInteger), nullable=False, comment="MinHash bands: texts that share one may be copies"),
    Column("shingles", ARRAY(BigInteger), nullable=False, comment="hashes of the text's word sequences"),
    Index("revisions_bands", "bands", postgresql_using="gin"),
)
"""One row a revision, retractions among them."""

awaiting = Table(
    "awaiting",
    metadata,
    Column("article_id", Uuid, primary_key=True),
    Column("source", Text, nullable=False),
    Column("known_on", Date, nullable=False),
    Column("pubstatus", Text, comment="withheld or canceled; null for those of before it was kept"),
    Column("why", Text),
    Column("publisher", Text, comment="who submitted the retraction"),
)
"""Retractions that came before their article."""

submissions = Table(
    "submissions",
    metadata,
    Column("publisher", Text, primary_key=True),
    Column("id", Text, primary_key=True, comment="the event's own id, unique within its publisher"),
    Column("content", Text, nullable=False, comment="hash of what it submitted"),
    Column("submitted_at", DateTime(timezone=True), nullable=False, comment="when the first with this id entered the log"),
)
"""What each publisher submitted under which id, so that an id given twice to different things is told."""
