"""Dead letters as an operator sees them: which there are, what has become of each, and what can be done with it."""
