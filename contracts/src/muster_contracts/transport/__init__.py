"""The transport: how the contract crosses Kafka. Needs the extra `kafka`; nothing in `muster_contracts` beside it imports it."""
