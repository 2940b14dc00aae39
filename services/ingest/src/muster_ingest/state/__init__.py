"""What ingest remembers, in the Postgres schema `ingest`. It can be rebuilt from the topic `articles`."""
