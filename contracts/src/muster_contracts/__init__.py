"""The events of Muster as they stand on the wire: models, envelope, topics, codec and ids. Imports pydantic alone."""
