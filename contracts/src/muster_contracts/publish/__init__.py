"""The contract for those who don't read Python: JSON Schemas, an AsyncAPI document and a catalogue, all made of models and topic table."""
