"""An optional schema registry: where an address is set, the schemas of all events are registered there and checked for compatibility.

Needs the extra `registry`; nothing beside it imports it. The log needs no registry: the models are the contract, and no reader asks one.
"""
